"""Joining a session by the hub's own address: when it opens, where it leads, and whether that counts as attending."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from conference_hub.core.addresses import is_web_address
from conference_hub.followup.model import OnlineSession, SessionId
from conference_hub.people.model import GuestId

COUNTS_BEFORE = timedelta(minutes=15)
"""Who joins this long before the start, or later, attends."""
STAYS_OPEN = timedelta(minutes=30)
"""How long after its end a session can still be joined: sessions overrun."""


class JoinedBy(StrEnum):
    """How it is known that somebody attended; the value is stored."""

    LINK = "link"
    REPORT = "report"


@dataclass(frozen=True, kw_only=True)
class Joined:
    """That a guest attended a session, since `joined_at` (aware UTC); `minutes` is None where nobody knows them."""

    session_id: SessionId
    guest_id: GuestId
    joined_at: datetime
    minutes: int | None
    source: JoinedBy


@dataclass(frozen=True, kw_only=True)
class Open:
    """The session can be joined at `url`; `counts` says whether who joins now attends."""

    url: str
    counts: bool


@dataclass(frozen=True, kw_only=True)
class OpensLater:
    """The session opens at `at` (aware UTC)."""

    at: datetime


class Closed(StrEnum):
    """Why a session cannot be joined."""

    CANCELLED = "cancelled"
    OVER = "over"
    NO_LINK = "no_link"


Door = Open | OpensLater | Closed


def door(session: OnlineSession, now: datetime) -> Door:
    """Return whether those who have a seat can join a session now."""
    if session.is_cancelled:
        return Closed.CANCELLED
    if now >= session.ends_at + STAYS_OPEN:
        return Closed.OVER
    if session.link_opens_at is not None and now < session.link_opens_at:
        return OpensLater(at=session.link_opens_at)
    if session.url is None or not is_web_address(session.url):
        return Closed.NO_LINK
    return Open(url=session.url, counts=now >= session.starts_at - COUNTS_BEFORE)
