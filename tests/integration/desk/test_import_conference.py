"""A conference is made of a file on the page of all conferences: compared, under another slug and day, refused."""

from __future__ import annotations

import io
import json
import re
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from conference_hub.agenda.store import working_plan
from conference_hub.conferences.model import State
from conference_hub.conferences.store import all_conferences, get_conference
from conference_hub.data import exporting
from conference_hub.data.drafts import ImportDraftRow
from conference_hub.people.store import all_guests
from conference_hub.web.hub import Hub
from tests.integration.desk.conftest import SignInAccount
from tests.integration.kinds import ON_SQLITE
from tests.model_day import CONF, FakeNow

pytestmark = ON_SQLITE

PAGE = "/conferences/import"
SLUG = "spring-2027"
APPLY = "적용하기"


@pytest.fixture
def maker(account: SignInAccount) -> FlaskClient:
    """An account that may make conferences and has no role anywhere."""
    return account("maker", may_create=True)


def file(**conference: Any) -> dict[str, Any]:
    """Return a small conference file."""
    return {
        "format": 3,
        "kind": "conference",
        "conference": {
            "slug": SLUG,
            "title": {"ko": "봄 행사", "en": "Spring"},
            "host": {"ko": "주최"},
            "venue": {"ko": "회관"},
            "timezone": "Asia/Seoul",
            "starts_at": "2027-03-01T09:00:00+09:00",
            "ends_at": "2027-03-01T18:00:00+09:00",
            "languages": ["ko", "en"],
            "state": "ready",
            **conference,
        },
        "lanes": [{"title": {"ko": "본무대"}}],
        "segments": [{"title": {"ko": "개회"}, "kind": "general"}],
        "cues": [
            {
                "number": "1",
                "lane": "본무대",
                "segment": "개회",
                "title": {"ko": "개회사"},
                "start": "2027-03-01T09:30:00+09:00",
                "length": 600,
            }
        ],
        "guests": [{"number": "1", "name": "김손님", "email": "kim@example.com"}],
    }


def whole(hub: Hub, conf: str) -> exporting.ConferenceFile:
    with hub.database.reading() as db:
        return exporting.conference_file(hub, db, get_conference(db, conf))


def upload(browser: FlaskClient, data: bytes | dict[str, Any], name: str = "s.json") -> TestResponse:
    content = data if isinstance(data, bytes) else json.dumps(data).encode()
    return browser.post(PAGE, data={"file": (io.BytesIO(content), name)})


def review(browser: FlaskClient, data: bytes | dict[str, Any]) -> tuple[str, str]:
    answer = upload(browser, data)
    assert answer.status_code == 302, answer.text
    return answer.location, browser.get(answer.location).text


def token(page: str) -> str:
    found = re.search(r'name="token" value="(\w+)"', page)
    return found[1] if found else ""


def apply(browser: FlaskClient, address: str) -> str:
    """Apply what the page shows; returns where it leads."""
    browser.post(f"{address}/apply", data={"token": token(browser.get(address).text)})
    return browser.get(address).location or ""


def slugs(hub: Hub) -> list[str]:
    with hub.database.reading() as db:
        return [one.slug for one in all_conferences(db)]


def drafts(hub: Hub) -> int:
    with hub.database.reading() as db:
        return db.scalar(sa.select(sa.func.count()).select_from(ImportDraftRow)) or 0


def test_file_makes_a_conference_whose_maker_is_its_organiser(hub: Hub, maker: FlaskClient) -> None:
    address, page = review(maker, file())
    assert (slugs(hub), APPLY in page) == ([], True)

    assert apply(maker, address) == f"/c/{SLUG}/desk/"

    assert maker.get(f"/c/{SLUG}/desk/").status_code == 200
    assert (maker.get(address).status_code, drafts(hub)) == (404, 0)
    with hub.database.reading() as db:
        assert [guest.name for guest in all_guests(db, SLUG)] == ["김손님"]
        assert get_conference(db, SLUG).state is State.READY


