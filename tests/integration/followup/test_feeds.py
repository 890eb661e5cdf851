"""Feeds over HTTP: which language, coding and date they have, and whose they are."""

from __future__ import annotations

import gzip
from dataclasses import replace
from email.utils import format_datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar
from werkzeug.test import TestResponse

from conference_hub.access.model import Role
from conference_hub.core.actor import Actor
from conference_hub.core.text import Text
from conference_hub.followup import actions, own_calendar_store, store
from conference_hub.followup.preparing import put_session, revise_series
from conference_hub.people.actions import choose_language
from conference_hub.people.store import get_guest
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.integration.kinds import ON_SQLITE
from tests.judges.libical import complaints
from tests.model_day import CONF, FakeNow

pytestmark = ON_SQLITE

FEED, AGENDA = f"/c/{CONF}/follow-up.ics", f"/c/{CONF}/agenda.ics"
FOLLOW_UP = f"/c/{CONF}/follow-up"
GUEST = "guest-088"
MY_TITLE = Text(ko="다른 이름", en="Another name")
KOREAN, ENGLISH = b"X-WR-CALNAME:\xed\x9b\x84\xec\x86\x8d", b"X-WR-CALNAME:Follow-up online sessions"


def uids(answer: TestResponse) -> list[str]:
    return [str(event["UID"]) for event in Calendar.from_ical(answer.data).walk("VEVENT")]


def names(answer: TestResponse) -> str:
    return str(Calendar.from_ical(answer.data)["NAME"]).replace("\\,", ",")  # the library leaves it escaped


@pytest.fixture
def fetcher(seeded: Hub, app: Flask, now: FakeNow) -> FlaskClient:
    """A program that fetches calendars some time after the last change: no cookie, no language."""
    assert seeded is not None
    now.forward(minutes=1)
    return app.test_client(use_cookies=False)


@pytest.fixture
def guest(seeded: Hub, sign_in: SignIn) -> FlaskClient:
    assert seeded is not None
    return sign_in(Role.ATTENDEE, guest_id=GUEST)


def own_address(hub: Hub) -> str | None:
    with hub.database.reading() as db:
        token = own_calendar_store.find_calendar_token(db, CONF, GUEST)
    return f"/cal/{token}.ics" if token else None


def sign_up(hub: Hub, session_id: str) -> None:
    with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        actions.sign_up(hub, write, session_id, GUEST)


def test_address_says_the_language_to_a_fetcher_that_sends_none(fetcher: FlaskClient) -> None:
    assert ENGLISH in fetcher.get(f"{FEED}?lang=en").data
    assert KOREAN in fetcher.get(f"{FEED}?lang=ko", headers={"Accept-Language": "en"}).data
    assert KOREAN in fetcher.get(FEED).data
    assert ENGLISH in fetcher.get(FEED, headers={"Accept-Language": "en-US,en;q=0.9"}).data


@pytest.mark.parametrize("page", ["follow-up", ""])
def test_english_page_leads_to_english_feeds(fetcher: FlaskClient, page: str) -> None:
    shown = fetcher.get(f"/c/{CONF}/{page}?lang=en").text
    feeds = {part for part in shown.replace('"', " ").split() if part.startswith("http") and ".ics" in part}

    own = {feed for feed in feeds if "calendar.google" not in feed and "outlook" not in feed}
    assert own
    assert all(feed.endswith(".ics?lang=en") for feed in own)
    for feed in own:
        answer = fetcher.get(feed[feed.index("/c/") :])
        assert (answer.status_code, answer.headers["Vary"]) == (200, "Accept-Encoding")


def test_cookie_and_account_change_no_feed(fetcher: FlaskClient, sign_in: SignIn) -> None:
    browser = sign_in(Role.ORGANISER)
    browser.get(f"/c/{CONF}/?lang=en")

    answers = [one.get(FEED, headers={"Accept-Language": "ko"}) for one in (fetcher, browser)]

    assert answers[0].data == answers[1].data
    assert [answer.headers["Vary"] for answer in answers] == ["Accept-Language, Accept-Encoding"] * 2
    assert all("Set-Cookie" not in answer.headers for answer in answers)


