"""When the day of a door ends that counts anew each day, whoever is still inside has gone home."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.attendance import store as attendance
from conference_hub.checkin.closing import EVERY, DayCloser
from conference_hub.checkin.model import Direction
from conference_hub.core.actor import Actor
from conference_hub.core.entries import since
from conference_hub.core.now import iso
from conference_hub.core.stream import Stream
from conference_hub.gates import store as gates
from conference_hub.gates.model import HALL
from conference_hub.web.hub import Hub
from tests.integration.checkin.gate import GUEST, presence, redeem, token_of, topics
from tests.integration.checkin.test_scan_times import gate_of, told, waiting, where
from tests.integration.conftest import SignIn
from tests.law import Watch
from tests.model_day import CONF, FakeNow

MORNING = datetime(2021, 12, 2, 19, tzinfo=UTC)
"""Four in the morning in Seoul, after the model day."""


@pytest.fixture
def daily(seeded: Hub, now: FakeNow) -> Hub:
    """The model conference with a door that counts anew each day; it is one in the afternoon in Seoul."""
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        gates.save_point(write.session, CONF, replace(gates.get_point(write.session, CONF, HALL), daily=True))
    now.instant = datetime(2021, 12, 2, 4, tzinfo=UTC)
    return seeded


def look(hub: Hub, now: FakeNow, at: datetime) -> None:
    now.instant = at
    DayCloser().work(hub, at)


def guest_of(hub: Hub, guest: str = GUEST) -> dict[str, Any]:
    with hub.database.reading() as db:
        return dict(hub.snapshot(db, CONF, Stream.OPERATOR)[f"guest/{guest}"] or {})


def left(hub: Hub) -> list[tuple[str, str]]:
    """Return which guests left, and by whom it was said."""
    with hub.database.reading() as db:
        entries = since(db, CONF, Stream.OPERATOR, 0, 1000)
    return [(entry.body["guest"], entry.body["by"]) for entry in entries if entry.topic == "GuestLeft"]


def test_nobody_is_inside_when_the_day_has_ended(daily: Hub, now: FakeNow) -> None:
    for number in range(1, 31):
        told(daily, f"in-{number}", 60, guest=f"guest-{number:03}")
    watch = Watch(daily, CONF)
    gate = gate_of(daily, "main")

    look(daily, now, MORNING - timedelta(seconds=1))
    assert presence(daily)["inside"] == 30

    look(daily, now, MORNING)

    assert presence(daily)["inside"] == 0
    assert guest_of(daily)["inside"] is False
    assert guest_of(daily)["since"] == iso(MORNING)
    assert left(daily) == [(f"guest-{number:03}", "clock") for number in range(1, 31)]
    assert gate_of(daily, "main") == gate, "no gate let them out"
    watch.look()


def test_who_went_out_and_who_came_later_stay_as_they_are(daily: Hub, now: FakeNow) -> None:
    told(daily, "in", 60)
    told(daily, "out", 200, direction=Direction.OUT)
    now.instant = MORNING + timedelta(hours=5)
    told(daily, "next day", 24 * 60, guest="guest-002")

    look(daily, now, MORNING + timedelta(hours=5))

    assert left(daily) == [(GUEST, "device a")]
    assert presence(daily)["inside"] == 1


def test_an_exit_that_arrives_later_counts_at_its_time(daily: Hub, now: FakeNow) -> None:
    told(daily, "in", 60)
    look(daily, now, MORNING)

    told(daily, "out", 200, direction=Direction.OUT)

    found = where(daily)
    assert found is not None
    assert (found.place, found.since) == (None, datetime(2021, 12, 2, 3, 20, tzinfo=UTC))
    assert waiting(daily) == []


def test_an_entry_of_yesterday_that_arrives_today_is_ended_too(daily: Hub, now: FakeNow) -> None:
    now.instant = MORNING + timedelta(hours=1)
    told(daily, "late", 60)
    assert presence(daily)["inside"] == 1

    look(daily, now, MORNING + timedelta(hours=2))

    assert presence(daily)["inside"] == 0
    assert guest_of(daily)["since"] == iso(MORNING)


def test_an_entry_of_yesterday_of_somebody_who_came_again_is_ended_too(daily: Hub, now: FakeNow) -> None:
    now.instant = MORNING + timedelta(hours=5)
    told(daily, "again", 23 * 60 + 50)
    told(daily, "late", 60, device="b")

    look(daily, now, MORNING + timedelta(hours=5))

    with daily.database.reading() as db:
        passages = attendance.passages_of(db, CONF, [GUEST])[GUEST]
    assert [(one.inward, one.at) for one in passages] == [
        (True, datetime(2021, 12, 2, 1, tzinfo=UTC)),
        (False, MORNING),
        (True, datetime(2021, 12, 2, 23, 50, tzinfo=UTC)),
    ]
    found = where(daily)
    assert found is not None
    assert found.since == datetime(2021, 12, 2, 23, 50, tzinfo=UTC)


def test_who_comes_on_the_next_day_is_no_double_admission(daily: Hub, now: FakeNow) -> None:
    told(daily, "in", 60)
    look(daily, now, MORNING)
    now.instant = MORNING + timedelta(hours=5)
    told(daily, "again", 23 * 60 + 50)

    assert presence(daily)["inside"] == 1
    assert waiting(daily) == [("closed", "again", None)], "the doors of the model day are closed by then"


def test_the_first_entry_of_a_day_is_no_second_one(daily: Hub, staff: FlaskClient, now: FakeNow) -> None:
    token = token_of(daily)
    redeem(staff, "yesterday", token=token)
    look(daily, now, MORNING)
    now.instant = MORNING + timedelta(hours=5)
    late = {"force": True, "over": ["closed"], "why": "other", "note": "둘째 날"}

    first = redeem(staff, "today", token=token, **late)
    redeem(staff, "out", token=token, direction="out")
    again = redeem(staff, "back", token=token, **late)

    assert [(one["verdict"], one["again"], one["first"]["at"]) for one in (first, again)] == [
        ("admitted", False, iso(now.instant)),
        ("admitted", True, iso(now.instant)),
    ]


def test_minutes_end_with_the_hours_of_the_event(daily: Hub, now: FakeNow) -> None:
    told(daily, "in", 60)

    look(daily, now, MORNING)

    with daily.database.reading() as db:
        (came, went) = attendance.passages_of(db, CONF, [GUEST])[GUEST]
    assert (came.inward, went.inward, went.at) == (True, False, MORNING)


def test_two_processes_end_a_day_once(daily: Hub, now: FakeNow) -> None:
    told(daily, "in", 60)
    first, second = DayCloser(), DayCloser()
    now.instant = MORNING

    first.work(daily, MORNING)
    second.work(daily, MORNING)

    assert topics(daily).count("GuestLeft") == 1


def test_it_is_looked_once_a_minute(daily: Hub, now: FakeNow) -> None:
    closer = DayCloser()
    told(daily, "in", 60)
    before = MORNING - timedelta(seconds=30)
    now.instant = before
    assert closer.work(daily, before) == before + EVERY

    now.instant = MORNING
    closer.work(daily, MORNING)
    assert presence(daily)["inside"] == 1

    now.instant = before + EVERY
    closer.work(daily, before + EVERY)
    assert presence(daily)["inside"] == 0


def test_a_door_that_counts_the_whole_event_keeps_who_is_inside(seeded: Hub, now: FakeNow) -> None:
    now.instant = datetime(2021, 12, 2, 4, tzinfo=UTC)
    told(seeded, "in", 60)

    look(seeded, now, MORNING + timedelta(days=1))

    assert presence(seeded)["inside"] == 1


@pytest.mark.parametrize(
    ("language", "words"),
    [("ko", "퇴장(하루가 끝나 자동으로 처리)"), ("en", "Left (by the clock, at the end of the day)")],
)
def test_the_desk_says_that_the_clock_let_them_leave(
    daily: Hub, now: FakeNow, sign_in: SignIn, language: str, words: str
) -> None:
    told(daily, "in", 60)
    look(daily, now, MORNING)
    organiser: FlaskClient = sign_in(Role.ORGANISER)

    page = organiser.get(f"/c/{CONF}/desk/people/{GUEST}?lang={language}")

    assert words in page.text


def test_nothing_of_it_can_be_undone(daily: Hub, now: FakeNow, sign_in: SignIn) -> None:
    staff = sign_in(Role.STAFF)
    redeem(staff, "in", guest=GUEST)
    look(daily, now, MORNING)

    answer = staff.post(f"/api/v1/c/{CONF}/checkin/undo", json={"command_id": "undo", "scan_id": "in"})

    assert (answer.status_code, answer.get_json()["error"]["code"]) == (409, "moved_on")
