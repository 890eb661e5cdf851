"""The desk's page of the conference: edits, states, deleting; and its first page."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.conferences.model import Conference, State
from conference_hub.conferences.store import find_conference, get_conference
from conference_hub.data.backups import note_backup
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.integration.kinds import ON_SQLITE
from tests.model_day import CONF, FakeNow

pytestmark = ON_SQLITE

DESK = f"/c/{CONF}/desk"
PAGE = f"{DESK}/conference"


def fields(page: str) -> dict[str, str]:
    """Return what the conference's form holds, as a browser would send it back."""
    form = page.partition(f'action="{PAGE}">')[2].partition("</form>")[0]
    inputs = re.findall(r'<input [^>]*name="([^"]+)"[^>]*?value="([^"]*)"', form)
    chosen = re.findall(r'<select id="([^"]+)".*?<option value="([^"]*)" selected', form, re.DOTALL)
    return {name: value for name, value in [*inputs, *chosen] if name not in {"csrf_token", "confirmed"}}


def present(hub: Hub) -> Conference:
    with hub.database.reading() as db:
        return get_conference(db, CONF)


@pytest.fixture
def organiser(seeded: Hub, sign_in: SignIn) -> FlaskClient:
    return sign_in(Role.ORGANISER, name="김주최")


def move(browser: FlaskClient, to: str, seen: str) -> int:
    return browser.post(f"{PAGE}/state", data={"to": to, "seen": seen}).status_code


def start(browser: FlaskClient) -> None:
    answer = browser.post(f"/api/v1/c/{CONF}/run/start", json={"command_id": "start", "lane": "hall"})
    assert answer.status_code == 200, answer.text


def test_the_form_sent_back_unchanged_changes_nothing(seeded: Hub, organiser: FlaskClient) -> None:
    before = present(seeded)
    sent = fields(organiser.get(PAGE).text)

    saved = organiser.post(PAGE, data=sent)

    assert saved.status_code == 302, saved.text
    after = present(seeded)
    assert (after.title, after.starts_at, after.ends_at, after.languages) == (
        before.title,
        before.starts_at,
        before.ends_at,
        before.languages,
    )


def test_an_edit_is_on_the_public_page(seeded: Hub, organiser: FlaskClient, client: FlaskClient) -> None:
    sent = fields(organiser.get(PAGE).text)

    assert organiser.post(PAGE, data={**sent, "venue_ko": "새로 옮긴 회의장"}).status_code == 302

    assert "새로 옮긴 회의장" in client.get(f"/c/{CONF}/").text


def test_an_edit_of_what_another_changed_shows_both(
    seeded: Hub, organiser: FlaskClient, sign_in: SignIn
) -> None:
    other, mine = sign_in(Role.ORGANISER, name="박주최"), fields(organiser.get(PAGE).text)
    other.post(PAGE, data={**mine, "venue_ko": "박이 고친 곳"})

    refused = organiser.post(PAGE, data={**mine, "venue_ko": "김이 고친 곳"})

    assert refused.status_code == 409
    assert "박주최" in refused.text
    assert ("박이 고친 곳" in refused.text, 'value="김이 고친 곳"' in refused.text) == (True, True)
    again = organiser.post(PAGE, data=fields(refused.text))
    assert (again.status_code, present(seeded).venue.ko) == (302, "김이 고친 곳")


def test_once_live_other_dates_ask(seeded: Hub, organiser: FlaskClient) -> None:
    start(organiser)
    sent = fields(organiser.get(PAGE).text) | {"ends_at": "2021-12-02T23:00"}

    asked = organiser.post(PAGE, data=sent)
    confirmed = organiser.post(PAGE, data={**sent, "confirmed": "on"})

    assert (asked.status_code, 'id="confirmed-error"' in asked.text) == (422, True)
    assert confirmed.status_code == 302


def test_a_draft_is_published_and_taken_back(
    seeded: Hub, organiser: FlaskClient, client: FlaskClient
) -> None:
    public = [client.get(f"/c/{CONF}/").status_code]
    for to, seen in (("draft", "ready"), ("ready", "draft")):
        assert move(organiser, to, seen) == 302
        public.append(client.get(f"/c/{CONF}/").status_code)

    assert public == [200, 404, 200]


def test_the_first_cue_makes_it_live_and_an_undo_takes_that_back(seeded: Hub, organiser: FlaskClient) -> None:
    def live() -> bool:
        return 'data-kind="live"' in organiser.get(f"{DESK}/").text

    before = live()
    start(organiser)
    started = live()
    organiser.post(f"/api/v1/c/{CONF}/run/undo", json={"command_id": "undo", "lane": "hall"})

    assert (before, started, live()) == (False, True, False)


def test_an_archived_conference_comes_back(seeded: Hub, organiser: FlaskClient) -> None:
    moved = [move(organiser, "over", "ready"), move(organiser, "archived", "over")]
    edit = organiser.post(PAGE, data=fields(organiser.get(PAGE).text))
    guests = organiser.post(f"{DESK}/team/links", json={"role": "staff"})
    back = move(organiser, "back", "archived")

    assert (moved, edit.status_code, guests.status_code, back) == ([302, 302], 409, 409, 302)
    assert present(seeded).state is State.OVER


@pytest.mark.parametrize(("to", "seen"), [("archived", "ready"), ("back", "ready"), ("ready", "draft")])
def test_a_state_that_cannot_follow_is_refused_on_the_page(
    organiser: FlaskClient, to: str, seen: str
) -> None:
    assert move(organiser, to, seen) == 409