@pytest.mark.parametrize("form", ["json", "xlsx"])
def test_slug_that_is_taken_gets_another_one_and_another_day(
    seeded: Hub, maker: FlaskClient, form: str
) -> None:
    own = whole(seeded, CONF)
    data = own.as_json().encode() if form == "json" else own.as_workbook(str)
    address, page = review(maker, data)
    assert (f"이미 쓰고 있는 주소입니다: {CONF}" in page, APPLY in page) == (True, False)
    assert f'value="{CONF}-2"' in page
    assert maker.post(f"{address}/apply", data={"token": "x"}).status_code == 409

    again = {"slug": "next-year", "first_day": "2022-12-01"}
    assert maker.post(f"{address}/reading", data=again).location == address
    assert apply(maker, address) == "/c/next-year/desk/"

    with seeded.database.reading() as db:
        before, after = get_conference(db, CONF), get_conference(db, "next-year")
        plans = [
            [(cue.number, cue.title, cue.planned_start) for cue in working_plan(db, conf).cues]
            for conf in (CONF, "next-year")
        ]
        assert len(all_guests(db, "next-year")) == len(all_guests(db, CONF))
    days = date(2022, 12, 1) - before.day
    assert (after.day, after.state) == (date(2022, 12, 1), State.DRAFT)
    assert plans[1] == [(number, title, start + days) for number, title, start in plans[0]]
    assert days == timedelta(days=364)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"slug": CONF}, "slug"),
        ({"slug": "No Slug"}, "slug"),
        ({"slug": ""}, "slug"),
        ({"first_day": "soon"}, "first_day"),
        ({"first_day": ""}, "first_day"),
    ],
)
def test_other_slug_and_day_are_checked_at_their_fields(
    seeded: Hub, maker: FlaskClient, wrong: dict[str, str], field: str
) -> None:
    address, _ = review(maker, file())
    answer = maker.post(f"{address}/reading", data={"slug": "another", "first_day": "2027-03-02", **wrong})
    assert (answer.status_code, f'id="{field}-error"' in answer.text) == (422, True)
    assert slugs(seeded) == [CONF]


def test_faults_are_named_by_their_path_and_nothing_is_made(hub: Hub, maker: FlaskClient) -> None:
    content = file(timezone="Mars/Olympus")
    content["guests"][0]["email"] = "nowhere"
    address, page = review(maker, content)
    assert [path in page for path in ("conference.timezone", "guests[0].email")] == [True, True]
    assert token(page) == ""
    assert maker.post(f"{address}/apply", data={"token": "x"}).status_code == 409
    assert slugs(hub) == []


@pytest.mark.parametrize("data", [b"{", b"[]", b"PK\x03\x04", b'{"format": 3, "kind": "conference"}'])
def test_file_that_is_no_conference_is_told_so(maker: FlaskClient, data: bytes) -> None:
    _, page = review(maker, data)
    assert ("고칠 곳" in page, APPLY in page) == (True, False)


def test_no_file_is_refused_at_its_field(maker: FlaskClient) -> None:
    answer = maker.post(PAGE, data={})
    assert (answer.status_code, 'id="file-error"' in answer.text) == (422, True)


def test_slug_that_is_taken_meanwhile_is_compared_again(hub: Hub, maker: FlaskClient) -> None:
    first, page = review(maker, file())
    second, _ = review(maker, file())
    apply(maker, second)
    maker.post(f"{first}/apply", data={"token": token(page)})
    again = maker.get(first).text
    assert (f"행사가 이미 있습니다: {SLUG}" in again, f'value="{SLUG}-2"' in again) == (True, True)
    assert slugs(hub) == [SLUG]


def test_stale_token_applies_nothing(hub: Hub, maker: FlaskClient) -> None:
    address, _ = review(maker, file())
    assert maker.post(f"{address}/apply", data={"token": "stale"}).status_code == 409
    assert slugs(hub) == []


def test_cancelled_upload_is_gone(hub: Hub, maker: FlaskClient) -> None:
    address, _ = review(maker, file())
    assert maker.post(f"{address}/cancel").location == PAGE
    assert (maker.get(address).status_code, drafts(hub), slugs(hub)) == (404, 0, [])


def test_upload_is_kept_for_an_hour_for_its_sender_alone(
    account: SignInAccount, maker: FlaskClient, now: FakeNow
) -> None:
    address, _ = review(maker, file())
    other = account("other", may_create=True)
    assert other.get(address).status_code == 404
    assert [other.post(f"{address}/{verb}", data=form).status_code for verb, form in FORMS] == [404] * 3
    assert maker.get(address).status_code == 200
    now.forward(minutes=61)
    assert maker.get(address).status_code == 404


FORMS: tuple[tuple[str, dict[str, str]], ...] = (
    ("reading", {"slug": "a", "first_day": "2027-03-01"}),
    ("apply", {"token": "x"}),
    ("cancel", {}),
)


def test_account_without_the_right_is_refused(hub: Hub, account: SignInAccount) -> None:
    kim = account("kim")
    assert [kim.get(PAGE).status_code, upload(kim, file()).status_code] == [403, 403]
    assert (drafts(hub), slugs(hub)) == (0, [])


def test_work_that_breaks_off_says_so_and_leaves_nothing(
    hub: Hub, maker: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError

    address, page = review(maker, file())
    with monkeypatch.context() as patch:
        patch.setattr("conference_hub.desk.import_pages.put_new", broken)
        maker.post(f"{address}/apply", data={"token": token(page)})
    assert "처리하지 못했습니다." in maker.get(address).text
    assert slugs(hub) == []
    assert apply(maker, address) == f"/c/{SLUG}/desk/"


def test_pages_lead_to_it(maker: FlaskClient) -> None:
    for page in ("/conferences/", "/conferences/new"):
        assert f'href="{PAGE}"' in maker.get(page).text
    assert maker.get(PAGE).status_code == 200
