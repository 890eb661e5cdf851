"""The shapes of attendance's documents."""

from __future__ import annotations

from typing import Final, Literal

from typing_extensions import TypedDict

from conference_hub.attendance.keys import ATTENDANCE, ELSEWHERE, WATCHING
from conference_hub.core.shapes import Count, Instant
from conference_hub.people.model import Mode


class StatesDoc(TypedDict):
    """How many of those `expected` are where; the others add up to it."""

    expected: Count
    absent: Count
    hall: Count
    connected: Count
    idle: Count
    left: Count


class AttendanceDoc(TypedDict):
    """How many guests are where, counted at most every ten seconds; `by_group` has those of no group under `""`."""

    total: StatesDoc
    by_mode: dict[Mode, StatesDoc]
    by_group: dict[str, StatesDoc]


class WatchingDoc(TypedDict):
    """About how many take part from elsewhere, told at most once a minute."""

    about: Count


class ElsewhereDoc(TypedDict):
    """How a guest takes part from elsewhere since when, and from where it is known.

    Who is in the hall is in the document of the guest.
    """

    guest: str
    state: Literal["connected", "idle", "left"]
    source: Literal["socket", "zoom", "metaverse", "staff"]
    since: Instant


DOCUMENTS: Final = {ATTENDANCE: AttendanceDoc, WATCHING: WatchingDoc, ELSEWHERE: ElsewhereDoc}
"""The shape of each document by its key; a key that ends in `/` is the prefix of a family."""