def test_a_public_conference_is_not_deleted(seeded: Hub, organiser: FlaskClient) -> None:
    page, refused = (
        organiser.get(f"{PAGE}/delete"),
        organiser.post(f"{PAGE}/delete", data={"slug": CONF}),
    )

    assert (page.status_code, 'name="slug"' in page.text, refused.status_code) == (200, False, 409)


def test_a_conference_is_deleted_once_its_address_was_typed(seeded: Hub, organiser: FlaskClient) -> None:
    move(organiser, "draft", "ready")

    wrong = organiser.post(f"{PAGE}/delete", data={"slug": "another"})
    done = organiser.post(f"{PAGE}/delete", data={"slug": CONF})

    assert (wrong.status_code, done.status_code, done.location) == (422, 302, "/")
    with seeded.database.reading() as db:
        assert find_conference(db, CONF) is None
    assert organiser.get(f"{DESK}/").status_code in {302, 403, 404}


def test_who_drove_a_lane_of_a_deleted_conference_is_not_in_memory_any_more(
    seeded: Hub, organiser: FlaskClient, sign_in: SignIn
) -> None:
    move(organiser, "draft", "ready")
    operator = sign_in(Role.OPERATOR, name="Operator Of The Hall")
    operator.post(f"/api/v1/c/{CONF}/run/take-control", json={"command_id": "c1", "lane": "hall"})
    before = repr(seeded.database.memory)

    done = organiser.post(f"{PAGE}/delete", data={"slug": CONF})

    kept = ["Operator Of The Hall" in memory for memory in (before, repr(seeded.database.memory))]
    assert (done.status_code, kept) == (302, [True, False])


def test_once_over_the_list_has_what_remains_to_be_done(organiser: FlaskClient) -> None:
    move(organiser, "over", "ready")

    lines = re.findall(r'data-line="([^"]+)"', organiser.get(f"{DESK}/").text)

    assert lines == ["followup/links", "conference/purge", "data/backup"]


def test_the_list_says_what_is_left_before_the_doors_open(
    seeded: Hub, organiser: FlaskClient, now: FakeNow
) -> None:
    note_backup(seeded.settings.data_dir, now())

    page = organiser.get(f"{DESK}/").text

    states = dict(re.findall(r'data-line="([^"]+)" data-state="([^"]+)"', page))
    assert states == {
        "conference/dates": "ok",
        "conference/purge": "ok",
        "conference/published": "ok",
        "places/channels": "open",
        "agenda/lanes": "ok",
        "agenda/times": "ok",
        "agenda/published": "ok",
        "awards/places": "ok",
        "awards/recipients": "ok",
        "checkin/guests": "ok",
        "checkin/gates": "ok",
        "attendance/lists": "warn",
        "followup/links": "warn",
        "access/team": "open",
        "mails/server": "warn",
        "data/backup": "ok",
        "registration/state": "ok",
    }


def test_doors_are_set_in_minutes_around_the_event(seeded: Hub, organiser: FlaskClient) -> None:
    edited = fields(organiser.get(PAGE).text) | {"doors_before_min": "90", "doors_after_min": "0"}

    too_long = organiser.post(PAGE, data={**edited, "doors_before_min": "10081"})
    saved = organiser.post(PAGE, data=edited)

    own = present(seeded)
    assert (too_long.status_code, "10,080" in too_long.text or "10080" in too_long.text) == (422, True)
    assert (saved.status_code, own.starts_at - own.doors_open_at, own.doors_close_at) == (
        302,
        timedelta(minutes=90),
        own.ends_at,
    )


def test_overview_tells_both_days_of_several(seeded: Hub, organiser: FlaskClient) -> None:
    one_day = organiser.get(f"{DESK}/?lang=ko", follow_redirects=True).text
    edited = fields(organiser.get(PAGE).text) | {"ends_at": "2021-12-04T18:00"}
    assert organiser.post(PAGE, data=edited).status_code == 302

    several = organiser.get(f"{DESK}/").text

    words = "2021년 12월 2일 (목) – 2021년 12월 4일 (토)"
    assert [words in page for page in (one_day, several)] == [False, True]


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("gates", "그 출입구의 기기로 체크인할 수 없습니다."),
        ("conference/places", "그 경로로 보던 참석자의 화면에서 링크가 사라집니다."),
    ],
)
def test_once_live_a_removal_says_whom_it_reaches(organiser: FlaskClient, page: str, words: str) -> None:
    def asked() -> int:
        questions = re.findall(r'data-confirm="([^"]+)"', organiser.get(f"{DESK}/{page}").text)
        return sum(words in question for question in questions)

    before = asked()
    start(organiser)

    assert (before, asked() > 0) == (0, True)


def test_what_goes_with_the_conference_is_counted_before_it_is_deleted(organiser: FlaskClient) -> None:
    move(organiser, "draft", "ready")
    page = organiser.get(f"{PAGE}/delete").text
    found = dict(re.findall(r"<dt>([^<]+)</dt><dd[^>]*>(\d+)</dd>", page))
    assert found == {
        "계획한 순서": "11",
        "명단의 참석자": "121",
        "등록 신청": "0",
        "시상": "89",
        "체크인 기록": "0",
        "후속 세션": "7",
        "메일": "0",
    }
