"""Devices that were offline tell what they did, in any order: presence and conflicts come out the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import permutations
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from conference_hub.checkin.conflicts import conflicts_of
from conference_hub.checkin.model import (
    Acted,
    Claim,
    ConflictKind,
    Direction,
    Moment,
    Place,
    Presence,
    Scan,
    ScanId,
)
from conference_hub.checkin.presence import presence_after, stays_of
from conference_hub.checkin.times import event_time
from conference_hub.gates.model import GateId, Reentry
from conference_hub.people.model import GuestId

GUEST = GuestId("guest-001")
START = datetime(2021, 12, 2, 0, 0, tzinfo=UTC)
REVOKED_AT = 60
SKEWS = {"a": 0, "b": 7, "c": -200}
"""How many minutes the clock of each device is fast."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """Somebody let in or out by a device, `minute` minutes after the doors opened."""

    minute: int
    device: str = "a"
    direction: Direction = Direction.IN


def claimed(event: Event, uploaded: int) -> Claim:
    """Return what a device says that uploads an event at the minute `uploaded`, both by its own clock."""
    skew = timedelta(minutes=SKEWS[event.device])
    return Claim(
        at=START + timedelta(minutes=event.minute) + skew,
        sent_at=START + timedelta(minutes=uploaded) + skew,
        paired_at=START - timedelta(days=1),
        kept_for=timedelta(hours=72),
    )


def told(event: Event, uploaded: int = 120) -> Scan:
    """Return the scan that the hub keeps of an event, as `scanning.redeem` does."""
    time = event_time(claimed(event, uploaded), START + timedelta(minutes=uploaded))
    return Scan(
        id=ScanId(f"scan-{event.minute}"),
        guest_id=GUEST,
        gate_id=GateId("main"),
        direction=event.direction,
        verdict="left" if event.direction is Direction.OUT else "admitted",
        forced=False,
        counts=True,
        happened_at=time.at,
        claimed_at=time.claimed_at,
        at=START + timedelta(minutes=uploaded),
        by=event.device,
        actor=f"device:{event.device}",
        device=event.device,
        acted=Acted.ADMITTED,
        would="revoked" if event.minute >= REVOKED_AT else "admitted",
    )


def rule(_scan: Scan) -> Reentry:
    return Reentry.AFTER_EXIT


def conflicts(scans: Sequence[Scan]) -> set[tuple[str, str, str | None]]:
    return {(one.kind, one.scan.id, one.other.id if one.other else None) for one in conflicts_of(scans, rule)}


def expected(story: Iterable[Event]) -> tuple[Place | None, set[tuple[str, str, str | None]]]:
    """Tell the story by itself: where the guest ends, and what people must hear of."""
    inside: list[Event] = []
    found: set[tuple[str, str, str | None]] = set()
    place = None
    for event in sorted(story, key=lambda one: one.minute):
        if event.minute >= REVOKED_AT:
            found.add((ConflictKind.REVOKED, f"scan-{event.minute}", None))
        if event.direction is Direction.OUT:
            inside, place = [], None
            continue
        elsewhere = [one for one in inside if one.device != event.device]
        if elsewhere:
            found.add((ConflictKind.DOUBLE, f"scan-{event.minute}", f"scan-{elsewhere[0].minute}"))
        inside, place = [*inside, event], Place.HALL
    return place, found


EVENTS = st.builds(
    Event,
    minute=st.integers(0, 100),
    device=st.sampled_from(sorted(SKEWS)),
    direction=st.sampled_from(Direction),
)
STORIES = st.lists(EVENTS, max_size=8, unique_by=lambda event: event.minute)


@given(
    story=STORIES,
    random=st.randoms(use_true_random=False),
    uploads=st.lists(st.integers(100, 300), min_size=8),
)
def test_any_order_of_arrival_tells_the_same_story(
    story: list[Event], random: Random, uploads: list[int]
) -> None:
    place, found = expected(story)
    random.shuffle(story)

    scans = [told(event, uploaded) for event, uploaded in zip(story, uploads, strict=False)]

    presence = presence_after(scans)
    assert (presence.place if presence else None) == place
    assert conflicts(scans) == found
    entries = [scan for scan in scans if scan.direction is Direction.IN]
    assert sorted(one.id for stay in stays_of(scans) for one in stay.entries) == sorted(
        one.id for one in entries
    )


def test_the_order_of_what_happened_decides_not_the_order_of_arrival() -> None:
    story = [Event(minute=1), Event(minute=20, direction=Direction.OUT), Event(minute=2, device="b")]

    ends = {presence_after([told(event) for event in order]) for order in permutations(story)}

    first = Moment(at=START + timedelta(minutes=1), gate_id=GateId("main"))
    assert ends == {Presence(guest_id=GUEST, place=None, since=START + timedelta(minutes=20), first=first)}


def test_an_exit_that_arrives_last_shows_that_there_was_no_conflict() -> None:
    came = [told(Event(minute=1)), told(Event(minute=30, device="b"))]
    out = told(Event(minute=20, direction=Direction.OUT))

    assert conflicts(came) == {("double", "scan-30", "scan-1")}
    assert conflicts([*came, out]) == set()


def test_two_scans_of_one_device_are_no_conflict() -> None:
    assert conflicts([told(Event(minute=1)), told(Event(minute=30))]) == set()
