"""Conferences are made on the desk, from nothing: who may, what is refused, and who sees which."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from flask.testing import FlaskClient

from conference_hub.access.model import Grant, Role
from conference_hub.conferences.model import Conference, State
from conference_hub.conferences.store import find_conference, get_conference
from conference_hub.core.text import Text
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.integration.desk.conftest import SignInAccount
from tests.integration.kinds import ON_SQLITE
from tests.model_day import CONF

pytestmark = ON_SQLITE

FORM = {
    "title_ko": "봄 심포지엄",
    "title_en": "Spring Symposium",
    "host_ko": "대한학회",
    "venue_ko": "국제회의실",
    "languages": "ko en",
    "starts_at": "2022-03-04T09:00",
    "ends_at": "2022-03-05T18:00",
    "timezone": "Asia/Seoul",
    "accent": "#1B4B8F",
}
SLUG = "spring-symposium-2022"


def test_an_account_without_the_right_cannot_make_a_conference(hub: Hub, account: SignInAccount) -> None:
    browser = account("kim")

    answers = [browser.get("/conferences/new"), browser.post("/conferences/new", data=FORM)]

    assert [answer.status_code for answer in answers] == [403, 403]
    with hub.database.reading() as db:
        assert find_conference(db, SLUG) is None


def test_the_first_conference_of_an_empty_hub(hub: Hub, account: SignInAccount) -> None:
    kim = account("kim", may_create=True)
    empty, page = kim.get("/conferences/"), kim.get("/conferences/new")

    made = kim.post("/conferences/new", data=FORM)

    assert (empty.status_code, page.status_code) == (200, 200)
    assert (made.status_code, made.location) == (302, f"/c/{SLUG}/desk/")
    assert kim.get(made.location).status_code == 200
    with hub.database.reading() as db:
        assert get_conference(db, SLUG) == Conference(
            slug=SLUG,
            title=Text(ko="봄 심포지엄", en="Spring Symposium"),
            host=Text(ko="대한학회"),
            venue=Text(ko="국제회의실"),
            timezone="Asia/Seoul",
            starts_at=datetime(2022, 3, 4, 0, 0, tzinfo=UTC),
            ends_at=datetime(2022, 3, 5, 9, 0, tzinfo=UTC),
            accent="#1b4b8f",
            channels=(),
            languages=("ko", "en"),
            state=State.DRAFT,
            purge_on=date(2022, 9, 5),
        )


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title_ko": ""}, "title_ko"),
        ({"languages": "en ko", "host_en": ""}, "host_en"),
        ({"languages": "fr"}, "languages"),
        ({"ends_at": "2022-03-04T09:00"}, "ends_at"),
        ({"starts_at": "soon"}, "starts_at"),
        ({"timezone": "Mars/Olympus"}, "timezone"),
        ({"accent": "red"}, "accent"),
        ({"purge_on": "2022-03-04"}, "purge_on"),
        ({"purge_on": "next year"}, "purge_on"),
        ({"slug": "Not A Slug"}, "slug"),
        ({"slug": CONF}, "slug"),
    ],
)
def test_a_refused_form_comes_back_with_what_was_typed(
    seeded: Hub, account: SignInAccount, wrong: dict[str, str], field: str
) -> None:
    kim = account("kim", may_create=True)
    sent = {**FORM, "venue_en": "Typed by hand", **wrong}

    answer = kim.post("/conferences/new", data=sent)

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert "Typed by hand" in answer.text
    with seeded.database.reading() as db:
        assert find_conference(db, SLUG) is None


def test_two_conferences_of_one_title_get_two_addresses(hub: Hub, account: SignInAccount) -> None:
    kim = account("kim", may_create=True)

    made = [kim.post("/conferences/new", data=FORM).location for _ in range(2)]

    assert made == [f"/c/{SLUG}/desk/", f"/c/{SLUG}-2/desk/"]


def test_the_list_shows_only_conferences_in_which_one_has_a_role(seeded: Hub, account: SignInAccount) -> None:
    kim, park = account("kim", may_create=True), account("park", Grant(conf=CONF, role=Role.STAFF))
    kim.post("/conferences/new", data=FORM)

    own, other = kim.get("/conferences/").text, park.get("/conferences/").text

    assert ("봄 심포지엄" in own, f"/c/{CONF}/" in own) == (True, False)
    assert ("봄 심포지엄" in other, f"/checkin/?conf={CONF}" in other) == (False, True)


def test_a_draft_of_others_is_on_no_page(seeded: Hub, account: SignInAccount, client: FlaskClient) -> None:
    account("kim", may_create=True).post("/conferences/new", data=FORM)
    park = account("park", may_create=True)

    pages = [client.get("/", follow_redirects=True), park.get("/conferences/"), park.get("/")]

    assert ["봄 심포지엄" in page.text for page in pages] == [False, False, False]
    assert park.get(f"/c/{SLUG}/").status_code == 404
    assert park.get(f"/c/{SLUG}/desk/").status_code == 403


def test_signing_in_without_any_conference_leads_to_the_list(hub: Hub, account: SignInAccount) -> None:
    answer = account("kim").get("/conferences/")

    assert answer.status_code == 200
    assert "아직 맡은 행사가 없습니다." in answer.text
    assert "/conferences/new" not in answer.text


def test_nobody_sees_the_list_without_signing_in(seeded: Hub, client: FlaskClient, sign_in: SignIn) -> None:
    guest = sign_in(Role.ATTENDEE, guest_id="guest-088")

    assert client.get("/conferences/").location.startswith("/sign-in?")
    assert guest.get("/conferences/").status_code == 403


def test_a_hub_organiser_gives_and_takes_the_right(hub: Hub, account: SignInAccount) -> None:
    kim, park = account("kim", may_create=True), account("park")
    path = "/conferences/organisers"

    refused = park.post(path, data={"login": "park", "may": "yes"})
    given = kim.post(path, data={"login": "park", "may": "yes"})
    taken = park.post(path, data={"login": "kim", "may": "no"})
    last = park.post(path, data={"login": "park", "may": "no"})
    unknown = park.post(path, data={"login": "who", "may": "yes"})

    assert [a.status_code for a in (refused, given, taken, last, unknown)] == [403, 302, 302, 409, 404]
    assert kim.get("/conferences/new").status_code == 403
    assert park.get("/conferences/new").status_code == 200
