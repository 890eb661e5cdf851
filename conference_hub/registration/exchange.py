"""What organisers set for registration, as parts of the conference file; nobody who registered is in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict
from sqlalchemy.orm import Session
from typing_extensions import override

from conference_hub.core.errors import msg
from conference_hub.core.journal import Write
from conference_hub.core.text import Text
from conference_hub.exchange.cells import Context
from conference_hub.exchange.columns import Record
from conference_hub.exchange.diff import Change, Changes
from conference_hub.exchange.fields import LongWords, Moment, YesNo, choice, heading
from conference_hub.exchange.nested import ItemsCell
from conference_hub.exchange.part import Ids, Key, Part, Problem, Proposal, Stated
from conference_hub.people.model import Mode
from conference_hub.registration.model import (
    Opening,
    Settings,
)
from conference_hub.registration.setup_actions import replace_setup
from conference_hub.registration.setup_store import setup_of

CLOSED = Opening.CLOSED.value


class ModeItem(BaseModel):
    """A way of taking part with its number of places, none for no limit: `onsite | 200`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    mode: str
    places: str | None = None


class RegistrationRecord(Record):
    """Who may register when, and how many."""

    opening: Annotated[
        str, choice({one.value: one.label for one in Opening}), heading("등록 받기", "Registration")
    ] = CLOSED
    opens_at: Annotated[Moment | None, heading("시작", "Opens")] = None
    closes_at: Annotated[Moment | None, heading("끝", "Closes")] = None
    modes: Annotated[
        tuple[ModeItem, ...], ItemsCell(ModeItem), heading("참석 방식과 정원", "Ways and places")
    ] = ()
    waiting_list: Annotated[YesNo, heading("대기자", "Waiting list")] = False
    approval: Annotated[YesNo, heading("승인", "Approval")] = False
    notice: Annotated[LongWords | None, heading("개인정보 처리 안내", "Privacy notice")] = None


class RegistrationPart(Part[RegistrationRecord]):
    """Who may register: one record. A clone is closed until somebody opens it."""

    name = "registration"
    title = Text(ko="등록", en="Registration")
    record = RegistrationRecord
    structure = True
    single = True
    standalone = False

    @override
    def keys(self, values: Mapping[str, Any], context: Context) -> Iterable[Key]:
        return ()

    @override
    def match(
        self, rows: Sequence[Stated], current: Sequence[RegistrationRecord], context: Context
    ) -> Mapping[int, int]:
        return {0: 0} if rows and current else {}

    @override
    def current(self, session: Session, conf: str) -> list[RegistrationRecord]:
        return [_record(setup_of(session, conf).settings)]

    @override
    def put(self, write: Write, changes: Changes[RegistrationRecord], ids: Ids) -> None:
        for change in changes.staying:
            before = setup_of(write.session, write.conf)
            after = _settings(change.record, before.settings)
            if after != before.settings:
                replace_setup(write, replace(before, settings=after))

    @override
    def remove(self, write: Write, gone: Sequence[RegistrationRecord]) -> None:
        """Do nothing: a conference without settings is one that is closed."""

    @override
    def check(self, proposal: Proposal[RegistrationRecord]) -> Iterable[Problem]:
        staying = list(proposal.changes.staying)
        for change in staying[1:]:
            yield proposal.problem(change, msg("등록 설정은 하나만 적을 수 있습니다."))
        for change in staying:
            yield from _wrong(proposal, change)

    @override
    def cloned(self, record: RegistrationRecord) -> RegistrationRecord:
        return record.model_copy(update={"opening": CLOSED, "opens_at": None, "closes_at": None})


def _record(settings: Settings) -> RegistrationRecord:
    return RegistrationRecord(
        opening=settings.opening.value,
        opens_at=settings.opens_at,
        closes_at=settings.closes_at,
        modes=tuple(
            ModeItem(mode=mode.value, places=None if places is None else str(places))
            for mode, places in settings.capacity.items()
        ),
        waiting_list=settings.waiting_list,
        approval=settings.approval,
        notice=settings.notice,
    )


def _settings(record: RegistrationRecord, before: Settings) -> Settings:
    places = {item.mode: int(item.places) if item.places else None for item in record.modes}
    return Settings(
        opening=Opening(record.opening),
        opens_at=record.opens_at,
        closes_at=record.closes_at,
        approval=record.approval,
        waiting_list=record.waiting_list,
        capacity={mode: places[mode.value] for mode in Mode if mode.value in places} or before.capacity,
        notice=record.notice,
        notice_version=before.notice_version + (record.notice != before.notice),
    )


def _wrong(proposal: Proposal[RegistrationRecord], change: Change[RegistrationRecord]) -> Iterator[Problem]:
    record = change.record
    if record.opens_at and record.closes_at and record.closes_at <= record.opens_at:
        sentence = msg("끝나는 시각은 시작하는 시각보다 뒤여야 합니다.")
        yield proposal.problem(change, sentence, "closes_at")
    for item in record.modes:
        known = item.mode in {mode.value for mode in Mode}
        if not known or (item.places and not (item.places.isascii() and item.places.isdigit())):
            sentence = msg("참석 방식은 onsite | 200처럼 적어 주세요: %(value)s")
            yield proposal.problem(change, sentence, "modes", value=item.mode)
