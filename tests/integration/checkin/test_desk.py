"""The organiser's desk: the list, badges to print and to replace, personal links shown once."""

from __future__ import annotations

import json
import re

import sqlalchemy as sa
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.access.tables import SignInLinkRow
from conference_hub.checkin import store
from conference_hub.core.commands import CommandRow
from conference_hub.core.entries import JournalEntryRow, since
from conference_hub.core.stream import Stream
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.model_day import CONF

DESK = f"/c/{CONF}/desk"
GUEST = "guest-001"


def badge_of(hub: Hub, guest_id: str = GUEST) -> str | None:
    with hub.database.reading() as db:
        badge = store.find_valid_badge(db, CONF, guest_id)
    return badge.token if badge else None


def test_the_list_holds_everybody(desk: FlaskClient) -> None:
    pages = [desk.get(f"{DESK}/people?page={number}").text for number in (1, 2, 3)]

    assert [page.count("data-guest=") for page in pages] == [50, 50, 21]
    assert "서미영" in pages[1]
    assert "장려상 수상자 05" in pages[0]


def test_the_earlier_address_of_the_list_leads_to_it(desk: FlaskClient) -> None:
    assert desk.get(f"{DESK}/guests").location == f"{DESK}/people"


def test_badges_are_printed_for_the_hall_only(desk: FlaskClient) -> None:
    page = desk.get(f"{DESK}/badges").text

    assert page.count("<svg") == page.count('class="badge-card"') == 73


def test_a_badge_is_replaced_once_per_command(seeded: Hub, desk: FlaskClient) -> None:
    before = badge_of(seeded)
    answers = [
        desk.post(f"{DESK}/people/{GUEST}/reissue", json={"command_id": "reissue-1"}).get_json()
        for _ in range(2)
    ]

    assert answers == [{"guest": GUEST, "badge": True}] * 2
    assert badge_of(seeded) not in {None, before}
    with seeded.database.reading() as db:
        topics = [entry.topic for entry in since(db, CONF, Stream.OPERATOR, 0, 1000)]
    assert topics.count("BadgeReissued") == 1


def test_a_withdrawn_badge_has_no_code_any_more(seeded: Hub, desk: FlaskClient) -> None:
    code = f"{DESK}/badges/{GUEST}.svg"
    before = desk.get(code)
    desk.post(f"{DESK}/people/{GUEST}/revoke", json={"command_id": "revoke-1"})

    assert (before.mimetype, before.headers["Cache-Control"]) == ("image/svg+xml", "no-store")
    assert desk.get(code).status_code == 404
    assert badge_of(seeded) is None
    assert "쓸 수 있는 명찰 없음" in desk.get(f"{DESK}/badges").text


def test_personal_link_is_shown_once_and_not_stored(seeded: Hub, desk: FlaskClient) -> None:
    answer = desk.post(f"{DESK}/people/{GUEST}/link", json={}).get_json()
    secret = answer["url"].partition("#")[2]

    assert re.fullmatch(r"http://127\.0\.0\.1:8000/link#[\w-]{32}", answer["url"])
    assert answer["expires_at"] == "2022-01-01T01:40:00.000Z"
    with seeded.database.reading() as db:
        link = db.scalars(sa.select(SignInLinkRow).where(SignInLinkRow.guest_id == GUEST)).one()
        kept = [row.body for row in db.scalars(sa.select(JournalEntryRow))]
        answered = [row.answer for row in db.scalars(sa.select(CommandRow))]
    assert (link.once, link.role, link.secret == secret) == (False, "attendee", False)
    assert secret not in json.dumps([kept, answered])


def test_a_guest_who_does_not_exist_gets_no_link(desk: FlaskClient) -> None:
    answer = desk.post(f"{DESK}/people/guest-999/link", json={}, headers={"Accept": "application/json"})

    assert (answer.status_code, answer.get_json()["error"]["code"]) == (404, "not_found")


def test_the_gate_page_offers_the_gates(seeded: Hub, sign_in: SignIn) -> None:
    page = sign_in(Role.STAFF, name="접수 1").get("/checkin/").text

    assert re.findall(r'data-gate="([\w-]+)"', page) == ["main", "recipients"]
    assert "카카오톡" not in page


def test_gate_page_in_kakaotalk_offers_another_browser(seeded: Hub, sign_in: SignIn) -> None:
    agent = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) KAKAOTALK 25.1.0"

    page = sign_in(Role.STAFF, name="접수 1").get("/checkin/", headers={"User-Agent": agent}).text

    assert 'data-app="kakaotalk"' in page
    assert "카카오톡 안에서 열린 화면입니다." in page


def test_a_gate_of_another_conference_is_not_shown(seeded: Hub, sign_in: SignIn) -> None:
    assert sign_in(Role.STAFF, name="접수 1").get("/checkin/?conf=another").status_code == 404
