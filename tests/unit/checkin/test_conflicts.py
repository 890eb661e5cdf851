"""What people must know after the fact, beside the stories of `test_arrival`."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from conference_hub.checkin.conflicts import conflicts_of
from conference_hub.checkin.model import Acted, Direction, Scan, ScanId
from conference_hub.gates.model import GateId, Reentry
from conference_hub.people.model import GuestId

START = datetime(2021, 12, 2, 0, 0, tzinfo=UTC)


def scan(minute: int, device: str = "a", verdict: str = "admitted") -> Scan:
    at = START + timedelta(minutes=minute)
    return Scan(
        id=ScanId(f"scan-{minute}"),
        guest_id=GuestId("guest-001"),
        gate_id=GateId("main"),
        direction=Direction.OUT if verdict in {"left", "not_inside"} else Direction.IN,
        verdict=verdict,
        forced=False,
        counts=True,
        happened_at=at,
        at=at,
        by=device,
        actor=f"device:{device}",
        point="hall",
    )


def kinds(*scans: Scan, reentry: Reentry = Reentry.AFTER_EXIT) -> list[tuple[str, str]]:
    return [(one.kind.value, one.scan.id) for one in conflicts_of(scans, lambda _scan: reentry)]


FORCED = replace(scan(5, "b"), forced=True, over=("already_inside",))
OLD_FORCE = replace(scan(5, "b"), forced=True)
OVER_ANOTHER = replace(scan(5, "b"), forced=True, over=("wrong_gate",))
LUNCH = replace(scan(9, "a"), point="lunch", door=False)
AGAIN = replace(scan(11, "b"), point="lunch", door=False)
SENT_AWAY = replace(scan(5, "b", "turned_away"), counts=False, acted=Acted.REFUSED, would="admitted")


@pytest.mark.parametrize(
    ("scans", "reentry", "found"),
    [
        ([scan(1), scan(5, "b")], Reentry.AFTER_EXIT, [("double", "scan-5")]),
        ([scan(1), scan(5, "b")], Reentry.FREE, []),
        ([scan(1), scan(3, "a", "left"), scan(5, "b")], Reentry.AFTER_EXIT, []),
        ([scan(1), scan(3, "a", "left"), scan(5, "b")], Reentry.ONCE, [("double", "scan-5")]),
        ([scan(1), FORCED], Reentry.AFTER_EXIT, []),
        ([scan(1), OLD_FORCE], Reentry.AFTER_EXIT, []),
        ([scan(1), OVER_ANOTHER], Reentry.AFTER_EXIT, [("double", "scan-5")]),
        ([scan(1), LUNCH], Reentry.ONCE, []),
        ([scan(1), LUNCH, AGAIN], Reentry.ONCE, [("double", "scan-11")]),
        ([SENT_AWAY], Reentry.AFTER_EXIT, [("turned_away", "scan-5")]),
        ([SENT_AWAY, scan(8)], Reentry.AFTER_EXIT, []),
        ([SENT_AWAY, replace(SENT_AWAY, id=ScanId("again"))], Reentry.AFTER_EXIT, [("turned_away", "again")]),
        ([replace(SENT_AWAY, would="closed")], Reentry.AFTER_EXIT, []),
        ([scan(1), SENT_AWAY], Reentry.AFTER_EXIT, []),
        ([scan(1), SENT_AWAY], Reentry.FREE, [("turned_away", "scan-5")]),
        ([scan(1), scan(3, "a", "left"), SENT_AWAY], Reentry.AFTER_EXIT, [("turned_away", "scan-5")]),
        ([scan(1), scan(3, "a", "left"), SENT_AWAY], Reentry.ONCE, []),
        (
            [scan(1), scan(3, "a", "left"), scan(5, "b", "already_inside")],
            Reentry.AFTER_EXIT,
            [("turned_away", "scan-5")],
        ),
        (
            [scan(1), scan(3, "a", "left"), scan(5, "b", "already_inside")],
            Reentry.ONCE,
            [],
        ),
        ([scan(1), scan(5, "b", "already_inside")], Reentry.AFTER_EXIT, []),
        ([SENT_AWAY, LUNCH], Reentry.AFTER_EXIT, [("turned_away", "scan-5")]),
        ([replace(SENT_AWAY, verdict="quarantined")], Reentry.AFTER_EXIT, []),
        ([replace(scan(1), acted=Acted.ADMITTED, would="revoked")], Reentry.FREE, [("revoked", "scan-1")]),
        ([replace(scan(1), acted=Acted.ADMITTED, would="mode_mismatch")], Reentry.FREE, [("mode", "scan-1")]),
        ([replace(scan(1), acted=Acted.ADMITTED, would="revoked", counts=False)], Reentry.FREE, []),
    ],
)
def test_what_is_at_odds(scans: list[Scan], reentry: Reentry, found: list[tuple[str, str]]) -> None:
    assert kinds(*scans, reentry=reentry) == found
