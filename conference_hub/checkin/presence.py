"""Where a guest is, told from the scans that moved them; undoing one leaves what the others say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce

from conference_hub.checkin.model import Moment, Place, Presence, Scan
from conference_hub.core.errors import Refused, msg

ADMITTED = "admitted"
LEFT = "left"
MOVING = frozenset({ADMITTED, LEFT})
"""The verdicts after which a guest is somewhere else than before."""


def presence_after(scans: Iterable[Scan]) -> Presence | None:
    """Return where the guest is of whom `scans` tell, in the order of answering; None when never in."""
    start: Presence | None = None
    return reduce(_step, moving(scans), start)


def moving(scans: Iterable[Scan]) -> list[Scan]:
    """Return the scans that moved somebody and still count."""
    return [scan for scan in scans if scan.verdict in MOVING and scan.undone_at is None]


def check_undo(scan: Scan, scans: Sequence[Scan]) -> None:
    """Refuse to undo `scan` unless it is an admission and the last that `scans`, all of its guest, say.

    Raises Refused with code `not_an_admission`, `undone` or `moved_on`.
    """
    if scan.verdict != ADMITTED:
        raise Refused(msg("입장 처리한 것만 되돌릴 수 있습니다."), code="not_an_admission")
    if scan.undone_at is not None:
        raise Refused(msg("이미 되돌린 입장입니다."), code="undone")
    if moving(scans)[-1:] != [scan]:
        raise Refused(msg("그 뒤에 다시 드나든 기록이 있어 되돌릴 수 없습니다."), code="moved_on")


def _step(before: Presence | None, scan: Scan) -> Presence | None:
    if scan.guest_id is None:
        message = f"scan {scan.id} moved nobody"
        raise ValueError(message)
    if scan.verdict == LEFT:
        return before and _moved(before, None, scan)
    here = Moment(at=scan.scanned_at, gate_id=scan.gate_id)
    place = Place.REMOTE if scan.gate_id is None else Place.HALL
    if before is None:
        return Presence(guest_id=scan.guest_id, place=place, since=here.at, first=here)
    return before if before.place is place else _moved(before, place, scan)


def _moved(before: Presence, place: Place | None, scan: Scan) -> Presence:
    return Presence(guest_id=before.guest_id, place=place, since=scan.scanned_at, first=before.first)
