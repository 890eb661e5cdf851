"""What people must know after the fact, folded from a guest's scans like presence: any order of arrival gives the same.

Each admission of a visit but the earliest is surplus: somebody else may have come in with the same badge. What a device
let in against the rules of its gate stands beside it, and who was turned away although they might have come in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from conference_hub.checkin.model import Acted, ConflictKind, Direction, Scan, Settling
from conference_hub.checkin.presence import (
    ADMITTED,
    in_order,
    is_after,
    of_history,
    other_day,
    stays_of,
    turned_away,
)
from conference_hub.gates.model import Reentry

ALREADY = frozenset({"already_inside", "already_counted"})

WAITS = "quarantined"
"""The verdict of a scan at a time that is not believed: it says nothing until somebody accepts it."""

KINDS = {
    "revoked": ConflictKind.REVOKED,
    "cancelled": ConflictKind.FORMER,
    "unknown_badge": ConflictKind.UNKNOWN,
    "other_conference": ConflictKind.UNKNOWN,
    "not_yet_open": ConflictKind.CLOSED,
    "closed": ConflictKind.CLOSED,
    "wrong_gate": ConflictKind.WRONG_GATE,
    "mode_mismatch": ConflictKind.MODE,
    "needs_look": ConflictKind.LOOK,
}
"""By what the rules of the gate would have said to somebody whom a device let in."""

ANSWERS = {
    ConflictKind.DOUBLE: (Settling.SAME_PERSON, Settling.LOOKED, Settling.UNDONE),
    ConflictKind.QUARANTINED: (Settling.ACCEPTED, Settling.REJECTED),
    ConflictKind.UNKNOWN: (Settling.LOOKED,),
    ConflictKind.FORMER: (Settling.LOOKED,),
    ConflictKind.TURNED_AWAY: (Settling.LOOKED,),
    ConflictKind.MODE: (Settling.SWITCHED, Settling.LOOKED, Settling.UNDONE),
}
"""What may be said of a conflict; of the others that somebody looked at it, or that the scan is undone."""
USUAL = (Settling.LOOKED, Settling.UNDONE)

RuleOf = Callable[[Scan], Reentry]
"""The re-entry rule of the point at which a scan was made."""


@dataclass(frozen=True, kw_only=True)
class Contradiction:
    """A conflict as the scans have it: the scan that it is about, and the one that it is at odds with."""

    kind: ConflictKind
    scan: Scan
    other: Scan | None = None


def conflicts_of(scans: Sequence[Scan], rule: RuleOf) -> list[Contradiction]:
    """Return what is at odds in all the scans of one guest."""
    return [one for history in _histories(scans) for one in _of_history(history, rule)]


def _histories(scans: Sequence[Scan]) -> Iterator[list[Scan]]:
    seen: set[str | None] = set()
    for scan in scans:
        name = None if scan.door else scan.point
        if name not in seen:
            seen.add(name)
            yield of_history(scans, scan)


def _of_history(scans: Sequence[Scan], rule: RuleOf) -> Iterator[Contradiction]:
    for entries in _visits(scans, rule):
        yield from _doubles(entries, rule)
    for scan in in_order(scans):
        if scan.acted is Acted.ADMITTED and scan.would in KINDS:
            yield Contradiction(kind=KINDS[scan.would], scan=scan)
    away = _turned_away(scans, rule)
    if away is not None:
        yield Contradiction(kind=ConflictKind.TURNED_AWAY, scan=away)


def _visits(scans: Sequence[Scan], rule: RuleOf) -> Iterator[Sequence[Scan]]:
    """Yield the entries of which only one should be: of a visit, or of a day where people come in once."""
    stays = stays_of(scans)
    once = [one for stay in stays for one in stay.entries if rule(one) is Reentry.ONCE]
    for _day, entries in groupby(once, key=lambda scan: scan.day):
        yield list(entries)
    for stay in stays:
        yield [one for one in stay.entries if rule(one) is not Reentry.ONCE]


def _doubles(entries: Sequence[Scan], rule: RuleOf) -> Iterator[Contradiction]:
    for number, scan in enumerate(entries):
        elsewhere = [one for one in entries[:number] if one.machine != scan.machine]
        known = bool(ALREADY & set(scan.over)) or (scan.forced and not scan.over)
        if elsewhere and not known and rule(scan) is not Reentry.FREE:
            yield Contradiction(kind=ConflictKind.DOUBLE, scan=scan, other=elsewhere[0])


def _turned_away(history: Sequence[Scan], rule: RuleOf) -> Scan | None:
    """Return the entry that was refused and should not have been, when the guest has not come in there since."""
    alone = [
        scan
        for scan in history
        if scan.acted is Acted.REFUSED and scan.would == ADMITTED and scan.verdict != WAITS
    ]
    refused = [scan for scan in (*turned_away(history), *alone) if not _had_come_in(scan, history, rule)]
    return next((scan for scan in _sorted(refused) if not _came_in_later(scan, history)), None)


def _had_come_in(scan: Scan, history: Sequence[Scan], rule: RuleOf) -> bool:
    """Return whether the guest was inside when `scan` happened, or had been on a day where people come in once."""
    if rule(scan) is Reentry.FREE:
        return False
    stays = [stay for stay in stays_of(history) if not other_day(stay.entries[-1], scan)]
    begun = [stay for stay in stays if not is_after(stay.began, scan)]
    if rule(scan) is Reentry.ONCE:
        return bool(begun)
    return any(stay.ended is None or is_after(stay.ended, scan) for stay in begun)


def _came_in_later(scan: Scan, history: Iterable[Scan]) -> bool:
    return any(
        one.happened_at >= scan.happened_at
        for one in in_order(history)
        if one.direction is Direction.IN and one.verdict == ADMITTED
    )


def _sorted(scans: Iterable[Scan]) -> list[Scan]:
    return sorted(scans, key=lambda scan: (scan.happened_at, scan.id))