@pytest.mark.parametrize("path", [FEED, AGENDA, f"{FOLLOW_UP}/session-1.ics"])
def test_compressed_calendar_is_the_same_under_another_strong_tag(fetcher: FlaskClient, path: str) -> None:
    plain = fetcher.get(path)
    packed = fetcher.get(path, headers={"Accept-Encoding": "br, gzip"})

    assert gzip.decompress(packed.data) == plain.data
    assert (packed.headers["Content-Encoding"], "Content-Encoding" in plain.headers) == ("gzip", False)
    assert plain.headers["ETag"] != packed.headers["ETag"]
    assert not any(answer.headers["ETag"].startswith("W/") for answer in (plain, packed))
    assert packed.data == fetcher.get(path, headers={"Accept-Encoding": "gzip"}).data


def test_tag_of_another_coding_is_no_match(fetcher: FlaskClient) -> None:
    plain, packed = {"Accept-Encoding": "identity"}, {"Accept-Encoding": "gzip"}
    tag = fetcher.get(FEED, headers=plain).headers["ETag"]

    same = fetcher.get(FEED, headers={**plain, "If-None-Match": f'"other", {tag}'})
    other = fetcher.get(FEED, headers={**packed, "If-None-Match": tag})

    assert (same.status_code, same.data, same.headers["ETag"]) == (304, b"", tag)
    assert (same.headers["Vary"], other.status_code) == (other.headers["Vary"], 200)


@pytest.mark.parametrize("refused", ["gzip;q=0", "identity", "br", "*;q=0"])
def test_coding_that_is_not_taken_is_not_sent(fetcher: FlaskClient, refused: str) -> None:
    assert "Content-Encoding" not in fetcher.get(FEED, headers={"Accept-Encoding": refused}).headers


@pytest.mark.parametrize("path", [FEED, AGENDA])
def test_head_says_what_get_says(fetcher: FlaskClient, path: str) -> None:
    whole, head = fetcher.get(path), fetcher.head(path)

    assert head.data == b""
    for name in ("Content-Type", "Content-Length", "ETag", "Last-Modified", "Cache-Control", "Vary"):
        assert head.headers[name] == whole.headers[name]


@pytest.mark.parametrize("path", [FEED, AGENDA])
def test_unchanged_since_a_date_is_not_sent_again(fetcher: FlaskClient, path: str) -> None:
    date = fetcher.get(path).headers["Last-Modified"]

    assert fetcher.get(path, headers={"If-Modified-Since": date}).status_code == 304
    both = {"If-Modified-Since": date, "If-None-Match": '"another"'}
    assert fetcher.get(path, headers=both).status_code == 200  # a tag goes before a date (RFC 9110 13.1.3)


def test_moved_session_has_the_date_of_its_change(seeded: Hub, fetcher: FlaskClient, now: FakeNow) -> None:
    before = fetcher.get(FEED).headers["Last-Modified"]
    at = now()
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        actions.cancel(write, "session-1", seen=None)
    just = fetcher.get(FEED, headers={"If-Modified-Since": before})
    now.forward(minutes=1)

    later = fetcher.get(FEED, headers={"If-Modified-Since": before})

    assert (just.status_code, "Last-Modified" in just.headers) == (200, False)
    assert (later.status_code, later.headers["Last-Modified"]) == (200, format_datetime(at, usegmt=True))


def test_series_has_a_feed_with_the_uids_of_the_whole_one(seeded: Hub, fetcher: FlaskClient) -> None:
    with seeded.database.reading() as db:
        series, *_ = store.all_series(db, CONF).values()
        inside = {one.uid for one in store.public_sessions(db, CONF) if one.series_id == series.id}

    answer = fetcher.get(f"{FOLLOW_UP}/series/{series.id}.ics?lang=en")

    assert inside
    assert set(uids(answer)) == inside <= set(uids(fetcher.get(FEED)))
    assert complaints(answer.data) == []
    assert names(answer) == series.title.en


