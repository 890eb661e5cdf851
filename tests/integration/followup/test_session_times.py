"""Times of sessions that need a second look: no length, and the past."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.followup import store
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.integration.kinds import ON_SQLITE
from tests.model_day import CONF

pytestmark = ON_SQLITE

DESK = f"/c/{CONF}/desk/follow-up"
MOVE = f"/api/v1/c/{CONF}/follow-up/session-1/reschedule"
FORM = {"title_ko": "지난 세션", "cases_ko": "사례 하나", "speakers": "김연사", "capacity": "7"}
OVER = {"starts_at": "2021-11-30T14:00", "ends_at": "2021-11-30T15:00"}


@pytest.fixture
def organiser(seeded: Hub, sign_in: SignIn) -> FlaskClient:
    assert seeded is not None
    return sign_in(Role.ORGANISER)


def titles(hub: Hub) -> list[str]:
    with hub.database.reading() as db:
        return [one.title.ko for one in store.all_sessions(db, CONF)]


@pytest.mark.parametrize("end", ["2021-12-07T14:00:00", "2021-12-07T14:00:59.9", "2021-12-07T13:59:00"])
def test_end_that_is_shown_as_the_start_is_refused(organiser: FlaskClient, end: str) -> None:
    body = {"command_id": "m1", "starts_at": "2021-12-07T14:00:00+09:00", "ends_at": f"{end}+09:00"}

    answer = organiser.post(MOVE, json=body)

    assert (answer.status_code, answer.get_json()["error"]["code"]) == (422, "invalid")
    assert answer.get_json()["error"]["field"] == "ends_at"


def test_desk_asks_about_a_start_that_is_over_and_keeps_what_was_typed(
    organiser: FlaskClient, seeded: Hub
) -> None:
    asked = organiser.post(f"{DESK}/new", data={**FORM, **OVER})
    assert (asked.status_code, "시작 시각이 이미 지났습니다." in asked.text) == (422, True)
    for typed in ("지난 세션", "사례 하나", "김연사", 'value="7"', OVER["starts_at"]):
        assert typed in asked.text
    assert 'name="past"' in asked.text
    assert "지난 세션" not in titles(seeded)

    answer = organiser.post(f"{DESK}/new", data={**FORM, **OVER, "past": "on"})

    assert (answer.status_code, "지난 세션" in titles(seeded)) == (302, True)
    assert 'name="past"' not in organiser.get(answer.location).text


def test_other_words_of_a_session_that_began_are_changed_without_a_question(
    organiser: FlaskClient, seeded: Hub
) -> None:
    where = organiser.post(f"{DESK}/new", data={**FORM, **OVER, "past": "on"}).location
    seen = organiser.get(where).text.partition('name="seen" value="')[2].partition('"')[0]

    answer = organiser.post(where, data={**FORM, **OVER, "title_ko": "끝난 세션", "seen": seen})

    assert (answer.status_code, "끝난 세션" in titles(seeded)) == (302, True)


def test_script_is_asked_about_a_start_that_is_over(organiser: FlaskClient) -> None:
    body = {"starts_at": "2021-11-30T14:00:00+09:00", "ends_at": "2021-11-30T15:00:00+09:00"}

    refused = organiser.post(MOVE, json={"command_id": "m1", **body})
    moved = organiser.post(MOVE, json={"command_id": "m2", **body, "past": True})

    assert (refused.status_code, refused.get_json()["error"]["code"]) == (409, "past")
    assert (moved.status_code, moved.get_json()["sequence"]) == (200, 1)
