"""A plan is published: everybody learns what it changed, and the calendar keeps what was cancelled."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar

from conference_hub.access.model import Role
from conference_hub.core.stream import Stream
from conference_hub.web.hub import Hub
from tests.integration.agenda.commanding import API, done, snapshot
from tests.integration.conftest import SignIn
from tests.law import Watch
from tests.model_day import CONF, FakeNow

NOTE = {"ko": "강사 사정으로 순서를 바꾸었습니다.", "en": "A speaker is ill."}


@pytest.fixture
def organiser(seeded: Hub, sign_in: SignIn) -> FlaskClient:
    del seeded
    return sign_in(Role.ORGANISER, name="김기획")


def without_performance(browser: FlaskClient) -> None:
    """Take the performance out of the plan, with its segment."""
    done(
        browser,
        "plan/edit",
        revision=1,
        edits=[{"op": "remove_cue", "id": "performance"}, {"op": "remove_segment", "id": "performance"}],
    )


def told(doc: Any) -> list[tuple[str, str]]:
    return [(one["kind"], one["id"]) for one in doc["changes"]]


def test_everybody_learns_what_a_version_changed(seeded: Hub, organiser: FlaskClient) -> None:
    watch = Watch(seeded, CONF)
    without_performance(organiser)
    assert told(organiser.get(f"{API}/plan/changes").get_json()) == [("cancelled", "performance")]
    watch.look()

    done(organiser, "plan/publish", revision=2, note=NOTE)

    watch.look()
    for stream in Stream:
        doc = snapshot(seeded, stream)["programme"]
        assert doc
        assert (doc["version"], doc["note"], told(doc), doc["more"]) == (
            2,
            NOTE,
            [("cancelled", "performance")],
            0,
        )
    assert organiser.get(f"{API}/plan/changes").get_json() == {"revision": 2, "changes": []}


def test_apply_tells_what_it_publishes(seeded: Hub, organiser: FlaskClient) -> None:
    watch = Watch(seeded, CONF)
    without_performance(organiser)

    done(organiser, "run/apply", revision=2)

    watch.look()
    assert told(snapshot(seeded, Stream.PUBLIC)["programme"]) == [("cancelled", "performance")]


def test_cancelled_segment_stays_in_the_calendar(organiser: FlaskClient, now: FakeNow) -> None:
    before = {
        one["UID"]: one for one in Calendar.from_ical(organiser.get(f"/c/{CONF}/agenda.ics").data).events
    }
    without_performance(organiser)
    now.forward(minutes=5)
    done(organiser, "plan/publish", revision=2)

    events = Calendar.from_ical(organiser.get(f"/c/{CONF}/agenda.ics").data).events

    assert {one["UID"] for one in events} == before.keys()
    gone = next(one for one in events if "performance" in str(one["UID"]))
    assert (gone["STATUS"], gone["SEQUENCE"], str(gone["SUMMARY"])[:5]) == ("CANCELLED", 1, "[취소] ")
    assert gone.start == before[gone["UID"]].start
    assert now.instant.replace(microsecond=0) == gone.LAST_MODIFIED
    assert {one["SEQUENCE"] for one in events if one is not gone} == {0}


def test_malformed_note_is_refused_by_its_field(organiser: FlaskClient) -> None:
    without_performance(organiser)
    body = {"command_id": "p1", "revision": 2, "note": {"ko": ""}}

    answer = organiser.post(f"{API}/plan/publish", json=body)

    assert (answer.status_code, answer.get_json()["error"]["field"]) == (422, "note")


@pytest.mark.parametrize("path", ["plan", "plan/findings", "plan/changes", "run/ways?lane=hall"])
def test_no_cache_keeps_what_only_the_team_may_read(organiser: FlaskClient, path: str) -> None:
    answer = organiser.get(f"{API}/{path}")

    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
