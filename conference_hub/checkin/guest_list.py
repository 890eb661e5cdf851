"""The guest list as the desk shows it: who is chosen by which filters, in which order, and page by page. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from conference_hub.checkin.badge_design import BadgeState
from conference_hub.checkin.model import Presence
from conference_hub.core.labelled import Labelled
from conference_hub.people.model import Guest, GuestId, Mode
from conference_hub.people.numbering import in_order

ON_A_PAGE = 50
WITH_DIGITS = re.compile(r"([^0-9]*)([0-9]*)")
KEPT_SEATS = 50_000
"""Seats whose key is remembered: a page of the list sorts all guests."""
NO_GROUP = "none"
"""What a filter says for guests without a group."""


class Came(Labelled):
    """Where somebody is, as a filter."""

    HERE = "here", "체크인함", "Checked in"
    LEFT = "left", "퇴장함", "Left"
    NEVER = "never", "체크인 전", "Not checked in"


class Printed(Labelled):
    """The state of a badge, as a filter."""

    MISSING = "missing", "명찰 없음", "No badge"
    TO_PRINT = "to-print", "인쇄할 명찰", "To print"
    AGAIN = "again", "다시 인쇄", "To reprint"
    DONE = "done", "인쇄함", "Printed"


class Given(StrEnum):
    """Whether something is known of a guest, as a filter."""

    YES = "yes"
    NO = "no"


class Sort(Labelled):
    """The order of the list."""

    NUMBER = "number", "번호", "Number"
    NAME = "name", "이름", "Name"
    ORGANISATION = "organisation", "소속", "Organisation"
    GROUP = "group", "구분", "Group"
    SEAT = "seat", "좌석", "Seat"


@dataclass(frozen=True, kw_only=True)
class Filters:
    """Which guests are meant; None: whatever it is. `group` may be NO_GROUP."""

    group: str | None = None
    mode: Mode | None = None
    came: Came | None = None
    badge: Printed | None = None
    email: Given | None = None
    seat: Given | None = None
    needs: Given | None = None


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What is known of guests beside the list: who came, whose badge opens gates, and the order of the groups."""

    presences: Mapping[GuestId, Presence]
    badges: Mapping[GuestId, BadgeState]
    groups: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page of the list: `number` of `pages` (from 1), and how many guests there are on all of them.

    `first` is the place of its first guest among all (from 1).
    """

    guests: Sequence[Guest]
    number: int
    pages: int
    found: int
    first: int = 1


def chosen(guests: Iterable[Guest], filters: Filters, standing: Standing) -> list[Guest]:
    """Return the guests that are meant, in the order given."""
    if filters == Filters():
        return list(guests)
    return [guest for guest in guests if _fits(guest, filters, standing)]


def in_sequence(guests: Collection[Guest], sort: Sort, standing: Standing) -> list[Guest]:
    """Return guests in an order; what is empty comes last, and numbers decide between equals."""

    def key(guest: Guest) -> tuple[object, ...]:
        number = in_order(guest.number)
        match sort:
            case Sort.NUMBER:
                return number
            case Sort.NAME:
                return (guest.shown.in_language("ko").casefold(), number)
            case Sort.ORGANISATION:
                return (not guest.organisation, (guest.organisation or "").casefold(), number)
            case Sort.SEAT:
                return (not guest.seat, _seat(guest.seat or ""), number)
            case Sort.GROUP:
                return (standing.groups.get(guest.group or "", len(standing.groups) + 1), number)

    return sorted(guests, key=key)


def page_of(guests: Sequence[Guest], number: int, size: int = ON_A_PAGE) -> Page:
    """Return a page of at most `size` guests; one behind the last is the last."""
    pages = max(1, -(-len(guests) // size))
    number = min(max(number, 1), pages)
    first = (number - 1) * size
    return Page(
        guests=guests[first : first + size], number=number, pages=pages, found=len(guests), first=first + 1
    )


def came(presence: Presence | None) -> Came:
    """Return where a guest is."""
    if presence is None:
        return Came.NEVER
    return Came.HERE if presence.place else Came.LEFT


def printed(state: BadgeState | None) -> Printed:
    """Return the state of a badge; TO_PRINT for one that never was printed."""
    if state is None:
        return Printed.MISSING
    if state.reprint:
        return Printed.AGAIN
    return Printed.DONE if state.printed_at else Printed.TO_PRINT


def _fits(guest: Guest, filters: Filters, standing: Standing) -> bool:
    return (
        (filters.group is None or (guest.group or NO_GROUP) == filters.group)
        and (filters.mode is None or guest.mode is filters.mode)
        and (filters.came is None or came(standing.presences.get(guest.id)) is filters.came)
        and (filters.badge is None or filters.badge in _badge(standing.badges.get(guest.id)))
        and _given(guest.email, filters.email)
        and _given(guest.seat, filters.seat)
        and _given(guest.needs, filters.needs)
    )


def _badge(state: BadgeState | None) -> set[Printed]:
    """Return the filters that a badge passes: one to print again is also one to print."""
    found = printed(state)
    return {found, Printed.TO_PRINT} if found is Printed.AGAIN else {found}


def _given(value: str | None, wanted: Given | None) -> bool:
    return wanted is None or bool(value) is (wanted is Given.YES)


@lru_cache(maxsize=KEPT_SEATS)
def _seat(seat: str) -> tuple[tuple[str, int], ...]:
    """Return a seat as it is sorted: `A-2` before `A-10`."""
    return tuple((letters, int(digits or 0)) for letters, digits in WITH_DIGITS.findall(seat.casefold()))
