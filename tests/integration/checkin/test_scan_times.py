"""When scans happened decides, not when they arrived; a device's clock is corrected and believed within bounds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.checkin import amending, scanning, store
from conference_hub.checkin.conflict_store import open_conflicts
from conference_hub.checkin.model import (
    Acted,
    Attempt,
    Claim,
    Direction,
    Moment,
    Place,
    Presence,
    ScanId,
)
from conference_hub.checkin.scans import get_scan
from conference_hub.checkin.times import OFFLINE_ALLOWED
from conference_hub.core.actor import Actor
from conference_hub.core.now import iso
from conference_hub.core.stream import Stream
from conference_hub.gates.model import GateId
from conference_hub.people.model import GuestId
from conference_hub.web.hub import Hub
from tests.integration.checkin.gate import GUEST, presence, redeem, token_of, topics
from tests.integration.conftest import SignIn
from tests.model_day import CONF, FakeNow

START = datetime(2021, 12, 2, tzinfo=UTC)
OTHER = "guest-002"


def at(minute: int) -> str:
    return iso(START + timedelta(minutes=minute))


def told(
    hub: Hub,
    scan_id: str,
    minute: int,
    *,
    device: str = "a",
    direction: Direction = Direction.IN,
    acted: Acted | None = Acted.ADMITTED,
    token: str | None = None,
    guest: str = GUEST,
    fast: int = 0,
    gate: str = "main",
) -> dict[str, Any]:
    """Let a device whose clock is `fast` minutes fast tell what it did at `minute` past midnight in London."""
    skew = timedelta(minutes=fast)
    claim = Claim(
        at=START + timedelta(minutes=minute) + skew,
        sent_at=hub.now() + skew,
        paired_at=START - timedelta(hours=2),
        kept_for=OFFLINE_ALLOWED,
    )
    attempt = Attempt(
        scan_id=ScanId(scan_id),
        gate_id=gate,
        token=token or token_of(hub, guest),
        guest=None,
        claim=claim,
        direction=direction,
        force=False,
        acted=acted,
        device=device,
    )
    with hub.journal.writing(CONF, actor=Actor.system(f"device {device}")) as write:
        return scanning.redeem(write, attempt).stored


def waiting(hub: Hub) -> list[tuple[str, str, str | None]]:
    with hub.database.reading() as db:
        return sorted((one.kind.value, one.scan, one.other) for one in open_conflicts(db, CONF))


def where(hub: Hub, guest: str = GUEST) -> Presence | None:
    with hub.database.reading() as db:
        return store.find_presence(db, CONF, guest)


def gate_of(hub: Hub, gate: str) -> dict[str, Any]:
    with hub.database.reading() as db:
        doc = hub.snapshot(db, CONF, Stream.STAFF)[f"gate/{gate}"]
    return dict(doc or {})


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_presence_is_the_same_for_any_order_of_arrival(
    seeded: Hub, now: FakeNow, order: tuple[int, ...]
) -> None:
    """Case 9."""
    now.forward(hours=1)
    events: list[dict[str, Any]] = [
        {"scan_id": "in", "minute": 1},
        {"scan_id": "out", "minute": 20, "direction": Direction.OUT},
        {"scan_id": "other", "minute": 2, "device": "b"},
    ]

    for number in order:
        told(seeded, **events[number])

    first = Moment(at=START + timedelta(minutes=1), gate_id=GateId("main"))
    assert where(seeded) == Presence(
        guest_id=GuestId(GUEST), place=None, since=START + timedelta(minutes=20), first=first
    )
    assert waiting(seeded) == [("double", "other", "in")]
    assert (presence(seeded)["inside"], gate_of(seeded, "main")["admitted"]) == (0, 1)


def test_a_morning_of_a_gate_without_network(
    seeded: Hub, sign_in: SignIn, staff: FlaskClient, now: FakeNow
) -> None:
    """Case 29."""
    badge_of_b = token_of(seeded, OTHER)
    now.forward(minutes=5)
    second = redeem(staff, "gate 2, A", token=token_of(seeded), gate="recipients")
    now.forward(minutes=5)
    revoke = f"/c/{CONF}/desk/people/{OTHER}/revoke"
    sign_in(Role.ORGANISER).post(revoke, json={"command_id": "revoke-1"})
    now.forward(minutes=10)

    first = told(seeded, "gate 1, A", 1, fast=7)
    revoked = told(seeded, "gate 1, B", 12, fast=7, token=badge_of_b)
    unknown = told(seeded, "gate 1, C", 13, fast=7, token="A" * 26, acted=Acted.REFUSED)

    assert [one["verdict"] for one in (second, first, revoked, unknown)] == [
        *("admitted", "admitted", "admitted", "unknown_badge")
    ]
    assert [one.get("conflict", False) for one in (first, revoked, unknown)] == [True, True, False]
    assert waiting(seeded) == [("double", "gate 2, A", "gate 1, A"), ("revoked", "gate 1, B", None)]
    found = where(seeded)
    assert found is not None
    assert (found.place, found.since) == (Place.HALL, START + timedelta(minutes=1))
    assert presence(seeded)["inside"] == 2
    assert (gate_of(seeded, "main")["admitted"], gate_of(seeded, "recipients")["admitted"]) == (2, 0)


def test_the_wrong_one_of_two_admissions_is_undone(seeded: Hub, now: FakeNow) -> None:
    now.forward(minutes=20)
    told(seeded, "wrong", 1)
    told(seeded, "right", 5, device="b", gate="recipients")

    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        undone = amending.undo(write, "wrong")

    assert undone == {"scan_id": "wrong", "guest": GUEST, "undone": True, "place": "hall"}
    found = where(seeded)
    assert found is not None
    assert found.since == START + timedelta(minutes=5)
    assert waiting(seeded) == []
    assert (gate_of(seeded, "main")["admitted"], gate_of(seeded, "recipients")["admitted"]) == (0, 1)


def test_an_exit_that_arrives_last_clears_the_conflict(seeded: Hub, now: FakeNow) -> None:
    now.forward(hours=1)
    told(seeded, "in", 1)
    told(seeded, "again", 30, device="b")
    before = waiting(seeded)
    told(seeded, "out", 20, direction=Direction.OUT)

    assert (before, waiting(seeded)) == ([("double", "again", "in")], [])
    assert topics(seeded)[-2:] == ["GuestLeft", "ConflictSettled"]
    assert gate_of(seeded, "main")["admitted"] == 2


def test_what_was_held_counts_for_nothing_and_is_answered_by_what_is_true_now(
    seeded: Hub, now: FakeNow
) -> None:
    now.forward(minutes=20)
    told(seeded, "elsewhere", 5)

    held = told(seeded, "held", 1, device="b", acted=Acted.HELD)
    other = told(seeded, "other", 1, device="b", acted=Acted.HELD, guest=OTHER)

    assert (held["verdict"], held["held"], held["may_force"]) == ("already_inside", True, True)
    assert (other["verdict"], other["held"], other["may_undo"]) == ("admitted", True, False)
    assert (waiting(seeded), where(seeded, OTHER)) == ([], None)


def test_who_was_turned_away_wrongly_waits_until_they_come_in(seeded: Hub, now: FakeNow) -> None:
    now.forward(minutes=20)
    away = told(seeded, "away", 1, acted=Acted.REFUSED)
    before = waiting(seeded)
    told(seeded, "in", 5)

    assert (away["verdict"], before) == ("turned_away", [("turned_away", "away", None)])
    assert waiting(seeded) == []


def test_what_a_device_did_at_a_time_that_is_not_believed_waits(seeded: Hub, now: FakeNow) -> None:
    now.forward(days=4)

    answer = told(seeded, "old", 1)

    assert (answer["verdict"], answer["at"]["doubted"]) == ("quarantined", "too_old")
    assert (waiting(seeded), where(seeded)) == ([("quarantined", "old", None)], None)


def test_a_badge_of_nobody_that_was_let_in_is_told(seeded: Hub, now: FakeNow) -> None:
    now.forward(minutes=20)

    answer = told(seeded, "who", 1, token="A" * 26)

    assert (answer["verdict"], answer["conflict"]) == ("unknown_badge", True)
    assert (waiting(seeded), presence(seeded)["inside"]) == ([("unknown", "who", None)], 0)


def test_a_device_that_did_not_hear_the_answer_tells_once_what_it_did(seeded: Hub, now: FakeNow) -> None:
    told(seeded, "in", 0, acted=None)
    told(seeded, "again", 0, device="b", acted=None)
    now.forward(minutes=1)

    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        first = amending.amend(write, "again", Acted.ADMITTED, "b")
        second = amending.amend(write, "again", Acted.REFUSED, "b")

    assert (first, second) == (True, False)
    assert waiting(seeded) == [("double", "again", "in")]


@pytest.mark.parametrize("refused_first", [True, False])
def test_who_was_sent_away_while_inside_is_no_conflict_in_any_order(
    seeded: Hub, now: FakeNow, *, refused_first: bool
) -> None:
    now.forward(minutes=20)
    came: list[dict[str, Any]] = [
        {"scan_id": "in", "minute": 1},
        {"scan_id": "away", "minute": 5, "device": "b", "acted": Acted.REFUSED},
    ]

    for one in reversed(came) if refused_first else came:
        told(seeded, **one)

    assert waiting(seeded) == []


def test_what_a_device_tells_later_is_about_the_badge_that_it_scanned(
    seeded: Hub, sign_in: SignIn, now: FakeNow
) -> None:
    before = token_of(seeded)
    sign_in(Role.ORGANISER).post(f"/c/{CONF}/desk/people/{GUEST}/reissue", json={"command_id": "reissue-1"})
    now.forward(minutes=1)
    first = told(seeded, "hung", 1, token=before, acted=None)

    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        amending.amend(write, "hung", Acted.ADMITTED, "a")

    assert (first["verdict"], waiting(seeded)) == ("revoked", [("revoked", "hung", None)])


def test_a_device_that_turned_away_whom_the_server_had_admitted_is_believed(seeded: Hub) -> None:
    told(seeded, "in", 0, acted=None)

    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        amending.amend(write, "in", Acted.REFUSED, "a")

    assert (where(seeded), waiting(seeded)) == (None, [("turned_away", "in", None)])
    assert gate_of(seeded, "main")["admitted"] == 0


def test_the_server_is_asked_about_now_only(seeded: Hub, staff: FlaskClient, now: FakeNow) -> None:
    now.forward(hours=1)
    token = token_of(seeded)

    fresh = redeem(staff, "fresh", token=token, at=at(59))
    old = redeem(staff, "old", token=token_of(seeded, OTHER), at=at(57))

    assert fresh["first"]["at"] == at(59)
    assert (old["first"]["at"], old["at"]["doubted"]) == (at(60), "too_old")


def test_nothing_backdated_makes_a_revoked_badge_good(
    seeded: Hub, staff: FlaskClient, sign_in: SignIn, now: FakeNow
) -> None:
    before = token_of(seeded)
    now.forward(minutes=40)
    sign_in(Role.ORGANISER).post(f"/c/{CONF}/desk/people/{GUEST}/reissue", json={"command_id": "reissue-1"})
    now.forward(minutes=1)

    asked = redeem(staff, "asked", token=before, at=at(39))
    did = told(seeded, "did", 30, token=before)

    assert (asked["verdict"], asked["details"]) == ("revoked", {"revoked_at": at(40), "reissued": True})
    assert (did["verdict"], waiting(seeded)) == ("admitted", [])


def test_skewed_device_clock_is_corrected_by_the_time_of_sending(
    seeded: Hub, staff: FlaskClient, now: FakeNow
) -> None:
    now.forward(hours=1)
    token = token_of(seeded)

    first = redeem(staff, "scan-1", token=token, at=at(-541), sent_at=at(-540))  # ten hours slow
    now.forward(minutes=1)
    again = redeem(staff, "scan-1", token=token, at=at(-541), sent_at=at(-539))

    assert first["at"] == {"claimed": at(-541), "used": at(59), "doubted": None}
    assert first["first"]["at"] == at(59)
    assert again == first


@pytest.mark.parametrize(
    ("claimed", "doubted"),
    [(timedelta(minutes=2), "future"), (timedelta(minutes=-70), "before_pairing")],
)
def test_doubted_time_is_stored_and_the_servers_time_is_used(
    seeded: Hub, staff: FlaskClient, now: FakeNow, claimed: timedelta, doubted: str
) -> None:
    now.forward(hours=1)
    device = iso(now() + claimed)

    answer = redeem(staff, "scan-1", token=token_of(seeded), at=device)

    assert answer["at"] == {"claimed": device, "used": iso(now()), "doubted": doubted}
    with seeded.database.reading() as db:
        scan = get_scan(db, CONF, "scan-1")
    assert (scan.happened_at, scan.claimed_at, scan.doubted) == (now(), now() + claimed, doubted)


def test_who_is_no_device_tells_nothing_that_it_did(seeded: Hub, staff: FlaskClient) -> None:
    scan = {"scan_id": "1", "gate": "main", "token": token_of(seeded), "at": at(0), "acted": "admitted"}

    answer = staff.post(f"/api/v1/c/{CONF}/checkin/redeem", json=scan)

    assert (answer.status_code, answer.get_json()["error"]["code"]) == (403, "not_a_device")
    assert where(seeded) is None
