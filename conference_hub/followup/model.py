"""An online session, a sign-up for it, and what may happen to both."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import count, islice
from typing import ClassVar, NewType
from zoneinfo import ZoneInfo

from conference_hub.conferences.model import State
from conference_hub.core.errors import Invalid, NotFound, Refused, msg
from conference_hub.core.text import Language, Text
from conference_hub.people.model import GuestId

SessionId = NewType("SessionId", str)
SeriesId = NewType("SeriesId", str)

LAST_NUMBER = re.compile(r"[0-9]{1,6}(?=[^0-9]*$)")


class SessionStatus(StrEnum):
    """Whether a session takes place; a draft is known to organisers only."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    CANCELLED = "cancelled"


@dataclass(frozen=True, kw_only=True)
class Series:
    """Sessions that belong together."""

    id: SeriesId
    title: Text
    description: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Speaker:
    """Who speaks, and as what."""

    name: str
    role: str | None = None


@dataclass(frozen=True, kw_only=True)
class Material:
    """What can be read or watched afterwards; everybody is shown it from `public_from` (aware UTC), None: at once."""

    title: str
    url: str
    public_from: datetime | None = None

    def is_public(self, now: datetime) -> bool:
        """Return whether everybody is shown it."""
        return self.public_from is None or now >= self.public_from


@dataclass(frozen=True, kw_only=True)
class OnlineSession:
    """A session that is held online; instants are aware UTC, `ends_at` is after `starts_at`.

    `uid` names it in calendars and never changes; `sequence` grows with each new time, and when it is cancelled or
    restored; `changed_at` is the last change of anything that a calendar shows. `capacity` is the number of seats, None
    for no bound; where it `waits`, those who sign up after the last seat wait for one. Guests with a seat are led
    to `url` from `link_opens_at` on, None: as soon as they have signed up. `cases` are the cases presented, one a line
    (`제목 | 기관`); `moved_from` is when an announced session was to start before it was moved last, None: not moved.
    """

    id: SessionId
    conf: str
    title: Text
    description: Text | None
    starts_at: datetime
    ends_at: datetime
    url: str | None
    uid: str
    sequence: int
    status: SessionStatus
    changed_at: datetime
    capacity: int | None
    series_id: SeriesId | None = None
    speakers: tuple[Speaker, ...] = ()
    host: Text | None = None
    waits: bool = False
    link_opens_at: datetime | None = None
    materials: tuple[Material, ...] = ()
    cases: Text | None = None
    moved_from: datetime | None = None

    def cases_in(self, lang: str) -> list[tuple[str, str]]:
        """Return the title and the organisation (may be empty) of each case in a language."""
        lines = self.cases.in_language(lang).splitlines() if self.cases else []
        parted = (line.partition("|") for line in lines if line.strip())
        return [(title.strip(), organisation.strip()) for title, _, organisation in parted]

    @property
    def is_draft(self) -> bool:
        """Whether only organisers know of it."""
        return self.status is SessionStatus.DRAFT

    @property
    def is_cancelled(self) -> bool:
        """Whether the session was cancelled."""
        return self.status is SessionStatus.CANCELLED


@dataclass(frozen=True, kw_only=True)
class PersonalCalendar:
    """Whose calendar of their own it is, and what it holds; `revision` and `state` are those of the conference.

    `language` is the one that the guest chose, None: none yet, and `main_language` the conference's. `sequences` has
    for each session with a seat, and each one kept, the SEQUENCE of the last mail about it, 0 for none; `segments` are
    the ids of the kept segments.
    """

    conf: str
    guest_id: GuestId
    revision: int
    state: State
    language: str | None
    main_language: Language
    sequences: Mapping[SessionId, int]
    segments: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SignUp:
    """A guest's place in a session, taken at `at` (aware UTC); who came first has a seat first.

    No two of a session have one `at`: who comes in the same instant, or after the clock was set back, comes last.
    """

    STEP: ClassVar = timedelta(microseconds=1)

    session_id: SessionId
    guest_id: GuestId
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Places:
    """What a guest who signs up has to know of a session: how many places are taken, when the last, and theirs."""

    taken: int
    last_at: datetime | None
    own: SignUp | None


