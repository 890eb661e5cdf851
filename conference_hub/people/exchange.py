"""The groups of guests as a part of the conference file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any

from sqlalchemy.orm import Session
from typing_extensions import override

from conference_hub.core.errors import msg
from conference_hub.core.journal import Write
from conference_hub.core.text import Text
from conference_hub.exchange.cells import Context
from conference_hub.exchange.diff import Changes
from conference_hub.exchange.fields import Colour, Words, heading
from conference_hub.exchange.part import Ids, Problem, Proposal, plain_word
from conference_hub.exchange.titled import TitledPart, TitledRecord, in_use
from conference_hub.people.group_actions import group_by_title, remove_groups, save_groups
from conference_hub.people.group_store import all_groups
from conference_hub.people.model import Group, GroupId


class GroupRecord(TitledRecord):
    """A group of guests."""

    title: Annotated[Words, heading("구분", "Group", "그룹", "분류", "이름", "Title")]
    badge_label: Annotated[Words | None, heading("명찰 표시", "On the badge", "명찰")] = None
    colour: Annotated[Colour | None, heading("색", "Colour", "색상", "Color")] = None


class GroupsPart(TitledPart[GroupRecord]):
    """The groups, in their order, named by their titles."""

    name = "groups"
    title = Text(ko="참석자 구분", en="Guest groups")
    record = GroupRecord

    @override
    def names(self, values: Mapping[str, Any], context: Context) -> Iterable[str]:
        """Return the titles in both languages: lists of guests are written in either."""
        return [plain_word(values[f"title.{lang}"]) for lang in ("ko", "en") if values.get(f"title.{lang}")]

    @override
    def current(self, session: Session, conf: str) -> list[GroupRecord]:
        return [
            GroupRecord(title=group.title, badge_label=group.badge_label, colour=group.colour)
            for group in all_groups(session, conf).values()
        ]

    @override
    def put(self, write: Write, changes: Changes[GroupRecord], ids: Ids) -> None:
        known = all_groups(write.session, write.conf)
        groups = []
        for position, change in enumerate(changes.staying, start=1):
            record = change.record
            wording = record.title.ko or record.title.en
            before = _found(known, change.before)
            groups.append(
                Group(
                    id=before.id if before else GroupId(ids("group", wording)),
                    title=record.title,
                    position=position,
                    badge_label=record.badge_label,
                    colour=record.colour,
                )
            )
        save_groups(write, groups)

    @override
    def remove(self, write: Write, gone: Sequence[GroupRecord]) -> None:
        known = all_groups(write.session, write.conf)
        remove_groups(write, [group.id for record in gone if (group := _found(known, record))])

    @override
    def check(self, proposal: Proposal[GroupRecord]) -> Iterable[Problem]:
        used = (guest.group for guest in proposal.known("guests"))
        yield from in_use(proposal, used, msg("이 구분에 속한 사람이 있습니다: %(title)s"))
        named = (group for gate in proposal.known("gates") for group in gate.groups)
        yield from in_use(proposal, named, msg("이 구분만 쓰는 출입구가 있습니다: %(title)s"))


def _found(known: Mapping[GroupId, Group], record: GroupRecord | None) -> Group | None:
    return group_by_title(known, record.title.ko or record.title.en) if record else None
