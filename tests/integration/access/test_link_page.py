"""The page of sign-in links: who is warned, and who is asked, before one is used."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from conference_hub.access import actions
from conference_hub.access.model import Role
from conference_hub.checkin import store
from conference_hub.core.actor import Actor
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.model_day import CONF

GUEST = "guest-088"
OTHER = "guest-001"

KAKAO = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) KAKAOTALK 25.1.0"
INSTAGRAM = (
    "Mozilla/5.0 (Linux; Android 14; wv) Chrome/142.0 Mobile Safari/537.36 Instagram 361.0.0.46.88 Android"
)
CHROME = "Mozilla/5.0 (Linux; Android 14) Chrome/142.0 Mobile Safari/537.36"


@pytest.mark.parametrize(
    ("agent", "marks"),
    [
        (KAKAO, ('data-app="kakaotalk"', 'data-system="ios"', "카카오톡 안에서 열린 화면입니다.")),
        (INSTAGRAM, ('data-app="instagram"', 'data-system="android"', "인스타그램 안에서 열린 화면입니다.")),
    ],
)
def test_link_page_inside_an_app_warns_before_the_link_is_spent(
    seeded: Hub, client: FlaskClient, agent: str, marks: tuple[str, ...]
) -> None:
    page = client.get("/link?lang=ko", headers={"User-Agent": agent}).text

    assert all(mark in page for mark in (*marks, "그래도 여기서 입장하기"))


def test_link_page_in_a_browser_of_its_own_warns_of_nothing(seeded: Hub, client: FlaskClient) -> None:
    page = client.get("/link?lang=ko", headers={"User-Agent": CHROME}).text

    assert 'id="in-app"' not in page
    assert "입장하기" in page
    assert "그래도" not in page


def guests_link(hub: Hub, guest_id: str = GUEST) -> str:
    with hub.database.writing() as db:
        return actions.make_link(
            db,
            conf=CONF,
            role=Role.ATTENDEE,
            at=hub.now(),
            name="신규 공무원 01",
            guest_id=guest_id,
            by=Actor.system("test"),
            once=False,
        )


def test_guests_link_in_a_workers_browser_is_asked_about_and_checks_nobody_in(
    seeded: Hub, sign_in: SignIn
) -> None:
    browser = sign_in(Role.STAFF, name="접수 1")
    secret = guests_link(seeded)

    asked = browser.post("/link", data={"secret": secret})
    before = browser.get(f"/c/{CONF}/me").status_code
    opened = browser.post("/link", data={"secret": secret, "sure": "on"})

    assert (asked.status_code, before) == (200, 403)
    assert asked.headers["Cache-Control"] == "no-store"
    for words in ("신규 공무원 01 님의 개인 링크입니다.", "접수 1 이름으로 로그인되어 있습니다.", secret):
        assert words in asked.text
    assert (opened.status_code, opened.location) == (302, f"/c/{CONF}/me")
    assert 'data-actor="device"' in browser.get("/checkin/").text
    with seeded.database.reading() as db:
        assert store.find_presence(db, CONF, GUEST) is None


def test_own_link_opened_again_is_not_asked_about(seeded: Hub, sign_in: SignIn) -> None:
    browser = sign_in(Role.STAFF, name="접수 1")
    secret = guests_link(seeded)
    browser.post("/link", data={"secret": secret, "sure": "on"})

    assert browser.post("/link", data={"secret": secret}).location == f"/c/{CONF}/me"


def test_link_of_another_guest_is_asked_about_before_the_first_is_signed_out(
    seeded: Hub, sign_in: SignIn
) -> None:
    browser = sign_in(Role.ATTENDEE, guest_id=OTHER, name="석용주")
    secret = guests_link(seeded)

    asked = browser.post("/link", data={"secret": secret})

    assert "이 브라우저에는 다른 참석자(석용주)가 들어와 있습니다." in asked.text
    assert "석용주" in browser.get(f"/c/{CONF}/me").text
    assert browser.post("/link", data={"secret": secret, "sure": "on"}).location == f"/c/{CONF}/live"


def test_used_up_link_is_refused_and_not_asked_about(seeded: Hub, sign_in: SignIn) -> None:
    assert sign_in(Role.STAFF).post("/link", data={"secret": "used up"}).status_code == 401
