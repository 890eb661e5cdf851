"""The conference file: both forms say the same, a second import changes nothing, and every fault has its place."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conference_hub.core.text import Text
from conference_hub.exchange.bundle import read_json, read_sheets, sheet_of, write_json
from conference_hub.exchange.comparing import Comparing, Comparison
from conference_hub.exchange.faults import Fault
from conference_hub.exchange.fields import heading, reference
from conference_hub.exchange.merge import Gone
from conference_hub.exchange.part import Part
from conference_hub.exchange.schema import json_schema
from conference_hub.exchange.sheets import Unreadable
from conference_hub.exchange.workbooks import read_workbook, write_workbook
from tests.unit.exchange.toys import CONTEXT, MODES, Friends, GroupRecord, Groups, People, Person

LINES = st.text(
    st.characters(categories=["L", "N", "P", "S"], exclude_characters="\u200b"), min_size=1, max_size=20
).filter(lambda text: text.strip())
GROUP_TITLES = ["내빈", "참석자", "수상자"]


def words(text: str) -> str:
    from conference_hub.exchange.texts import clean_line

    return clean_line(text)[0]


TEXTS = LINES.map(words).filter(bool)
PEOPLE = st.lists(
    st.builds(
        Person,
        name=TEXTS,
        organisation=st.none() | TEXTS,
        phone=st.none() | st.from_regex(r"010-[0-9]{4}-[0-9]{4}", fullmatch=True),
        title=st.none() | st.builds(Text, ko=TEXTS, en=TEXTS) | st.builds(Text, ko=TEXTS),
        mode=st.sampled_from(list(MODES)),
        group=st.none() | st.sampled_from(GROUP_TITLES),
        speaks=st.booleans(),
        arrives=st.none()
        | st.integers(0, 10**6).map(lambda s: datetime(2026, 12, 2, tzinfo=UTC) + timedelta(seconds=s)),
        talk=st.none() | st.integers(1, 86_400),
        notes=st.dictionaries(st.sampled_from(["조명", "음향"]), TEXTS),
    ),
    max_size=5,
).map(lambda people: [one.model_copy(update={"number": str(place)}) for place, one in enumerate(people)])
GROUPS = [GroupRecord(title=Text(ko=title)) for title in GROUP_TITLES]


def parts_with(groups: Sequence[GroupRecord], people: Sequence[Person]) -> list[Part[Any]]:
    return [Groups(groups), People(people)]


def compared(parts: Sequence[Part[Any]], rows: Any, gone: Gone = Gone.KEEP) -> Comparison:
    session: Any = None
    return Comparing(session=session, conf="x", context=CONTEXT, parts=parts).run(rows, gone)


def as_json(parts: Sequence[Part[Any]]) -> str:
    session: Any = None
    return write_json({part: part.current(session, "x") for part in parts}, CONTEXT)


def as_workbook(parts: Sequence[Part[Any]]) -> bytes:
    session: Any = None
    return write_workbook(
        sheet_of(part, part.current(session, "x"), CONTEXT, part.extra(session, "x", lambda _name: ()))  # noqa: S610 - no Django here
        for part in parts
    )


def from_workbook(data: bytes, parts: Sequence[Part[Any]]) -> Any:
    session: Any = None
    contents = read_sheets(
        read_workbook(data),
        parts,
        CONTEXT,
        lambda part, _rows: part.extra(session, "x", lambda _name: ()),  # noqa: S610 - no Django here
    )
    assert contents.faults == []
    return contents.rows


@given(PEOPLE)
@settings(max_examples=15, deadline=None)
def test_both_forms_make_the_same_conference_of_nothing(people: list[Person]) -> None:
    there, empty = parts_with(GROUPS, people), parts_with([], [])
    by_json = compared(empty, read_json(as_json(there).encode(), there).rows)
    by_workbook = compared(empty, from_workbook(as_workbook(there), there))
    assert (by_json.faults, by_workbook.faults) == ([], [])
    assert by_json.changes["people"].after == by_workbook.changes["people"].after == people
    assert by_json.changes["groups"].after == by_workbook.changes["groups"].after == GROUPS


@given(PEOPLE)
@settings(max_examples=15, deadline=None)
def test_second_import_changes_nothing(people: list[Person]) -> None:
    there = parts_with(GROUPS, people)
    assert not compared(there, read_json(as_json(there).encode(), there).rows, Gone.REMOVE).any
    assert not compared(there, from_workbook(as_workbook(there), there), Gone.REMOVE).any


def bundle(**parts: Any) -> bytes:
    return json.dumps({"format": 3, "kind": "conference", **parts}).encode()


def told(faults: Sequence[Fault]) -> list[tuple[str, str]]:
    return [(fault.path, fault.message.text) for fault in faults]


def test_faults_of_a_json_file_name_their_path() -> None:
    there = parts_with(GROUPS, [])
    contents = read_json(
        bundle(people=[{"name": "가", "mode": "x"}, 7, {"notes": {"비고": "?"}}], rooms=[], groups={}), there
    )
    assert told(contents.faults) == [
        ("people[0].mode", "알 수 없는 값입니다: %(value)s (쓸 수 있는 값: %(known)s)"),
        ("people[1]", "JSON 객체여야 합니다."),
        ("rooms", "행사 파일에 없는 항목입니다: %(value)s"),
        ("groups", "목록이어야 합니다."),
    ]
    assert contents.faults[0].message.detail == {
        "value": "x",
        "known": Text(ko="현장, 온라인", en="On site, Online"),
    }
    assert told(compared(there, contents.rows).faults) == [
        ("people[2].notes.비고", "이 행사에 없는 이름입니다: %(value)s"),
        ("people[2].name", "꼭 필요한 항목입니다."),
    ]


def test_record_that_others_name_may_not_go() -> None:
    there = parts_with(GROUPS, [Person(number="1", name="가", group="내빈")])
    contents = read_json(bundle(groups=[{"title": {"ko": "참석자"}}]), there)
    faults = compared(there, contents.rows, Gone.REMOVE).faults
    assert [(fault.message.text, fault.message.detail["value"]) for fault in faults] == [
        ("%(part)s에 없습니다: %(value)s", "내빈")
    ]


def test_record_that_is_called_otherwise_keeps_those_who_name_it() -> None:
    there: list[Part[Any]] = [
        Groups([]),
        People([Person(number="1", name="가", email="a@example.com")]),
        Friends(["a@example.com"]),
    ]
    contents = read_json(bundle(people=[{"number": "1", "email": None}]), there)
    assert compared(there, contents.rows).faults == []
    both = read_json(
        bundle(people=[{"number": "1", "email": None}], friends=[{"of": "a@example.com"}]), there
    )
    assert [fault.path for fault in compared(there, both.rows).faults] == ["friends[0].of"]


def test_reference_may_be_to_a_record_of_the_same_file() -> None:
    there = parts_with([], [])
    contents = read_json(
        bundle(groups=[{"title": {"ko": "내빈"}}], people=[{"name": "가", "group": "내빈"}]), there
    )
    assert compared(there, contents.rows).faults == []


class Guest(Person):
    group: Annotated[str | None, reference("groups", creates=True), heading("그룹", "Group")] = None


class Guests(People):
    record = Guest


def test_record_that_rows_name_is_made_once_and_none_goes() -> None:
    there: list[Part[Any]] = [Groups(GROUPS), Guests()]
    people = [
        {"name": "가", "group": "연사"},
        {"name": "나", "group": " 연사 "},
        {"name": "다", "group": "내빈"},
    ]
    comparison = compared(there, read_json(bundle(people=people), there).rows, Gone.REMOVE)
    assert comparison.faults == []
    assert [one.title for one in comparison.changes["groups"].after] == [
        *(one.title for one in GROUPS),
        Text(ko="연사"),
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        b"\xff",
        b'{"kind": "conference", "format": 99}',
        b'{"a": 1, "a": 2}',
        b"[" * 9999,
    ],
)
def test_file_that_is_no_conference_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        read_json(data, parts_with([], []))


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["ko", "title", "name", "조명"]), inner, max_size=3)
    ),
    max_leaves=8,
)
FIELDS = st.fixed_dictionaries({}, optional=dict.fromkeys(Person.model_fields, JSON))


@given(st.lists(FIELDS, max_size=3), JSON)
@settings(max_examples=150, deadline=None)
def test_no_json_brings_anything_but_faults(people: list[dict[str, Any]], groups: Any) -> None:
    there = parts_with(GROUPS, [Person(number="1", name="가")])
    contents = read_json(bundle(people=people, groups=groups), there)
    assert isinstance(compared(there, contents.rows).faults, list)


def test_schema_is_made_of_the_records() -> None:
    schema = json_schema(parts_with([], []))
    assert schema["properties"]["people"] == {"type": "array", "items": {"$ref": "#/$defs/Person"}}
    assert schema["$defs"]["Person"]["properties"]["mode"] == {
        "default": "onsite", "enum": ["onsite", "online"], "title": "Mode", "type": "string",
    }  # fmt: skip
    assert schema["$defs"]["Person"]["required"] == ["name"]