def test_session_taken_out_of_a_series_is_news_to_who_knows_no_tag(
    seeded: Hub, fetcher: FlaskClient, now: FakeNow
) -> None:
    with seeded.database.reading() as db:
        one = store.get_session(db, CONF, "session-1")
    path = f"{FOLLOW_UP}/series/{one.series_id}.ics"
    now.forward(minutes=1)
    before = fetcher.get(path)
    whole = fetcher.get(FEED).headers["Last-Modified"]
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        put_session(write, replace(one, series_id=None))
    now.forward(minutes=1)

    after = [
        fetcher.get(path, headers={"If-Modified-Since": before.headers.get("Last-Modified", date)})
        for date in (whole, format_datetime(now(), usegmt=True))
    ]

    assert one.uid in uids(before)
    assert [answer.status_code for answer in after] == [200, 200]
    assert all(one.uid not in uids(answer) for answer in after)


def test_cancelled_session_stays_in_the_feed_of_its_series(seeded: Hub, fetcher: FlaskClient) -> None:
    with seeded.database.reading() as db:
        [one] = [online for online in store.public_sessions(db, CONF) if online.id == "session-1"]
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        actions.cancel(write, "session-1", seen=None)

    answer = fetcher.get(f"{FOLLOW_UP}/series/{one.series_id}.ics")

    states = {
        str(event["UID"]): str(event["STATUS"]) for event in Calendar.from_ical(answer.data).walk("VEVENT")
    }
    assert states[one.uid] == "CANCELLED"


def test_renamed_series_has_another_tag_and_unknown_one_is_not_found(
    seeded: Hub, fetcher: FlaskClient
) -> None:
    with seeded.database.reading() as db:
        series, *_ = store.all_series(db, CONF).values()
    path = f"{FOLLOW_UP}/series/{series.id}.ics"
    tag = fetcher.get(path).headers["ETag"]
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        revise_series(write, lambda known: [*known[1:], type(series)(id=series.id, title=MY_TITLE)])

    assert fetcher.get(path, headers={"If-None-Match": tag}).status_code == 200
    assert fetcher.get(f"{FOLLOW_UP}/series/none.ics").status_code == 404


def test_own_calendar_speaks_the_language_of_its_owner(seeded: Hub, fetcher: FlaskClient) -> None:
    sign_up(seeded, "session-1")
    path = own_address(seeded)
    assert path is not None
    asked = {"Accept-Language": "en"}
    korean = fetcher.get(path, headers=asked)
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        choose_language(write, get_guest(write.session, CONF, GUEST), "en")

    english = fetcher.get(path, headers={"If-None-Match": korean.headers["ETag"]})

    assert names(korean).startswith("내 일정 · ")
    assert names(english).startswith("My agenda · ")
    assert (english.headers["Vary"], english.headers["Cache-Control"]) == (
        "Accept-Encoding",
        "private, no-cache",
    )


def test_renewed_address_ends_the_one_before(seeded: Hub, guest: FlaskClient, fetcher: FlaskClient) -> None:
    sign_up(seeded, "session-1")
    before = own_address(seeded)
    assert before is not None
    tag = fetcher.get(before).headers["ETag"]

    assert guest.post(f"{FOLLOW_UP}/calendar", data={"action": "renew"}).status_code == 302

    after = own_address(seeded)
    assert after not in {None, before}
    gone = fetcher.get(before, headers={"If-None-Match": tag})
    assert (gone.status_code, "이 캘린더 주소는 더 이상 쓰지 않습니다." in gone.text) == (404, True)
    assert len(uids(fetcher.get(str(after)))) == 1
    assert str(after) in guest.get(FOLLOW_UP).text


def test_ended_address_is_not_found_and_can_be_made_again(
    seeded: Hub, guest: FlaskClient, fetcher: FlaskClient
) -> None:
    sign_up(seeded, "session-1")
    before = str(own_address(seeded))

    for _ in range(2):
        assert guest.post(f"{FOLLOW_UP}/calendar", data={"action": "end"}).status_code == 302

    assert own_address(seeded) is None
    assert fetcher.get(before).status_code == 404
    assert "내 캘린더 만들기" in guest.get(FOLLOW_UP).text
    guest.post(f"{FOLLOW_UP}/calendar", data={"action": "renew"})
    assert fetcher.get(str(own_address(seeded))).status_code == 200


def test_removed_guest_has_no_calendar(seeded: Hub, fetcher: FlaskClient) -> None:
    sign_up(seeded, "session-1")
    path = str(own_address(seeded))
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        actions.leave(seeded, write, [GUEST])

    assert fetcher.get(path).status_code == 404
