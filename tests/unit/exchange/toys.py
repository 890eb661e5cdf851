"""A part as features give them, on a list in memory: people with an address or a number, in groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import Field
from sqlalchemy.orm import Session
from typing_extensions import override

from conference_hub.core.journal import Write
from conference_hub.core.text import Text
from conference_hub.exchange.cells import Context
from conference_hub.exchange.columns import Column, Record, extra_columns
from conference_hub.exchange.diff import Changes
from conference_hub.exchange.fields import (
    ByColumn,
    Email,
    Line,
    Moment,
    Phone,
    Span,
    Words,
    YesNo,
    choice,
    heading,
    reference,
)
from conference_hub.exchange.part import Ids, Key, Known, Part, title_key, value_key

CONTEXT = Context(languages=("ko", "en"), zone=ZoneInfo("Asia/Seoul"), day=date(2026, 12, 2))
MODES = {"onsite": Text(ko="현장", en="On site"), "online": Text(ko="온라인", en="Online")}


class Person(Record):
    number: Annotated[Line | None, heading("번호", "Number", "no")] = None
    name: Annotated[Line, heading("이름", "Name", "성명")]
    organisation: Annotated[Line | None, heading("소속", "Organisation")] = None
    email: Annotated[Email | None, heading("전자우편", "E-mail", "이메일")] = None
    phone: Annotated[Phone | None, heading("전화", "Phone")] = None
    title: Annotated[Words | None, heading("직함", "Title")] = None
    mode: Annotated[str, choice(MODES), heading("참석 방식", "Attendance")] = "onsite"
    group: Annotated[str | None, reference("groups"), heading("그룹", "Group")] = None
    speaks: Annotated[YesNo, heading("발표", "Speaks")] = False
    arrives: Annotated[Moment | None, heading("도착", "Arrives")] = None
    talk: Annotated[Span | None, heading("발표 시간", "Talk")] = None
    notes: Annotated[ByColumn, heading("메모", "Notes")] = Field(default_factory=dict)


class GroupRecord(Record):
    title: Annotated[Words, heading("제목", "Title")]


class Groups(Part[GroupRecord]):
    name = "groups"
    title = Text(ko="그룹", en="Groups")
    record = GroupRecord
    ordered = True
    structure = True

    def __init__(self, groups: Iterable[GroupRecord] = ()) -> None:
        self.groups = list(groups)

    @override
    def keys(self, values: Mapping[str, Any], context: Context) -> Iterable[Key]:
        return title_key(values, context)

    @override
    def current(self, session: Session, conf: str) -> list[GroupRecord]:
        return list(self.groups)

    @override
    def put(self, write: Write, changes: Changes[GroupRecord], ids: Ids) -> None:
        self.groups = [*changes.after, *changes.gone]

    @override
    def remove(self, write: Write, gone: Sequence[GroupRecord]) -> None:
        self.groups = [one for one in self.groups if one not in gone]


class People(Part[Person]):
    name = "people"
    title = Text(ko="사람", en="People")
    record = Person
    ordered = True
    personal = True

    def __init__(self, people: Iterable[Person] = ()) -> None:
        self.people = list(people)

    @override
    def keys(self, values: Mapping[str, Any], context: Context) -> Iterable[Key]:
        yield from value_key(values, "email")
        yield from value_key(values, "number")
        if values.get("name"):
            whole = f"{values['name']} | {values.get('organisation')}"
            yield Key(kind="name", value=whole, unique=False)

    @override
    def current(self, session: Session, conf: str) -> list[Person]:
        return list(self.people)

    @override
    def extra(self, session: Session, conf: str, known: Known) -> list[Column]:
        return extra_columns("notes", ["조명", "음향"])

    @override
    def put(self, write: Write, changes: Changes[Person], ids: Ids) -> None:
        gone = changes.gone
        self.people = [*changes.after, *gone]

    @override
    def remove(self, write: Write, gone: Sequence[Person]) -> None:
        self.people = [one for one in self.people if one not in gone]


class Friend(Record):
    of: Annotated[str, reference("people"), heading("누구의", "Of")]


class Friends(Part[Friend]):
    name = "friends"
    title = Text(ko="친구", en="Friends")
    record = Friend

    def __init__(self, friends: Iterable[str] = ()) -> None:
        self.friends = [Friend(of=one) for one in friends]

    @override
    def keys(self, values: Mapping[str, Any], context: Context) -> Iterable[Key]:
        return value_key(values, "of")

    @override
    def current(self, session: Session, conf: str) -> list[Friend]:
        return list(self.friends)

    @override
    def put(self, write: Write, changes: Changes[Friend], ids: Ids) -> None:
        self.friends = [*changes.after, *changes.gone]

    @override
    def remove(self, write: Write, gone: Sequence[Friend]) -> None:
        self.friends = [one for one in self.friends if one not in gone]
