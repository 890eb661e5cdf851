"""The conference itself as a part of the conference file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Annotated, Any, ClassVar
from zoneinfo import available_timezones

from sqlalchemy.orm import Session
from typing_extensions import override

from conference_hub.conferences import actions, store
from conference_hub.conferences.actions import Edit, seen_of
from conference_hub.conferences.model import DOORS_MIN, MOST_DOORS_MIN, SLUG, Conference, State
from conference_hub.core.errors import msg
from conference_hub.core.journal import Write
from conference_hub.core.text import LANGUAGES, Language, Text
from conference_hub.exchange.cells import Context, LineCell, WholeCell
from conference_hub.exchange.columns import Record
from conference_hub.exchange.diff import Changes
from conference_hub.exchange.faults import CellError, shown
from conference_hub.exchange.fields import Colour, Day, Moment, Words, choice, heading
from conference_hub.exchange.formats import PatternCell
from conference_hub.exchange.nested import ListCell
from conference_hub.exchange.part import Ids, Key, Part, Problem, Proposal, Stated
from conference_hub.web.readiness import RunProgress

ACCENT = "#1d4f91"
DoorMinutes = Annotated[int, WholeCell(0, MOST_DOORS_MIN)]
STATES = {state.value: state.label for state in State if state is not State.ARCHIVED}
LANGUAGE_CODES: Mapping[str, Language] = {
    "ko": "ko", "한국어": "ko", "국문": "ko", "korean": "ko", "en": "en", "영어": "en", "영문": "en", "english": "en",
}  # fmt: skip


def slug_form(text: str) -> str | None:
    """Return a slug, None for what is none."""
    return text if SLUG.fullmatch(text) else None


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def zone_form(text: str) -> str | None:
    """Return the IANA name of a zone, None for what is none."""
    return text if text in _zones() else None


SLUG_CELL = PatternCell(slug_form, msg("주소 이름은 소문자, 숫자와 -로 적어 주세요: %(value)s"), 80)
ZONE_CELL = PatternCell(zone_form, msg("시간대는 Asia/Seoul처럼 적어 주세요: %(value)s"), 80)


@dataclass(frozen=True)
class LanguagesCell(ListCell):
    """The languages of a conference, the main one first."""

    hint: ClassVar[str] = "ko; en"

    @override
    def accept(self, value: Any) -> Any:
        """Return the codes; raises CellError for another language, for none, and for one twice."""
        words = [
            LineCell(40).accept(one).casefold()
            for one in (value if isinstance(value, list | tuple) else [value])
        ]
        found = tuple(LANGUAGE_CODES.get(word, "") for word in words)
        if not found or "" in found or len(set(found)) != len(found):
            raise CellError(
                msg("언어는 ko, en 가운데에서 적어 주세요: %(value)s"), value=shown(", ".join(words))
            )
        return found


class ConferenceRecord(Record):
    """What a conference is, where and when."""

    slug: Annotated[str, SLUG_CELL, heading("주소 이름", "Address", "slug")]
    title: Annotated[Words, heading("제목", "Title", "행사명")]
    host: Annotated[Words, heading("주최", "Host")]
    venue: Annotated[Words, heading("장소", "Venue")]
    timezone: Annotated[str, ZONE_CELL, heading("시간대", "Time zone")] = "Asia/Seoul"
    starts_at: Annotated[Moment, heading("시작", "Starts", "시작 시각")]
    ends_at: Annotated[Moment, heading("끝", "Ends", "끝나는 시각", "종료")]
    languages: Annotated[tuple[Language, ...], LanguagesCell(), heading("언어", "Languages")] = LANGUAGES
    accent: Annotated[Colour, heading("색", "Colour", "강조색")] = ACCENT
    state: Annotated[str, choice(STATES), heading("상태", "State")] = State.DRAFT.value
    purge_on: Annotated[Day | None, heading("보관 기한", "Keep until", "개인정보 보관 기한")] = None
    doors_before_min: Annotated[
        DoorMinutes, heading("체크인 시작(시작 몇 분 전)", "Doors open (min before)", "체크인 시작")
    ] = DOORS_MIN
    doors_after_min: Annotated[
        DoorMinutes, heading("체크인 마감(끝난 뒤 몇 분)", "Doors close (min after)", "체크인 마감")
    ] = DOORS_MIN


class ConferencePart(Part[ConferenceRecord]):
    """The one conference. Its slug and state are taken when it is made; later both are changed on the desk only."""

    name = "conference"
    title = Text(ko="행사", en="Conference")
    record = ConferenceRecord
    structure = True
    single = True
    standalone = False

    @override
    def keys(self, values: Mapping[str, Any], context: Context) -> Iterable[Key]:
        return ()

    @override
    def match(
        self, rows: Sequence[Stated], current: Sequence[ConferenceRecord], context: Context
    ) -> Mapping[int, int]:
        return {0: 0} if rows and current else {}

    @override
    def prepare(
        self, rows: Sequence[Stated], current: Sequence[ConferenceRecord], context: Context
    ) -> tuple[Sequence[Stated], list[Problem]]:
        """Leave slug and state of a conference that is there as they are; refuse a second row."""
        problems = [
            Problem(text=msg("행사는 하나만 적을 수 있습니다."), row=row.row, at=row.path) for row in rows[1:]
        ]
        if not current:
            return rows[:1], problems
        kept = {"slug", "state"}
        return [
            replace(row, values={path: value for path, value in row.values.items() if path not in kept})
            for row in rows[:1]
        ], problems

    @override
    def current(self, session: Session, conf: str) -> list[ConferenceRecord]:
        conference = store.find_conference(session, conf)
        return [record_of(conference)] if conference else []

    @override
    def check(self, proposal: Proposal[ConferenceRecord]) -> Iterable[Problem]:
        for change in proposal.changes.staying:
            found = change.record
            if found.ends_at <= found.starts_at:
                yield proposal.problem(change, msg("시작보다 늦어야 합니다."), "ends_at")
            for name in ("title", "host", "venue"):
                if getattr(found, name).missing(found.languages[0]):
                    yield proposal.problem(
                        change, msg("꼭 필요한 항목입니다."), f"{name}.{found.languages[0]}"
                    )

    @override
    def put(self, write: Write, changes: Changes[ConferenceRecord], ids: Ids) -> None:
        """Edit the conference; a new one has its row already, and is announced."""
        for change in changes.staying:
            if change.before is None:
                actions.announce(write)
                continue
            before = store.get_conference(write.session, write.conf)
            wanted = _edit(change.record)
            # who imports was asked for the whole file before this (`asked`)
            actions.edit(write, wanted, seen=seen_of(before), run=RunProgress(), confirmed=True)

    @override
    def remove(self, write: Write, gone: Sequence[ConferenceRecord]) -> None:
        """Do nothing: a file cannot remove the conference."""


def asked(changes: Changes[ConferenceRecord], before: Conference, run: RunProgress) -> list[str]:
    """Return what an import does to those who are connected to the conference, as msgids."""
    return [
        words
        for change in changes.staying
        for words in actions.dangers(before, replace(before, **vars(_edit(change.record))), run)
    ]


def record_of(conference: Conference) -> ConferenceRecord:
    """Return a conference as a record of the file; an archived one has the state that it had before."""
    state = conference.archived.before if conference.archived else conference.state
    return ConferenceRecord(
        slug=conference.slug,
        title=conference.title,
        host=conference.host,
        venue=conference.venue,
        timezone=conference.timezone,
        starts_at=conference.starts_at,
        ends_at=conference.ends_at,
        languages=conference.languages,
        accent=conference.accent,
        state=state.value,
        purge_on=conference.purge_on,
        doors_before_min=conference.doors_before_min,
        doors_after_min=conference.doors_after_min,
    )


def conference_of(record: ConferenceRecord) -> Conference:
    """Return the conference that a checked record says, without channels."""
    return Conference(
        slug=record.slug,
        title=record.title,
        host=record.host,
        venue=record.venue,
        timezone=record.timezone,
        starts_at=record.starts_at,
        ends_at=record.ends_at,
        accent=record.accent,
        channels=(),
        languages=record.languages,
        state=State(record.state),
        purge_on=record.purge_on,
        doors_before_min=record.doors_before_min,
        doors_after_min=record.doors_after_min,
    )


def _edit(record: ConferenceRecord) -> Edit:
    return Edit(
        title=record.title,
        host=record.host,
        venue=record.venue,
        timezone=record.timezone,
        starts_at=record.starts_at,
        ends_at=record.ends_at,
        accent=record.accent,
        languages=record.languages,
        purge_on=record.purge_on,
        doors_before_min=record.doors_before_min,
        doors_after_min=record.doors_after_min,
    )
