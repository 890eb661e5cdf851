"""Who reads personal data of guests is written down, once for each person, page and hour."""

from __future__ import annotations

from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.people.readings import GuestPage, Reading, readings
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.model_day import CONF, FakeNow

DESK = f"/c/{CONF}/desk"
DOOR = f"/api/v1/c/{CONF}"


def noted(hub: Hub) -> list[Reading]:
    with hub.database.reading() as db:
        return [*readings(db, CONF, 100)]


def told(hub: Hub) -> set[tuple[str, GuestPage, str | None, int]]:
    return {(one.by.label, one.page, one.guest, one.times) for one in noted(hub)}


def test_pages_with_personal_data_are_noted_for_who_opened_them(seeded: Hub, sign_in: SignIn) -> None:
    organiser, staff = sign_in(Role.ORGANISER, name="이주최"), sign_in(Role.STAFF, name="접수 1")
    for page in ("people", "people/guest-001", "badges", "registration"):
        assert organiser.get(f"{DESK}/{page}").status_code == 200
    for words in ("석", "석용", "석용주"):
        staff.get(f"{DOOR}/checkin/search", query_string={"q": words})
    staff.get(f"{DOOR}/door/companions/guest-001")

    assert told(seeded) == {
        ("이주최", GuestPage.LIST, None, 1),
        ("이주최", GuestPage.GUEST, "석용주", 1),
        ("이주최", GuestPage.BADGES, None, 1),
        ("이주최", GuestPage.REGISTRATIONS, None, 1),
        ("접수 1", GuestPage.SEARCH, None, 1),
        ("접수 1", GuestPage.COMPANIONS, "석용주", 1),
    }


def test_one_line_for_each_hour_and_guest(seeded: Hub, sign_in: SignIn, now: FakeNow) -> None:
    organiser = sign_in(Role.ORGANISER, name="이주최")
    for minutes in (0, 2, 60):
        now.forward(minutes=minutes)
        organiser.get(f"{DESK}/people/guest-001")
    organiser.get(f"{DESK}/people/guest-002")

    lines = [(one.guest, one.times) for one in noted(seeded)]
    assert lines.count(("석용주", 1)) == 1
    assert lines.count(("석용주", 2)) == 1
    assert len(lines) == 3


def test_refused_readings_are_not_noted(seeded: Hub, client: FlaskClient, sign_in: SignIn) -> None:
    answers = [
        client.get(f"{DESK}/people/guest-001").status_code,
        sign_in(Role.EMCEE).get(f"{DESK}/people/guest-001").status_code,
        sign_in(Role.ORGANISER).get(f"{DESK}/people/nobody").status_code,
    ]

    assert all(status in {302, 401, 403, 404} for status in answers)
    assert noted(seeded) == []


def test_organisers_read_the_log_beside_what_was_taken_out(seeded: Hub, sign_in: SignIn) -> None:
    organiser = sign_in(Role.ORGANISER, name="이주최")
    organiser.get(f"{DESK}/people/guest-001")
    organiser.get(f"{DESK}/people/guest-002")
    organiser.post(f"{DESK}/people/guest-002/remove")

    page = organiser.get(f"{DESK}/people/log?lang=ko").text

    assert "참석자 페이지 · <bdi>석용주</bdi>" in page
    assert sign_in(Role.OPERATOR).get(f"{DESK}/people/log").status_code == 403
