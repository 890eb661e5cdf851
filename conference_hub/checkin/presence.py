"""Where a guest is, folded from the scans by the time at which they happened, whatever the order of their arrival.

A scan that counts says where the guest was. Entries that were let in begin a stay in the hall, exits end it. An entry
that was refused as already inside may bring the start of such a stay forward, but it never begins one; an exit that was
refused as not inside counts, since the entry may arrive later. So the fold depends on what happened at the doors, not
on the order of the answers. All doors share one history, the hall; each point that only counts has its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from conference_hub.checkin.model import Direction, Moment, Place, Presence, Scan, ScanId
from conference_hub.core.errors import Refused, msg

ADMITTED = "admitted"
LEFT = "left"
DAY_ENDED = "day_ended"
"""Nobody scanned: the day of a door ended while its guest was inside, and the hub let them leave (`closing`)."""


@dataclass(frozen=True, kw_only=True)
class Stay:
    """One visit: who came in (`entries`, at least one, in order), what was refused before and within it, how it ended.

    `refused` before the first entry bring its start forward.
    """

    entries: tuple[Scan, ...]
    refused: tuple[Scan, ...] = ()
    ended: Scan | None = None

    @property
    def began(self) -> Scan:
        """The scan with which it began."""
        return min((*self.entries, *self.refused), key=_when)

    def belongs(self, scan: Scan) -> bool:
        """Return whether an entry is one of this visit, let in or refused."""
        return scan in self.entries or scan in self.refused


def in_order(scans: Iterable[Scan]) -> list[Scan]:
    """Return the scans that count, by the time at which they happened; `scans` are in the order of answering.

    Of two at the same instant that the server was asked about, the one that was answered first comes first.
    """
    return sorted((scan for scan in scans if scan.counts), key=_when)


def of_history(scans: Iterable[Scan], scan: Scan) -> list[Scan]:
    """Return those of a guest's scans that share the history of `scan`: the hall's, or that of its own point."""
    return [one for one in scans if one.door == scan.door and (scan.door or one.point == scan.point)]


def stays_of(scans: Iterable[Scan]) -> list[Stay]:
    """Return the visits of a guest to one point, or to the hall, by scans that share a history; links are left out."""
    return _folded(scans).stays


def days_counted(scans: Iterable[Scan], point: str) -> set[str | None]:
    """Return the days on which a point that is no door counted a guest; None stands for one that counts no days."""
    return {
        scan.day
        for scan in scans
        if scan.counts and not scan.door and scan.point == point
        if scan.direction is Direction.IN and scan.verdict == ADMITTED
    }


def counted_in(scans: Iterable[Scan], point: str, day: str | None) -> bool:
    """Return whether a point that is no door counted a guest on a day, and they did not go out since.

    `day` is None for a point that counts no days.
    """
    stays = stays_of(scan for scan in scans if not scan.door and scan.point == point)
    return bool(stays) and stays[-1].ended is None and stays[-1].entries[-1].day == day


def turned_away(scans: Iterable[Scan]) -> list[Scan]:
    """Return the entries of one history that were refused although the guest was not inside, and who came in no more.

    Those were refused as already inside before it was known that the guest had gone out.
    """
    fold = _folded(scans)
    return fold.waiting if fold.went_out else []


def presence_after(scans: Iterable[Scan]) -> Presence | None:
    """Return where a guest is after all their `scans`; None when they never came in."""
    doors = [scan for scan in scans if scan.door]
    events = [event for stay in stays_of(doors) for event in _events(stay)]
    events += [_Event(moment_of(scan), Place.REMOTE) for scan in in_order(doors) if scan.gate_id is None]
    presence: Presence | None = None
    for event in sorted(events, key=lambda event: event.moment.at):
        presence = _step(presence, event, doors[0])
    return presence


def presence_at(scans: Iterable[Scan], scan: Scan) -> Presence | None:
    """Return where a guest was when `scan` happened by `scans`; None when they had not come in by then."""
    return presence_after(one for one in scans if _when(one) <= _when(scan))


def check_undo(scan: Scan, scans: Sequence[Scan]) -> None:
    """Refuse to undo `scan` unless it moved or counted somebody and nothing of `scans`, all of its guest, rests on it.

    An exit rests on the last entry of its stay; an entry after an exit rests on that exit. Raises Refused with code
    `not_an_admission`, `undone` or `moved_on`.
    """
    if scan.undone_at is not None:
        raise Refused(msg("이미 되돌린 입장입니다."), code="undone")
    if not scan.counts or scan.verdict not in {ADMITTED, LEFT}:
        raise Refused(msg("입장이나 퇴장 처리한 것만 되돌릴 수 있습니다."), code="not_an_admission")
    if _rests_on(scan, scans):
        raise Refused(msg("그 뒤에 다시 드나든 기록이 있어 되돌릴 수 없습니다."), code="moved_on")


def may_undo(scan: Scan, scans: Sequence[Scan]) -> bool:
    """Return whether `check_undo` would let `scan` be undone."""
    try:
        check_undo(scan, scans)
    except Refused:
        return False
    return True


def undone_with(scan: Scan, scans: Sequence[Scan]) -> list[ScanId]:
    """Return which of `scans` stop counting when `scan` is undone: itself, and refusals that rest on it alone.

    Those of an entry are the ones of its stay when nobody else's entry is left in it, those of an exit the exits after
    it that were refused.
    """
    history = of_history(scans, scan)
    if scan.direction is Direction.OUT:
        return [scan.id, *(one.id for one in _after(scan, history) if _refused_exit(one))]
    stay = next((stay for stay in stays_of(history) if scan in stay.entries), None)
    alone = stay is not None and len(stay.entries) == 1
    return [scan.id, *(one.id for one in stay.refused)] if stay and alone else [scan.id]


def is_after(one: Scan, other: Scan) -> bool:
    """Return whether `one` happened after `other`."""
    return _when(one) > _when(other)


def moment_of(scan: Scan) -> Moment:
    """Return when and where a scan happened."""
    return Moment(at=scan.happened_at, gate_id=scan.gate_id, scan=scan.id)


def other_day(one: Scan, other: Scan) -> bool:
    """Return whether two scans are of different days of the event, where days are counted anew."""
    return None not in {one.day, other.day} and one.day != other.day


def _folded(scans: Iterable[Scan]) -> _Fold:
    fold = _Fold()
    for scan in in_order(scans):
        if scan.gate_id is not None:
            fold.step(scan)
    return fold


@dataclass
class _Fold:
    """Entries and exits of one history, one after the other."""

    stays: list[Stay] = field(default_factory=list)
    waiting: list[Scan] = field(default_factory=list)
    """Entries that were refused while nobody was inside."""
    open: bool = False
    went_out: bool = False

    def step(self, scan: Scan) -> None:
        """Take one scan that counts."""
        if self.open and other_day(scan, self.stays[-1].began):
            self.open = False  # another day of the event: whoever was inside has gone home
        if scan.verdict == DAY_ENDED:
            self._go_home(scan)
        elif scan.direction is Direction.OUT:
            self._go_out(scan)
        elif scan.verdict != ADMITTED:
            self._refuse(scan)
        elif self.open:
            self.stays[-1] = replace(self.stays[-1], entries=(*self.stays[-1].entries, scan))
        else:
            before = tuple(one for one in self.waiting if not other_day(one, scan))
            self.stays.append(Stay(entries=(scan,), refused=before))
            self.waiting, self.open = [], True

    def _refuse(self, scan: Scan) -> None:
        if self.open:
            self.stays[-1] = replace(self.stays[-1], refused=(*self.stays[-1].refused, scan))
        else:
            self.waiting.append(scan)

    def _go_home(self, scan: Scan) -> None:
        if self.open:
            self.stays[-1], self.open = replace(self.stays[-1], ended=scan), False

    def _go_out(self, scan: Scan) -> None:
        if self.open:
            self.stays[-1] = replace(self.stays[-1], ended=scan)
        self.open, self.waiting, self.went_out = False, [], True


@dataclass(frozen=True)
class _Event:
    moment: Moment
    place: Place | None


def _events(stay: Stay) -> list[_Event]:
    came = [_Event(moment_of(stay.began), Place.HALL)]
    return [*came, _Event(moment_of(stay.ended), None)] if stay.ended else came


def _step(before: Presence | None, event: _Event, guest: Scan) -> Presence | None:
    if before is None:
        first = event.moment
        return _presence(guest, event.place, event.moment, first)
    if before.place is Place.HALL and event.place is Place.REMOTE:
        return before  # a link opened in the hall takes nobody out of it
    if before.place is event.place is Place.REMOTE:
        return before
    return _presence(guest, event.place, event.moment, before.first)


def _presence(scan: Scan, place: Place | None, since: Moment, first: Moment) -> Presence:
    if scan.guest_id is None:
        message = f"scan {scan.id} counts for nobody"
        raise ValueError(message)
    return Presence(guest_id=scan.guest_id, place=place, since=since.at, first=first)


def _rests_on(scan: Scan, scans: Sequence[Scan]) -> bool:
    history = of_history(scans, scan)
    if scan.direction is Direction.OUT:
        after = _after(scan, history)
        return any(stay.entries[0] in after for stay in stays_of(history))
    stay = next((stay for stay in stays_of(history) if scan in stay.entries), None)
    if stay is None:  # by the guest's own link: every later entry or exit rests on it
        return bool(_after(scan, history))
    return stay.ended is not None and not any(one for one in stay.entries if one.id != scan.id)


def _refused_exit(scan: Scan) -> bool:
    return scan.direction is Direction.OUT and scan.verdict not in {LEFT, DAY_ENDED}


def _after(scan: Scan, history: Sequence[Scan]) -> list[Scan]:
    ordered = in_order(history)
    return ordered[[one.id for one in ordered].index(scan.id) + 1 :]


def _when(scan: Scan) -> tuple[datetime, datetime, str]:
    return (scan.happened_at, scan.claimed_at or scan.happened_at, scan.id if scan.acted else "")
