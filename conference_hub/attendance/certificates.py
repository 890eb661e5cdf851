"""Certificates of attendance: who gets one, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from conference_hub.attendance.model import AttendanceSetup, Source
from conference_hub.attendance.spans import Attended
from conference_hub.core.labelled import Labelled
from conference_hub.core.text import Text
from conference_hub.people.model import Guest, GuestId

Code = NewType("Code", str)
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Letters of codes that people read to each other: none looks like another."""
CODE_LENGTH = 16
GROUP = 4
WHOLE = 100


class Way(Labelled):
    """How somebody took part, as a certificate says it; the value is stored."""

    HALL = "hall", "현장", "on site"
    ONLINE = "online", "온라인", "online"


class About(Labelled):
    """What a certificate is about; the value is stored."""

    DAY = "day", "행사", "The event"
    FOLLOW_UP = "follow_up", "후속 세션", "Follow-up sessions"


@dataclass(frozen=True, kw_only=True)
class AttendedSession:
    """An online session that somebody attended, as it was called; `minutes` is None where nobody knows them."""

    title: Text
    starts_at: datetime
    minutes: int | None


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """What a certificate says, as it was given; who it names is None once personal data were erased.

    `minutes` are those attended, `title` and `issuer` what the conference and its issuer were called then. One about
    the follow-up names its `sessions` in the order of their start; its `minutes` are None unless known of all of them.
    """

    code: Code
    guest_id: GuestId | None
    name: str | None
    organisation: str | None
    minutes: int | None
    ways: tuple[Way, ...]
    title: Text
    issuer: Text
    issued_at: datetime
    revoked_at: datetime | None = None
    about: About = About.DAY
    sessions: tuple[AttendedSession, ...] = ()

    @property
    def valid(self) -> bool:
        """Whether it still holds."""
        return self.revoked_at is None


def needed_minutes(setup: AttendanceSetup, possible: int) -> int:
    """Return how many minutes a certificate needs, of an event that has `possible`; at least one."""
    by_share = -(-possible * setup.min_percent // WHOLE) if setup.min_percent else 0
    return max(1, setup.min_minutes or 0, by_share)


def whole_minutes(sessions: Iterable[AttendedSession]) -> int | None:
    """Return the minutes of some sessions together; None where those of one are not known."""
    total = 0
    for one in sessions:
        if one.minutes is None:
            return None
        total += one.minutes
    return total


def ways_of(attended: Attended) -> tuple[Way, ...]:
    """Return how somebody took part: in the hall, online, or both."""
    online = attended.sources - {Source.SCAN}
    return (*((Way.HALL,) if Source.SCAN in attended.sources else ()), *((Way.ONLINE,) if online else ()))


def printed_name(guest: Guest, covers: Callable[[str], bool]) -> str | None:
    """Return the name as the type of certificates can set it: as it is written, else as it is read aloud.

    None where neither can be set, and for somebody who is not named. `covers` says whether the type has every letter.
    """
    names = (guest.name, guest.pronunciation)
    return next((name for name in names if name and covers(name)), None) if guest.name else None


def read_code(typed: str) -> Code | None:
    """Return the code that somebody typed, with or without hyphens and in any case; None for what can be none."""
    code = "".join(one for one in typed.upper() if one not in " -–—\t")
    return Code(code) if len(code) == CODE_LENGTH and set(code) <= set(ALPHABET) else None


def shown_code(code: Code) -> str:
    """Return a code in groups, as people read it."""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))
