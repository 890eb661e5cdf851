"""Scans that arrive in any order end in the same presence, and a stay in the hall has one admission."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby, permutations
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from conference_hub.checkin.model import Badge, Direction, Place, Presence, Scan, ScanId
from conference_hub.checkin.presence import in_order, presence_after
from conference_hub.checkin.verdict import Doors, code, counts, judge, known_at
from conference_hub.gates.model import GateId
from conference_hub.people.model import GuestId

GUEST = GuestId("guest-001")
START = datetime(2021, 12, 2, 0, 0, tzinfo=UTC)
OPEN_FOR = 90
REVOKED_AT = 60
DOORS = Doors(opens_at=START, closes_at=START + timedelta(minutes=OPEN_FOR))


@dataclass(frozen=True, kw_only=True)
class Event:
    """Somebody at a gate, `minute` minutes after the doors opened; `old`: their badge was revoked at REVOKED_AT."""

    minute: int
    direction: Direction = Direction.IN
    force: bool = False
    old: bool = False


def answered(event: Event, earlier: Sequence[Scan]) -> Scan:
    """Answer one event, when `earlier` have arrived before it, as `actions.redeem` does."""
    at = START + timedelta(minutes=event.minute)
    revoked_at = START + timedelta(minutes=REVOKED_AT) if event.old else None
    badge = Badge(token="A" * 26, guest_id=GUEST, issued_at=START, revoked_at=revoked_at)
    known = known_at(GUEST, badge, earlier, at, event.direction)
    return Scan(
        id=ScanId(f"scan-{event.minute}"),
        guest_id=GUEST,
        gate_id=GateId("main"),
        direction=event.direction,
        verdict=code(judge(known, DOORS, at, event.direction, force=event.force)),
        forced=False,
        counts=counts(known, DOORS, at, event.direction, force=event.force),
        happened_at=at,
        at=at,
        by="접수 1",
        actor="device:1",
    )


def arrived(events: Iterable[Event]) -> list[Scan]:
    scans: list[Scan] = []
    for event in events:
        scans.append(answered(event, scans))
    return scans


def place_of(presence: Presence | None) -> Place | None:
    return presence.place if presence else None


EVENTS = st.builds(
    Event,
    minute=st.integers(-20, OPEN_FOR + 20),
    direction=st.sampled_from(Direction),
    force=st.booleans(),
    old=st.booleans(),
)
STORIES = st.lists(EVENTS, max_size=7, unique_by=lambda event: event.minute)


@given(story=STORIES, random=st.randoms(use_true_random=False))
def test_every_order_of_arrival_ends_in_the_same_presence(story: list[Event], random: Random) -> None:
    in_time = sorted(story, key=lambda event: event.minute)
    random.shuffle(story)

    assert presence_after(arrived(story)) == presence_after(arrived(in_time))


def test_an_admission_that_arrives_last_does_not_bring_back_who_left() -> None:
    story = [Event(minute=30), Event(minute=50, direction=Direction.OUT), Event(minute=31)]

    ends = {presence_after(arrived(order)) for order in permutations(story)}

    assert [place_of(one) for one in ends] == [None]
    assert {one.first.at for one in ends if one} == {START + timedelta(minutes=30)}


@given(story=STORIES)
def test_a_stay_has_at_most_one_admission_unless_staff_force_another(story: list[Event]) -> None:
    plain = [Event(minute=event.minute, direction=event.direction) for event in story]

    ordered = in_order(arrived(plain))

    stays = [list(scans) for direction, scans in groupby(ordered, _direction) if direction is Direction.IN]
    assert all([scan.verdict for scan in stay].count("admitted") <= 1 for stay in stays)


def _direction(scan: Scan) -> Direction:
    return scan.direction