def sign_up(session: OnlineSession, places: Places, guest_id: GuestId, now: datetime) -> SignUp:
    """Return a guest's sign-up. A guest who already has a place keeps it.

    Raises NotFound for a draft, Refused with code `cancelled`, `already_over` or, where nobody waits, `full`.
    """
    _refuse_if_draft(session)
    if places.own is not None:
        return places.own
    if session.is_cancelled:
        raise Refused(msg("취소된 세션입니다."), code="cancelled")
    refuse_if_over(session, now)
    if session.capacity is not None and places.taken >= session.capacity and not session.waits:
        raise Refused(msg("정원 %(capacity)s명이 모두 찼습니다."), code="full", capacity=session.capacity)
    at = now if places.last_at is None else max(now, places.last_at + SignUp.STEP)
    return SignUp(session_id=session.id, guest_id=guest_id, at=at)


def still_open(session: OnlineSession, now: datetime) -> bool:
    """Return whether anybody may still sign up for a session, places permitting."""
    return session.status is SessionStatus.SCHEDULED and now < session.ends_at


def overlap(one: OnlineSession, other: OnlineSession) -> bool:
    """Return whether nobody can be in both sessions: they are others, both take place, and at the same time."""
    if one.id == other.id or one.is_cancelled or other.is_cancelled:
        return False
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def seated(session: OnlineSession, existing: Collection[SignUp]) -> int:
    """Return how many of the sign-ups of a session have a seat: the first ones; the others wait."""
    return len(existing) if session.capacity is None else min(len(existing), session.capacity)


def edit(before: OnlineSession, wanted: OnlineSession, now: datetime) -> OnlineSession:
    """Return a session as organisers want it: another time grows SEQUENCE, other words only LAST-MODIFIED.

    Raises Refused with code `cancelled`, Invalid (`field`: `ends_at`) for an end that is not after the start.
    """
    moved = reschedule(before, wanted.starts_at, wanted.ends_at, now)
    after = replace(wanted, status=before.status, sequence=moved.sequence, changed_at=moved.changed_at)
    after = replace(after, moved_from=moved.moved_from)
    if moved == before and _shown(after) != _shown(before):
        return replace(after, changed_at=now)
    return after


def _shown(session: OnlineSession) -> tuple[Text | None, ...]:
    """Return what a calendar says of a session beside its time."""
    return session.title, session.description, session.cases


def announce(session: OnlineSession, now: datetime) -> OnlineSession:
    """Make a draft known to everybody; raises Refused with code `already_announced` for any other."""
    if not session.is_draft:
        raise Refused(msg("이미 공개한 세션입니다."), code="already_announced")
    return replace(session, status=SessionStatus.SCHEDULED, changed_at=now)


def require_draft(session: OnlineSession) -> None:
    """Raise Refused with code `announced` for a session that people may know: it is cancelled, not removed."""
    if not session.is_draft:
        raise Refused(msg("공개한 세션은 삭제할 수 없습니다. 대신 취소해 주세요."), code="announced")


def weekly(
    session: OnlineSession, times: int, zone: ZoneInfo, taken: Collection[Text] = ()
) -> list[OnlineSession]:
    """Return `times` drafts, each a week after the one before, at the same time of day in `zone`.

    Their titles are counted on, past those that are `taken`. They have no link, no cases and no materials yet; the
    caller gives ids and UIDs.
    """
    titles = (counted_on(session.title, by) for by in count(1))
    free = islice((title for title in titles if title not in taken), times)
    return [replace(_later(session, weeks, zone), title=title) for weeks, title in enumerate(free, start=1)]


def counted_on(text: Text, by: int) -> Text:
    """Return a title with its last number counted on (`3회` → `4회`), or with a number behind it."""
    return Text(ko=_counted_on(text.ko, by), en=_counted_on(text.en, by))


def _counted_on(words: str, by: int) -> str:
    if not words:
        return words
    found = LAST_NUMBER.search(words)
    if found is None:
        return f"{words} {by + 1}"
    return f"{words[: found.start()]}{int(found[0]) + by}{words[found.end() :]}"


