"""An online session, a sign-up for it, and what may happen to both."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NewType

from conference_hub.core.errors import Invalid, Refused, msg
from conference_hub.core.text import Text
from conference_hub.people.model import GuestId

SessionId = NewType("SessionId", str)


class SessionStatus(StrEnum):
    """Whether a session takes place."""

    SCHEDULED = "scheduled"
    CANCELLED = "cancelled"


@dataclass(frozen=True, kw_only=True)
class OnlineSession:
    """A session that is held online; instants are aware UTC, `ends_at` is after `starts_at`.

    `uid` names it in calendars and never changes; `sequence` grows with each new time and with the cancellation;
    `changed_at` is the last change of anything that a calendar shows. `capacity` is the number of seats, None
    for no bound.
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

    @property
    def is_cancelled(self) -> bool:
        """Whether the session was cancelled."""
        return self.status is SessionStatus.CANCELLED


@dataclass(frozen=True, kw_only=True)
class PersonalCalendar:
    """Whose calendar of their own it is, and what it holds; `revision` is that of the conference."""

    conf: str
    guest_id: GuestId
    revision: int
    session_ids: tuple[SessionId, ...]


@dataclass(frozen=True, kw_only=True)
class SignUp:
    """A guest's place in a session, taken at `at` (aware UTC)."""

    session_id: SessionId
    guest_id: GuestId
    at: datetime


def sign_up(session: OnlineSession, existing: Collection[SignUp], guest_id: GuestId, now: datetime) -> SignUp:
    """Return a guest's sign-up. A guest who already has a place keeps it.

    `existing` are all the sign-ups of this session. Raises Refused with code `cancelled`, `already_over` or
    `full`.
    """
    if held := find_sign_up(existing, guest_id):
        return held
    if session.is_cancelled:
        raise Refused(msg("취소된 세션입니다."), code="cancelled")
    _refuse_if_over(session, now)
    if session.capacity is not None and len(existing) >= session.capacity:
        raise Refused(msg("정원 %(capacity)s명이 모두 찼습니다."), code="full", capacity=session.capacity)
    return SignUp(session_id=session.id, guest_id=guest_id, at=now)


def withdraw(
    session: OnlineSession, existing: Collection[SignUp], guest_id: GuestId, now: datetime
) -> SignUp | None:
    """Return the sign-up to remove, None if the guest has none; raises Refused with code `already_over`."""
    _refuse_if_over(session, now)
    return find_sign_up(existing, guest_id)


def find_sign_up(existing: Collection[SignUp], guest_id: GuestId) -> SignUp | None:
    """Return the guest's sign-up among those of one session, or None."""
    return next((held for held in existing if held.guest_id == guest_id), None)


def reschedule(
    session: OnlineSession, starts_at: datetime, ends_at: datetime, now: datetime
) -> OnlineSession:
    """Move a session to another time: in calendars a newer version of the same event (SEQUENCE + 1).

    The time that it already has changes nothing. Raises Refused with code `cancelled`, Invalid (`field`:
    `ends_at`) for an end that is not after the start.
    """
    if session.is_cancelled:
        raise Refused(msg("취소된 세션입니다."), code="cancelled")
    if ends_at <= starts_at:
        raise Invalid(msg("끝나는 시각은 시작 시각보다 뒤여야 합니다."), field="ends_at")
    if (starts_at, ends_at) == (session.starts_at, session.ends_at):
        return session
    return replace(
        session,
        starts_at=starts_at,
        ends_at=ends_at,
        sequence=session.sequence + 1,
        changed_at=now,
    )


def cancel(session: OnlineSession, now: datetime) -> OnlineSession:
    """Cancel a session (SEQUENCE + 1); a cancelled one stays as it is."""
    if session.is_cancelled:
        return session
    return replace(
        session,
        status=SessionStatus.CANCELLED,
        sequence=session.sequence + 1,
        changed_at=now,
    )


def _refuse_if_over(session: OnlineSession, now: datetime) -> None:
    if now >= session.ends_at:
        raise Refused(msg("이미 끝난 세션입니다."), code="already_over")
