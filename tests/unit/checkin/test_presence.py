"""Where a guest is, folded from the scans by the time at which they happened; and which admission can be undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from conference_hub.checkin.model import Direction, Moment, Place, Presence, Scan, ScanId
from conference_hub.checkin.presence import check_undo, presence_after, undone_with
from conference_hub.core.errors import Refused
from conference_hub.gates.model import GateId
from conference_hub.people.model import GuestId

GUEST = GuestId("guest-001")
MAIN = GateId("main")
START = datetime(2021, 12, 2, 0, 0, tzinfo=UTC)


def scan(minute: int, verdict: str, gate_id: GateId | None = MAIN, *, undone: bool = False) -> Scan:
    at = START + timedelta(minutes=minute)
    return Scan(
        id=ScanId(f"scan-{minute}"),
        guest_id=GUEST,
        gate_id=gate_id,
        direction=Direction.OUT if verdict in {"left", "not_inside"} else Direction.IN,
        verdict=verdict,
        forced=False,
        counts=not undone and verdict in {"admitted", "left", "already_inside", "not_inside"},
        happened_at=at,
        at=at,
        by="접수 1",
        actor="device:1",
        undone_at=at if undone else None,
    )


def presence(place: Place | None, since: int, first: int = 0, gate_id: GateId | None = MAIN) -> Presence:
    return Presence(
        guest_id=GUEST,
        place=place,
        since=START + timedelta(minutes=since),
        first=Moment(at=START + timedelta(minutes=first), gate_id=gate_id),
    )


@pytest.mark.parametrize(
    ("scans", "told"),
    [
        ([], None),
        ([scan(0, "closed"), scan(1, "revoked")], None),
        ([scan(0, "admitted")], presence(Place.HALL, 0)),
        ([scan(0, "admitted"), scan(5, "already_inside")], presence(Place.HALL, 0)),
        ([scan(0, "admitted"), scan(5, "admitted")], presence(Place.HALL, 0)),
        ([scan(0, "admitted"), scan(5, "left")], presence(None, 5)),
        ([scan(0, "admitted"), scan(5, "left"), scan(9, "admitted")], presence(Place.HALL, 9)),
        ([scan(50, "left"), scan(30, "admitted")], presence(None, 50, 30)),
        ([scan(30, "admitted"), scan(50, "left"), scan(31, "already_inside")], presence(None, 50, 30)),
        ([scan(50, "not_inside"), scan(30, "admitted")], presence(None, 50, 30)),
        ([scan(20, "admitted"), scan(31, "already_inside"), scan(25, "left")], presence(None, 25, 20)),
        ([scan(31, "admitted"), scan(30, "already_inside")], presence(Place.HALL, 30, 30)),
        ([scan(5, "not_inside")], None),
        ([scan(0, "admitted", None), scan(5, "not_inside")], presence(Place.REMOTE, 0, 0, None)),
        ([scan(7, "admitted"), scan(9, "admitted", None)], presence(Place.HALL, 7, 7)),
        ([scan(0, "admitted", None)], presence(Place.REMOTE, 0, 0, None)),
        ([scan(0, "admitted", None), scan(7, "admitted")], presence(Place.HALL, 7, 0, None)),
        ([scan(0, "admitted", undone=True)], None),
        ([scan(0, "admitted", undone=True), scan(3, "admitted")], presence(Place.HALL, 3, 3)),
        ([scan(0, "admitted", None), scan(7, "admitted", undone=True)], presence(Place.REMOTE, 0, 0, None)),
    ],
)
def test_presence_is_folded_by_the_time_of_the_event(scans: list[Scan], told: Presence | None) -> None:
    assert presence_after(scans) == told


def test_the_last_admission_can_be_undone_even_after_refusals() -> None:
    admission = scan(0, "admitted")

    check_undo(admission, [admission, scan(2, "already_inside")])


@pytest.mark.parametrize(
    ("target", "others", "code"),
    [
        (scan(2, "already_inside"), [scan(0, "admitted")], "not_an_admission"),
        (scan(2, "not_inside"), [scan(0, "admitted")], "not_an_admission"),
        (scan(2, "left"), [scan(0, "admitted"), scan(4, "admitted")], "moved_on"),
        (scan(0, "admitted", undone=True), [], "undone"),
        (scan(0, "admitted"), [scan(5, "left")], "moved_on"),
        (scan(0, "admitted"), [scan(5, "not_inside")], "moved_on"),
    ],
)
def test_what_moved_nobody_or_carries_something_is_not_undone(
    target: Scan, others: list[Scan], code: str
) -> None:
    scans = sorted([target, *others], key=lambda one: one.at)

    with pytest.raises(Refused) as refusal:
        check_undo(target, scans)

    assert refusal.value.code == code


def test_scans_at_the_same_instant_are_folded_in_the_order_of_answering() -> None:
    first, second = scan(0, "admitted"), replace(scan(0, "left"), id=ScanId("scan-b"))

    assert presence_after([first, second]) == presence(None, 0)
    assert presence_after([second, first]) == presence(Place.HALL, 0)


def test_undoing_an_admission_also_takes_the_refusals_that_rest_on_it() -> None:
    before, admission, after = scan(1, "already_inside"), scan(2, "admitted"), scan(3, "already_inside")

    gone = undone_with(admission, [admission, after, before])

    assert sorted(gone) == ["scan-1", "scan-2", "scan-3"]


def test_undoing_a_second_admission_leaves_what_rests_on_the_first() -> None:
    scans = [scan(0, "admitted"), scan(1, "already_inside"), scan(2, "admitted"), scan(3, "already_inside")]

    assert undone_with(scans[2], scans) == ["scan-2"]


@pytest.mark.parametrize(
    ("target", "others"),
    [
        (scan(0, "admitted"), [scan(5, "admitted")]),
        (scan(5, "admitted"), [scan(0, "admitted"), scan(9, "left")]),
        (scan(0, "admitted"), [scan(5, "admitted"), scan(9, "left")]),
        (scan(9, "left"), [scan(0, "admitted")]),
        (scan(9, "left"), [scan(0, "admitted"), scan(12, "not_inside")]),
    ],
)
def test_a_scan_is_undone_that_nothing_rests_on(target: Scan, others: list[Scan]) -> None:
    check_undo(target, [target, *others])


def test_undoing_an_exit_takes_refused_exits_along() -> None:
    scans = [scan(0, "admitted"), scan(5, "left"), scan(7, "not_inside")]

    assert undone_with(scans[1], scans) == ["scan-5", "scan-7"]


def test_a_scan_that_counts_for_nobody_is_a_broken_row() -> None:
    with pytest.raises(ValueError, match="counts for nobody"):
        presence_after([replace(scan(0, "admitted"), guest_id=None)])