def _later(session: OnlineSession, weeks: int, zone: ZoneInfo) -> OnlineSession:
    def moved(at: datetime) -> datetime:
        local = at.astimezone(zone).replace(tzinfo=None) + timedelta(weeks=weeks)
        return local.replace(tzinfo=zone).astimezone(UTC)

    starts_at = moved(session.starts_at)
    return replace(
        session,
        starts_at=starts_at,
        ends_at=starts_at + (session.ends_at - session.starts_at),
        status=SessionStatus.DRAFT,
        sequence=0,
        url=None,
        link_opens_at=moved(session.link_opens_at) if session.link_opens_at else None,
        materials=(),
        cases=None,
        moved_from=None,
    )


def reschedule(
    session: OnlineSession, starts_at: datetime, ends_at: datetime, now: datetime
) -> OnlineSession:
    """Move a session to another time: in calendars a newer version of the same event (SEQUENCE + 1).

    The time that it already has changes nothing. Raises Refused with code `cancelled`, Invalid (`field`:
    `ends_at`) for an end that is not after the start.
    """
    if session.is_cancelled:
        raise Refused(msg("취소된 세션입니다."), code="cancelled")
    require_span(starts_at, ends_at)
    if (starts_at, ends_at) == (session.starts_at, session.ends_at):
        return session
    return replace(
        session,
        starts_at=starts_at,
        ends_at=ends_at,
        moved_from=_moved_from(session, starts_at),
        sequence=session.sequence + 1,
        changed_at=now,
    )


def spans(starts_at: datetime, ends_at: datetime) -> bool:
    """Return whether a session lasts a minute at least as pages and calendars show it, which know no parts of one."""
    return _minute(ends_at) > _minute(starts_at)


def require_span(starts_at: datetime, ends_at: datetime) -> None:
    """Raise Invalid (`field`: `ends_at`) for an end that is shown as the start, or before it."""
    if not spans(starts_at, ends_at):
        raise Invalid(msg("끝나는 시각은 시작 시각보다 뒤여야 합니다."), field="ends_at")


def begins_in_the_past(before: OnlineSession | None, starts_at: datetime, now: datetime) -> bool:
    """Return whether a session is moved, or made, to start when it is over already; whoever does so is asked."""
    return starts_at < now and (before is None or before.starts_at != starts_at)


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def _moved_from(session: OnlineSession, starts_at: datetime) -> datetime | None:
    """Return which start people may remember who do not know of the new one; None when it is the new one."""
    if session.is_draft or starts_at == session.starts_at:
        return session.moved_from
    return None if starts_at == session.moved_from else session.starts_at


def cancel(session: OnlineSession, now: datetime) -> OnlineSession:
    """Cancel a session (SEQUENCE + 1); a cancelled one stays as it is. Raises NotFound for a draft."""
    _refuse_if_draft(session)
    if session.is_cancelled:
        return session
    return replace(
        session,
        status=SessionStatus.CANCELLED,
        sequence=session.sequence + 1,
        changed_at=now,
    )


def restore(session: OnlineSession, now: datetime) -> OnlineSession:
    """Let a cancelled session take place after all (SEQUENCE + 1); another stays as it is.

    Raises NotFound for a draft, Refused with code `already_over`.
    """
    _refuse_if_draft(session)
    if not session.is_cancelled:
        return session
    refuse_if_over(session, now)
    return replace(
        session,
        status=SessionStatus.SCHEDULED,
        sequence=session.sequence + 1,
        changed_at=now,
    )


def _refuse_if_draft(session: OnlineSession) -> None:
    if session.is_draft:
        raise NotFound(msg("그런 후속 세션이 없습니다."))


def refuse_if_over(session: OnlineSession, now: datetime) -> None:
    """Raise Refused with code `already_over` once a session is over: nobody signs up for it, or withdraws."""
    if now >= session.ends_at:
        raise Refused(msg("이미 끝난 세션입니다."), code="already_over")
