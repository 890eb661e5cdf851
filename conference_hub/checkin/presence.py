"""Where a guest is, folded from the scans by the time at which they happened, whatever the order of their arrival.

A scan counts when it says where the guest was: going in or out with a good badge while check-in was open, or as staff
overruled. Refusals as already inside or not inside count too: a scan that arrives later may change what was true at
their time. So the fold depends on what happened only, not on the answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import reduce
from itertools import takewhile

from conference_hub.checkin.model import Direction, Moment, Place, Presence, Scan, ScanId
from conference_hub.core.errors import Refused, msg

ADMITTED = "admitted"
LEFT = "left"


def in_order(scans: Iterable[Scan]) -> list[Scan]:
    """Return the scans that count, by the time at which they happened; `scans` are in the order of answering.

    Of two at the same instant the one that was answered first comes first.
    """
    return sorted((scan for scan in scans if scan.counts), key=lambda scan: scan.happened_at)


def presence_after(scans: Iterable[Scan]) -> Presence | None:
    """Return where a guest is after all their `scans`, in the order of answering; None when they never came in."""
    start: Presence | None = None
    return reduce(_step, in_order(scans), start)


def presence_at(scans: Iterable[Scan], at: datetime) -> Presence | None:
    """Return where a guest was at `at` by their `scans`; None when they had not come in by then."""
    return presence_after(scan for scan in scans if scan.happened_at <= at)


def stay_began_later(scans: Iterable[Scan], at: datetime) -> Moment | None:
    """Return the admission of a stay in the hall that began after `at` with nothing between, or None.

    Somebody who came in at `at` belongs to that stay, and a stay has one admission.
    """
    after = (scan for scan in in_order(scans) if scan.happened_at > at)
    return next((_moment(scan) for scan in takewhile(_comes_in, after) if scan.verdict == ADMITTED), None)


def check_undo(scan: Scan, scans: Sequence[Scan]) -> None:
    """Refuse to undo `scan` unless it is an admission and nothing of `scans`, all of its guest, moved them after it.

    Raises Refused with code `not_an_admission`, `undone` or `moved_on`.
    """
    if scan.verdict != ADMITTED:
        raise Refused(msg("입장 처리한 것만 되돌릴 수 있습니다."), code="not_an_admission")
    if scan.undone_at is not None:
        raise Refused(msg("이미 되돌린 입장입니다."), code="undone")
    if not all(_refused_in(after) for after in _after(scan, in_order(scans))):
        raise Refused(msg("그 뒤에 다시 드나든 기록이 있어 되돌릴 수 없습니다."), code="moved_on")


def undone_with(scan: Scan, scans: Sequence[Scan]) -> list[ScanId]:
    """Return which of `scans` stop counting when the admission `scan` is undone: itself, and refusals that rest on it.

    Those are the refusals after it, and those before it in the same stay when no other admission began the stay.
    """
    ordered = in_order(scans)
    place = [one.id for one in ordered].index(scan.id)
    stay = list(takewhile(_comes_in, reversed(ordered[:place]))) if _comes_in(scan) else []
    before = [] if any(one.verdict == ADMITTED for one in stay) else stay
    return [one.id for one in (*before, scan, *_after(scan, ordered))]


def _after(scan: Scan, ordered: Sequence[Scan]) -> list[Scan]:
    ids = [one.id for one in ordered]
    return list(ordered[ids.index(scan.id) + 1 :])


def _comes_in(scan: Scan) -> bool:
    return scan.direction is Direction.IN and scan.gate_id is not None


def _refused_in(scan: Scan) -> bool:
    return _comes_in(scan) and scan.verdict != ADMITTED


def _step(before: Presence | None, scan: Scan) -> Presence | None:
    if scan.guest_id is None:
        message = f"scan {scan.id} counts for nobody"
        raise ValueError(message)
    if scan.direction is Direction.OUT:
        return _moved(before, None, scan) if before and before.place is Place.HALL else before
    if before is None:
        here = _moment(scan)
        return Presence(guest_id=scan.guest_id, place=_place(scan), since=here.at, first=here)
    if before.place in {Place.HALL, _place(scan)}:
        return before  # a link opened in the hall takes nobody out of it
    return _moved(before, _place(scan), scan)


def _place(scan: Scan) -> Place:
    return Place.REMOTE if scan.gate_id is None else Place.HALL


def _moved(before: Presence, place: Place | None, scan: Scan) -> Presence:
    return Presence(guest_id=before.guest_id, place=place, since=scan.happened_at, first=before.first)


def _moment(scan: Scan) -> Moment:
    return Moment(at=scan.happened_at, gate_id=scan.gate_id)
