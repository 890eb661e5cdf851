"""The follow-up through the real application: calendars that stay right, and signing up."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar

from conference_hub.access.model import Role
from conference_hub.followup import feeds
from conference_hub.followup.own_calendar_store import find_calendar_token
from conference_hub.web.hub import Hub
from conference_hub.web.limits import limiter
from tests.integration.conftest import SignIn
from tests.judges.libical import complaints
from tests.law import holds_over
from tests.model_day import CONF

FEED = f"/c/{CONF}/follow-up.ics"
GUEST = "guest-001"
SESSION = "session-1"


def uids(ics: bytes) -> list[str]:
    return [str(event["UID"]) for event in Calendar.from_ical(ics).walk("VEVENT")]


def sign_up(browser: FlaskClient, action: str = "take", session: str = SESSION) -> int:
    return browser.post(f"/c/{CONF}/follow-up/{session}/sign-up", data={"action": action}).status_code


@pytest.fixture
def guest(seeded: Hub, sign_in: SignIn) -> FlaskClient:
    assert seeded is not None
    return sign_in(Role.ATTENDEE, guest_id=GUEST)


def test_the_feed_holds_the_seven_sessions_and_libical_accepts_it(seeded: Hub, client: FlaskClient) -> None:
    answer = client.get(FEED)

    assert answer.content_type == "text/calendar; charset=utf-8"
    assert len(uids(answer.data)) == 7
    assert complaints(answer.data) == []


def test_a_subscriber_that_has_the_feed_gets_304(seeded: Hub, client: FlaskClient) -> None:
    etag = client.get(FEED).headers["ETag"]

    assert client.get(FEED, headers={"If-None-Match": etag}).status_code == 304


def test_moved_session_and_other_language_change_the_etag(
    seeded: Hub, client: FlaskClient, sign_in: SignIn
) -> None:
    korean = client.get(FEED, headers={"Accept-Language": "ko"})
    english = client.get(FEED, headers={"Accept-Language": "en"})
    cancel = f"/api/v1/c/{CONF}/follow-up/{SESSION}/cancel"
    assert sign_in(Role.ORGANISER).post(cancel, json={"command_id": "c1"}).status_code == 200

    asked = {"Accept-Language": "ko", "If-None-Match": korean.headers["ETag"]}
    again = client.get(FEED, headers=asked)

    assert len({answer.headers["ETag"] for answer in (korean, english, again)}) == 3
    assert (again.status_code, b"CANCELLED" in again.data) == (200, True)


def test_calendar_is_not_rendered_for_a_304(
    seeded: Hub, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = client.get(FEED)
    monkeypatch.setattr(feeds, "feed_calendar", None)

    again = client.get(FEED, headers={"If-None-Match": first.headers["ETag"]})
    whole = client.get(FEED)

    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    assert whole.data == first.data


def test_a_personal_calendar_changes_with_each_sign_up(guest: FlaskClient, seeded: Hub, app: Flask) -> None:
    sign_up(guest)
    with seeded.database.reading() as db:
        url = f"/cal/{find_calendar_token(db, CONF, GUEST)}.ics"
    first = app.test_client().get(url)
    known = {"If-None-Match": first.headers["ETag"]}
    assert app.test_client().get(url, headers=known).status_code == 304

    sign_up(guest, session="session-2")

    assert len(uids(app.test_client().get(url, headers=known).data)) == 2


def test_one_session_has_the_uid_that_it_has_in_the_feed(seeded: Hub, client: FlaskClient) -> None:
    one = client.get(f"/c/{CONF}/follow-up/{SESSION}.ics").data

    assert complaints(one) == []
    assert uids(one)[0] in uids(client.get(FEED).data)


def test_a_guest_signs_up_once_and_gets_a_calendar_of_their_own(guest: FlaskClient, app: Flask) -> None:
    assert [sign_up(guest), sign_up(guest)] == [302, 302]

    page = guest.get(f"/c/{CONF}/follow-up").text
    feed = next(part for part in page.replace('"', " ").split() if "/cal/" in part)
    mine = app.test_client().get(feed[feed.index("/cal/") :])
    assert len(uids(mine.data)) == 1
    assert complaints(mine.data) == []


def test_guest_withdraws_from_a_session(guest: FlaskClient, app: Flask) -> None:
    sign_up(guest)
    sign_up(guest, "give-up")

    state = app.test_client().get(f"/api/v1/c/{CONF}/state?stream=public").get_json()
    assert state["snapshot"][f"session/{SESSION}"]["taken"] == 0


def test_sign_up_requires_a_guest(seeded: Hub, client: FlaskClient, sign_in: SignIn) -> None:
    assert sign_up(client) == 401
    assert sign_up(sign_in(Role.STAFF)) == 403


def test_an_unknown_session_or_action_is_refused(guest: FlaskClient) -> None:
    assert sign_up(guest, session="session-99") == 404
    assert sign_up(guest, action="steal") == 422


def test_a_moved_session_keeps_its_uid_and_grows_its_sequence(
    seeded: Hub, client: FlaskClient, sign_in: SignIn
) -> None:
    url = f"/c/{CONF}/follow-up/{SESSION}.ics"
    before = Calendar.from_ical(client.get(url).data).walk("VEVENT")[0]
    body = {
        "command_id": "m1",
        "starts_at": "2021-12-07T15:00:00+09:00",
        "ends_at": "2021-12-07T16:00:00+09:00",
    }

    moved = sign_in(Role.ORGANISER).post(f"/api/v1/c/{CONF}/follow-up/{SESSION}/reschedule", json=body)
    after = Calendar.from_ical(client.get(url).data).walk("VEVENT")[0]

    assert moved.get_json() == {"session": SESSION, "sequence": 1, "status": "scheduled"}
    assert after["UID"] == before["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)


@pytest.mark.parametrize(
    "times",
    [
        {},
        {"starts_at": "tomorrow", "ends_at": "later"},
        {"starts_at": "2021-12-07T15:00:00", "ends_at": "2021-12-07T16:00:00"},
        {"starts_at": "2021-12-07T15:00:00+09:00", "ends_at": "2021-12-07T14:00:00+09:00"},
    ],
)
def test_reschedule_rejects_unusable_times(seeded: Hub, sign_in: SignIn, times: dict[str, str]) -> None:
    answer = sign_in(Role.ORGANISER).post(
        f"/api/v1/c/{CONF}/follow-up/{SESSION}/reschedule", json={"command_id": "m1", **times}
    )

    assert (answer.status_code, answer.get_json()["error"]["code"]) == (422, "invalid")


def test_a_cancelled_session_stays_in_the_feed_as_cancelled(
    seeded: Hub, client: FlaskClient, sign_in: SignIn
) -> None:
    sign_in(Role.ORGANISER).post(f"/api/v1/c/{CONF}/follow-up/{SESSION}/cancel", json={"command_id": "c1"})

    states = [str(event["STATUS"]) for event in Calendar.from_ical(client.get(FEED).data).walk("VEVENT")]
    assert sorted(states) == ["CANCELLED"] + ["CONFIRMED"] * 6


def test_an_old_snapshot_and_the_entries_since_equal_a_fresh_snapshot(
    guest: FlaskClient, seeded: Hub, sign_in: SignIn
) -> None:
    organiser = sign_in(Role.ORGANISER)
    cancel = f"/api/v1/c/{CONF}/follow-up/{SESSION}/cancel"
    steps = [
        lambda: sign_up(guest),
        lambda: sign_up(guest, "give-up"),
        lambda: organiser.post(cancel, json={"command_id": "c1"}),
    ]

    assert holds_over(seeded, CONF, steps)


def test_an_unknown_personal_calendar_is_not_found(seeded: Hub, client: FlaskClient) -> None:
    assert client.get("/cal/nonsense.ics").status_code == 404


def test_sign_ups_of_one_guest_are_rate_limited(app: Flask, sign_in: SignIn, seeded: Hub) -> None:
    assert seeded is not None
    browsers = [sign_in(Role.ATTENDEE, guest_id=GUEST) for _ in range(2)]
    neighbour = sign_in(Role.ATTENDEE, guest_id="guest-002")
    limiter.enabled = True
    limiter.reset()

    answers = [sign_up(browsers[n % 2], ("take", "give-up")[n % 2]) for n in range(31)]

    assert answers == [302] * 30 + [429]
    assert sign_up(neighbour) == 302
