"""When scans happened decides, not when they arrived; a device's clock is corrected and believed within bounds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.checkin import store
from conference_hub.checkin.model import Moment, Presence
from conference_hub.checkin.scans import get_scan
from conference_hub.core.now import iso
from conference_hub.gates.model import GateId
from conference_hub.people.model import GuestId
from conference_hub.web.hub import Hub
from tests.integration.checkin.gate import GUEST, presence, redeem, token_of, topics
from tests.integration.conftest import SignIn
from tests.model_day import CONF, FakeNow


def test_a_scan_counts_from_when_it_happened_but_never_from_the_future(
    seeded: Hub, staff: FlaskClient, now: FakeNow
) -> None:
    now.forward(minutes=5)
    late = redeem(staff, "late", token=token_of(seeded), at="2021-12-02T09:02:00+09:00")
    early = redeem(staff, "early", token=token_of(seeded, "guest-002"), at="2031-01-01T00:00:00Z")

    assert late["first"]["at"] == "2021-12-02T00:02:00.000Z"
    assert early["first"]["at"] == "2021-12-02T00:05:00.000Z"


START = datetime(2021, 12, 2, tzinfo=UTC)


def at(minute: int) -> str:
    return iso(START + timedelta(minutes=minute))


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_presence_is_the_same_for_any_order_of_arrival(
    seeded: Hub, staff: FlaskClient, now: FakeNow, order: tuple[int, ...]
) -> None:
    now.forward(hours=1)
    events = [
        {"scan_id": "first", "direction": "in", "at": at(30)},
        {"scan_id": "second", "direction": "in", "at": at(31)},
        {"scan_id": "out", "direction": "out", "at": at(50)},
    ]

    for number in order:
        redeem(staff, token=token_of(seeded), **events[number])

    with seeded.database.reading() as db:
        found = store.find_presence(db, CONF, GUEST)
    first = Moment(at=START + timedelta(minutes=30), gate_id=GateId("main"))
    since_out = START + timedelta(minutes=50)
    assert found == Presence(guest_id=GuestId(GUEST), place=None, since=since_out, first=first)
    assert presence(seeded)["inside"] == 0
    assert topics(seeded).count("GuestAdmitted") == 1


def test_skewed_device_clock_is_corrected_by_the_time_of_sending(
    seeded: Hub, staff: FlaskClient, now: FakeNow
) -> None:
    now.forward(hours=1)
    token = token_of(seeded)

    first = redeem(staff, "scan-1", token=token, at=at(-570), sent_at=at(-540))  # ten hours slow
    now.forward(minutes=1)
    again = redeem(staff, "scan-1", token=token, at=at(-570), sent_at=at(-539))

    assert first["at"] == {"claimed": at(-570), "used": at(30), "doubted": None}
    assert first["first"]["at"] == at(30)
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


def test_time_of_days_ago_does_not_admit(seeded: Hub, staff: FlaskClient, now: FakeNow) -> None:
    now.forward(days=2)

    answer = redeem(staff, "scan-1", token=token_of(seeded), at=at(30))

    assert (answer["verdict"], answer["at"]["doubted"]) == ("wrong_day", "too_old")


def test_scan_before_a_known_admission_is_no_second_admission(
    seeded: Hub, staff: FlaskClient, now: FakeNow
) -> None:
    now.forward(hours=1)
    redeem(staff, "late", token=token_of(seeded), at=at(31))

    answer = redeem(staff, "early", token=token_of(seeded), at=at(30), gate="recipients")

    assert (answer["verdict"], answer["first"]["at"]) == ("already_inside", at(31))
    with seeded.database.reading() as db:
        found = store.find_presence(db, CONF, GUEST)
    assert found is not None
    assert found.first == Moment(at=START + timedelta(minutes=30), gate_id=GateId("recipients"))


def test_badge_replaced_after_the_scan_still_admits(
    seeded: Hub, staff: FlaskClient, sign_in: SignIn, now: FakeNow
) -> None:
    before = token_of(seeded)
    now.forward(minutes=40)
    sign_in(Role.ORGANISER).post(f"/c/{CONF}/desk/people/{GUEST}/reissue", json={"command_id": "reissue-1"})
    now.forward(minutes=20)

    good = redeem(staff, "good", token=before, at=at(30))
    revoked = redeem(staff, "revoked", token=before, at=at(45))

    assert (good["verdict"], revoked["verdict"]) == ("admitted", "revoked")
