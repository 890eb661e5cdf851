"""A guest's own page and personal link: who is checked in by them, and who only sees a badge."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from conference_hub.access.model import Role
from conference_hub.checkin import store
from conference_hub.checkin.model import Place, Presence
from conference_hub.checkin.scans import scans_of
from conference_hub.conferences.kept import bump_revision
from conference_hub.conferences.place_tables import ChannelRow
from conference_hub.conferences.tables import ConferenceRow
from conference_hub.core.entries import since
from conference_hub.core.stream import Stream
from conference_hub.people.model import Mode
from conference_hub.people.store import get_guest
from conference_hub.web.hub import Hub
from tests.integration.checkin.gate import topics
from tests.integration.conftest import SignIn
from tests.model_day import CONF, FakeNow

ONSITE = "guest-001"
OFFICIAL = "guest-088"
ME = f"/c/{CONF}/me"


def presence_of(hub: Hub, guest_id: str) -> Presence | None:
    with hub.database.reading() as db:
        return store.find_presence(db, CONF, guest_id)


def place_of(hub: Hub, guest_id: str) -> Place | None:
    presence = presence_of(hub, guest_id)
    return presence.place if presence else None


def personal_link(hub: Hub, sign_in: SignIn, guest_id: str) -> str:
    assert hub is not None
    answer = sign_in(Role.ORGANISER, name="주최자").post(f"/c/{CONF}/desk/people/{guest_id}/link", json={})
    url: str = answer.get_json()["url"]
    return url.partition("#")[2]


@pytest.fixture
def official(seeded: Hub, sign_in: SignIn, now: FakeNow) -> FlaskClient:
    """Signed in the day before, when the doors were closed."""
    now.forward(days=-1)
    browser = sign_in(Role.ATTENDEE, guest_id=OFFICIAL)
    now.forward(days=1)
    return browser


def test_a_personal_link_checks_a_remote_guest_in_and_works_again(
    seeded: Hub, sign_in: SignIn, client: FlaskClient, now: FakeNow
) -> None:
    secret = personal_link(seeded, sign_in, OFFICIAL)

    first = client.post("/link", data={"secret": secret})
    came = presence_of(seeded, OFFICIAL)
    now.forward(minutes=5)
    again = client.post("/link", data={"secret": secret})

    assert [first.location, again.location] == [f"/c/{CONF}/live"] * 2
    assert came is not None
    assert came.place is Place.REMOTE
    assert presence_of(seeded, OFFICIAL) == came
    with seeded.database.reading() as db:
        topics = [entry.topic for entry in since(db, CONF, Stream.OPERATOR, 0, 1000)]
    assert topics.count("GuestAdmitted") == 1


def at_once(browsers: list[FlaskClient], ask: Callable[[FlaskClient], TestResponse]) -> list[TestResponse]:
    """Let all browsers ask at the same instant, and return what each got."""
    together = Barrier(len(browsers))

    def one(browser: FlaskClient) -> TestResponse:
        together.wait(timeout=10)
        return ask(browser)

    with ThreadPoolExecutor(len(browsers)) as pool:
        return list(pool.map(one, browsers))


@pytest.mark.parametrize("by_link", [True, False], ids=["personal link", "own page"])
def test_a_guest_on_two_devices_at_once_is_checked_in_once_and_follows_on_both(
    seeded: Hub, app: Flask, sign_in: SignIn, now: FakeNow, *, by_link: bool
) -> None:
    now.forward(days=-1)
    secret = personal_link(seeded, sign_in, OFFICIAL)
    browsers = [app.test_client() for _ in range(2)]
    for browser in browsers if not by_link else ():
        browser.post("/link", data={"secret": secret})
    now.forward(days=1)
    assert place_of(seeded, OFFICIAL) is None

    path, data = ("/link", {"secret": secret}) if by_link else (f"{ME}/check-in", {})
    answers = at_once(browsers, lambda browser: browser.post(path, data=data, follow_redirects=True))

    assert [(answer.status_code, answer.request.path) for answer in answers] == [(200, f"/c/{CONF}/live")] * 2
    with seeded.database.reading() as db:
        scans = scans_of(db, CONF, OFFICIAL)
    assert [scan.verdict for scan in scans] == ["admitted"]
    assert topics(seeded).count("GuestAdmitted") == 1
    assert place_of(seeded, OFFICIAL) is Place.REMOTE


def test_personal_link_leads_an_onsite_guest_to_their_badge(
    seeded: Hub, sign_in: SignIn, client: FlaskClient
) -> None:
    secret = personal_link(seeded, sign_in, ONSITE)

    answer = client.post("/link", data={"secret": secret}, follow_redirects=True)

    assert answer.request.path == ME
    assert "석용주" in answer.text
    assert answer.text.count("<svg") == 1
    assert place_of(seeded, ONSITE) is None


def test_personal_link_before_opening_waits_and_says_until_when(
    seeded: Hub, sign_in: SignIn, client: FlaskClient, now: FakeNow
) -> None:
    now.forward(days=-1)
    secret = personal_link(seeded, sign_in, OFFICIAL)

    answer = client.post("/link", data={"secret": secret}, follow_redirects=True)

    assert answer.request.path == f"{ME}/wait"
    assert "체크인은 2021년 12월 2일 (목) 06:20에 열립니다." in answer.text
    assert '"opens_at": "2021-12-01T21:20:00+00:00"' in answer.text
    assert place_of(seeded, OFFICIAL) is None


def test_waiting_page_has_the_button_once_check_in_is_open(seeded: Hub, official: FlaskClient) -> None:
    page = official.get(f"{ME}/wait").text

    assert "체크인이 열렸습니다" in page
    assert f'action="{ME}/check-in" id="enter">' in page


def test_waiting_page_leads_who_is_in_to_the_live_page(seeded: Hub, official: FlaskClient) -> None:
    official.post(f"{ME}/check-in")

    assert official.get(f"{ME}/wait").location == f"/c/{CONF}/live"


def test_waiting_page_is_not_for_onsite_guests(seeded: Hub, sign_in: SignIn) -> None:
    assert sign_in(Role.ATTENDEE, guest_id=ONSITE).get(f"{ME}/wait").location == ME


def test_own_page_says_when_and_where_and_leads_to_the_programme(seeded: Hub, official: FlaskClient) -> None:
    page = official.get(f"{ME}?lang=ko").text

    for words in (
        "2021년 12월 2일 (목)",
        "09:20",
        "10:40",
        "웨스틴조선호텔 그랜드볼룸",
        f'href="/c/{CONF}/programme"',
    ):
        assert words in page


def end(hub: Hub) -> None:
    with hub.database.writing() as db:
        db.execute(sa.update(ConferenceRow).where(ConferenceRow.slug == CONF).values(state="over"))
        bump_revision(db, CONF)


def test_after_the_end_a_personal_link_says_so_and_leads_to_what_follows(
    seeded: Hub, sign_in: SignIn, client: FlaskClient
) -> None:
    secret = personal_link(seeded, sign_in, OFFICIAL)
    end(seeded)

    answer = client.post("/link", data={"secret": secret}, follow_redirects=True)

    assert answer.request.path == ME
    assert "행사가 끝났습니다." in answer.text
    assert f'href="/c/{CONF}/follow-up"' in answer.text
    assert client.get(f"{ME}/wait").location == ME
    assert client.post(f"{ME}/check-in").status_code == 409
    assert place_of(seeded, OFFICIAL) is None


def test_remote_guest_checks_in_on_the_own_page(seeded: Hub, official: FlaskClient) -> None:
    page = official.get(ME)
    answer = official.post(f"{ME}/check-in")

    assert "체크인하고 들어가기" in page.text
    assert (answer.status_code, answer.location) == (302, f"/c/{CONF}/live")
    assert place_of(seeded, OFFICIAL) is Place.REMOTE
    assert "체크인했습니다" in official.get(ME).text


def test_check_in_is_refused_outside_opening_hours(seeded: Hub, official: FlaskClient, now: FakeNow) -> None:
    now.forward(hours=12)

    assert official.post(f"{ME}/check-in").status_code == 409
    assert "행사가 끝났습니다." in official.get(ME).text
    assert place_of(seeded, OFFICIAL) is None


def test_an_onsite_guest_cannot_check_in_by_the_page(seeded: Hub, sign_in: SignIn) -> None:
    browser = sign_in(Role.ATTENDEE, guest_id=ONSITE)

    assert browser.post(f"{ME}/check-in").status_code == 409
    assert place_of(seeded, ONSITE) is None


def test_guest_changes_attendance_mode(seeded: Hub, sign_in: SignIn) -> None:
    browser = sign_in(Role.ATTENDEE, guest_id=ONSITE)

    page = browser.post(f"{ME}/mode", data={"mode": "zoom"}, follow_redirects=True)

    assert "참석 방식을 바꾸었습니다." in page.text
    assert "체크인하고 들어가기" in page.text
    with seeded.database.reading() as db:
        assert get_guest(db, CONF, ONSITE).mode is Mode.ZOOM
        counts = seeded.snapshot(db, CONF, Stream.STAFF)["presence"]
    assert counts is not None
    assert counts["by_mode"]["zoom"]["expected"] == 26


def test_guest_in_the_hall_cannot_switch_to_remote(seeded: Hub, sign_in: SignIn) -> None:
    staff = sign_in(Role.STAFF, name="접수 1")
    staff.post(
        f"/api/v1/c/{CONF}/checkin/redeem", json={"scan_id": "scan-1", "gate": "main", "guest": ONSITE}
    )
    browser = sign_in(Role.ATTENDEE, guest_id=ONSITE)

    assert browser.post(f"{ME}/mode", data={"mode": "zoom"}).status_code == 409
    with seeded.database.reading() as db:
        assert get_guest(db, CONF, ONSITE).mode is Mode.ONSITE


@pytest.mark.parametrize(("path", "field"), [("mode", "mode"), ("language", "language")])
def test_unknown_mode_or_language_is_refused(official: FlaskClient, path: str, field: str) -> None:
    assert official.post(f"{ME}/{path}", data={field: "telepathy"}).status_code == 422


def test_the_chosen_language_is_kept_and_shown(seeded: Hub, official: FlaskClient) -> None:
    answer = official.post(f"{ME}/language", data={"language": "en"}, follow_redirects=True)

    assert '<html lang="en"' in answer.text
    with seeded.database.reading() as db:
        assert get_guest(db, CONF, OFFICIAL).language == "en"


def test_own_page_shows_no_other_guest(seeded: Hub, official: FlaskClient) -> None:
    page = official.get(ME).text

    assert "신규 공무원 01" in page
    assert "석용주" not in page


def test_only_modes_that_the_conference_offers_are_to_choose_and_the_own_one(
    seeded: Hub, sign_in: SignIn
) -> None:
    with seeded.database.writing() as db:
        db.execute(sa.delete(ChannelRow).where(ChannelRow.conf == CONF, ChannelRow.kind == "meeting"))
    browser = sign_in(Role.ATTENDEE, guest_id=ONSITE)

    page = browser.get(ME).text
    answer = browser.post(f"{ME}/mode", data={"mode": "zoom"})

    offered = [mode.value for mode in Mode if f'name="mode" value="{mode.value}"' in page]
    assert offered == ["onsite", "metaverse", "online"]
    assert (answer.status_code, "이 참석 방식은 고를 수 없습니다." in answer.text) == (422, True)
    with seeded.database.reading() as db:
        assert get_guest(db, CONF, ONSITE).mode is Mode.ONSITE
