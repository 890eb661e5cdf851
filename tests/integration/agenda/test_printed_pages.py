"""What is printed of a plan: the programme for everybody, what changed of it, and the cue sheet for the team."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import pytest
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.conferences.places import Room
from conference_hub.core.actor import Actor
from conference_hub.core.text import Text
from conference_hub.places.actions import set_rooms
from conference_hub.web.hub import Hub
from tests import small_conference as small
from tests.integration.agenda.commanding import API, done
from tests.integration.conftest import SignIn
from tests.integration.kinds import ON_SQLITE
from tests.model_day import CONF

PAGES = f"/c/{CONF}"
NIGHT: dict[str, Any] = {
    "id": "night4wm8z",
    "segment": "closing",
    "title": {"ko": "뒤풀이 공연", "en": "Night show"},
    "planned_start": "2021-12-02T15:10:00.000Z",
    "planned_s": 1800,
    "notes": {"mc": "마지막 순서입니다."},
    "speakers": [{"name": "박차관", "role": "차관", "reads_for": "이장관"}],
}
TIDYING = {"id": "tidying4wm", "kind": "break", "title": {"ko": "장내 정리"}, "public": False}


@pytest.fixture
def organiser(seeded: Hub, sign_in: SignIn) -> FlaskClient:
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        set_rooms(write, [Room(id="grand8wm4z", title=Text(ko="대강당", en="Grand hall"))])
    return sign_in(Role.ORGANISER, name="김기획")


@pytest.fixture
def published(organiser: FlaskClient) -> FlaskClient:
    """The organiser after a night show was added and published, in a room, with a segment for the team alone."""
    lane = {"id": "hall", "title": {"ko": "현장", "en": "Hall"}, "room": "grand8wm4z"}
    hidden = {
        **NIGHT,
        "id": "check4wm8z",
        "segment": TIDYING["id"],
        "title": {"ko": "비밀 점검"},
        "notes": {},
    }
    edits = [
        {"op": "put_lane", "lane": lane},
        {"op": "put_cue", "lane": "hall", "cue": NIGHT},
        {"op": "put_segment", "segment": TIDYING},
        {"op": "put_cue", "lane": "hall", "cue": {**hidden, "fixed": False}},
    ]
    done(organiser, "plan/edit", revision=1, edits=edits)
    done(organiser, "plan/publish", revision=2, note={"ko": "공연이 생겼습니다."})
    return organiser


@pytest.mark.parametrize("path", ["/", "/programme"])
def test_programme_shows_rooms_speakers_and_the_day_after_midnight(
    published: FlaskClient, client: FlaskClient, path: str
) -> None:
    del published
    page = client.get(PAGES + path).text

    assert "뒤풀이 공연" in page
    assert "대강당" in page
    assert "이장관 (대독 차관 박차관)" in page
    assert "(+1일)" in page
    assert "비밀 점검" not in page
    assert "장내 정리" not in page


def test_changes_are_told_with_their_note(published: FlaskClient, client: FlaskClient) -> None:
    del published
    page = client.get(f"{PAGES}/programme/changes").text

    assert "공연이 생겼습니다." in page
    assert "뒤풀이 공연" in page
    assert "새로 생김" in page
    assert "비밀 점검" not in page
    assert "처음 공개한 일정입니다." in page
    assert f"{PAGES}/programme/changes" in client.get(f"{PAGES}/").text


def test_cue_sheet_has_all_lanes_and_departments_or_one(published: FlaskClient) -> None:
    whole = published.get(f"{PAGES}/desk/programme/cue-sheet").text
    sound = published.get(f"{PAGES}/desk/programme/cue-sheet?lane=hall&department=sound").text

    assert "마지막 순서입니다." in whole
    assert "비밀 점검" in whole
    assert whole.count('class="lane-sheet"') == 2
    assert "마지막 순서입니다." not in sound
    assert sound.count('class="lane-sheet"') == 1


def test_unknown_lane_shows_an_empty_sheet(organiser: FlaskClient) -> None:
    answer = organiser.get(f"{PAGES}/desk/programme/cue-sheet?lane=nowhere")

    assert answer.status_code == HTTPStatus.OK
    assert 'class="lane-sheet"' not in answer.text


@ON_SQLITE
def test_pages_of_a_conference_without_a_plan_say_so(hub: Hub, sign_in: SignIn) -> None:
    small.found(hub)
    browser = sign_in(Role.ORGANISER, conf=small.OTHER)

    for path in ("programme", "programme/changes"):
        assert "아직 진행 순서가 정해지지 않았습니다." in browser.get(f"/c/{small.OTHER}/{path}").text
    assert "아직 진행 구역이 없습니다." in browser.get(f"/c/{small.OTHER}/desk/programme/cue-sheet").text


def test_rest_of_the_plan_stays_with_the_team(published: FlaskClient, client: FlaskClient) -> None:
    del published

    assert client.get(f"{PAGES}/desk/programme/cue-sheet").status_code in {
        HTTPStatus.FOUND,
        HTTPStatus.UNAUTHORIZED,
    }
    assert client.get(f"{API}/plan/changes").status_code == HTTPStatus.UNAUTHORIZED
