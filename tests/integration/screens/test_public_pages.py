"""The public pages through the real application: what they say, to whom, and what they must not contain."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar

from conference_hub.access.model import Role
from conference_hub.awards.calls import groups
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.judges.libical import complaints
from tests.model_day import CONF

SEED = Path(__file__).parents[3] / "seed" / f"{CONF}.json"
PUBLIC = ["", "live", "results", "follow-up", "screen/stage?lane=hall", "screen/stage?lane=metaverse"]


def page(client: FlaskClient, path: str, lang: str = "ko") -> str:
    answer = client.get(f"/c/{CONF}/{path}", headers={"Accept-Language": lang})
    assert answer.status_code == 200, answer.text
    return answer.text


@pytest.mark.parametrize("path", PUBLIC)
def test_no_public_page_holds_the_name_of_a_recipient(seeded: Hub, client: FlaskClient, path: str) -> None:
    names = {award.get("recipient") for award in json.loads(SEED.read_text(encoding="utf-8"))["awards"]} - {
        None
    }

    found = page(client, path)

    assert len(names) > 50
    assert [name for name in names if name in found] == []


def test_conference_page_shows_title_date_and_venue(seeded: Hub, client: FlaskClient) -> None:
    found = page(client, "")

    for words in (
        "2021년도 국민취업지원제도 우수사례 콘퍼런스",
        "2021년 12월 2일 (목)",
        "웨스틴조선호텔 그랜드볼룸 (서울 중구)",
        "시상 ② 업무 우수자 &lt;센터 개인, 단체&gt;",
        "국민취업지원제도 우수사례 비대면 콘퍼런스 7회",
    ):
        assert words in found


def test_a_channel_without_an_address_is_no_link(seeded: Hub, client: FlaskClient) -> None:
    assert "참여하기" not in page(client, "")
    assert "<iframe" not in page(client, "live")


def test_conference_page_links_guests_to_their_badge(seeded: Hub, sign_in: SignIn) -> None:
    assert "내 페이지에서 명찰 보기" in page(sign_in(Role.ATTENDEE, guest_id="guest-001"), "")


def test_follow_up_page_tells_strangers_how_to_sign_up(seeded: Hub, client: FlaskClient) -> None:
    found = page(client, "follow-up")

    assert "신청은 등록한 참석자만 할 수 있습니다" in found
    assert "/sign-up" not in found


def test_guest_signs_up_and_withdraws_on_the_page(seeded: Hub, sign_in: SignIn) -> None:
    guest = sign_in(Role.ATTENDEE, guest_id="guest-001")
    before = page(guest, "follow-up")
    guest.post(f"/c/{CONF}/follow-up/session-1/sign-up", data={"action": "take"})
    after = page(guest, "follow-up")

    assert (before.count('value="take"'), before.count('value="give-up"')) == (7, 0)
    assert (after.count('value="take"'), after.count('value="give-up"')) == (6, 1)
    assert ("/cal/" in before, "/cal/" in after) == (False, True)


def test_the_agenda_is_a_calendar_that_libical_accepts(seeded: Hub, client: FlaskClient) -> None:
    answer = client.get(f"/c/{CONF}/agenda.ics", headers={"Accept-Language": "en"})

    summaries = [str(event["SUMMARY"]) for event in Calendar.from_ical(answer.data).walk("VEVENT")]
    assert complaints(answer.data) == []
    assert [summaries[0], len(summaries)] == ["Opening", 5]


def test_the_agenda_changes_only_when_the_plan_does(seeded: Hub, client: FlaskClient) -> None:
    first = client.get(f"/c/{CONF}/agenda.ics")

    again = client.get(f"/c/{CONF}/agenda.ics", headers={"If-None-Match": first.headers["ETag"]})

    assert again.status_code == 304


def test_the_stage_of_an_unknown_lane_is_not_found(seeded: Hub, client: FlaskClient) -> None:
    assert client.get(f"/c/{CONF}/screen/stage?lane=roof").status_code == 404


@pytest.mark.parametrize(("role", "status"), [(Role.EMCEE, 200), (Role.ORGANISER, 200), (Role.STAFF, 403)])
def test_the_emcee_screen_opens_for_the_emcee(seeded: Hub, sign_in: SignIn, role: Role, status: int) -> None:
    assert sign_in(role).get(f"/c/{CONF}/screen/emcee").status_code == status


@pytest.mark.parametrize("screen", ["backstage", "cue-sheet"])
@pytest.mark.parametrize(
    ("role", "status"), [(Role.EMCEE, 200), (Role.OPERATOR, 200), (Role.STAFF, 403), (Role.ATTENDEE, 403)]
)
def test_the_screens_of_the_stage_crew_open_for_those_at_the_stage(
    seeded: Hub, sign_in: SignIn, screen: str, role: Role, status: int
) -> None:
    assert sign_in(role).get(f"/c/{CONF}/screen/{screen}?lane=hall").status_code == status


def test_backstage_knows_the_groups_of_those_who_come_to_the_stage(seeded: Hub) -> None:
    with seeded.database.reading() as db:
        known = groups(db, CONF)

    assert known["guest-001"] == {"ko": "수상자", "en": "Award recipient"}


def test_a_stranger_who_asks_for_the_emcee_screen_is_led_to_the_sign_in(
    seeded: Hub, client: FlaskClient
) -> None:
    answer = client.get(f"/c/{CONF}/screen/emcee")

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/sign-in?next=")


def test_wrong_password_shows_an_error_and_keeps_the_login(seeded: Hub, client: FlaskClient) -> None:
    answer = client.post("/sign-in", data={"login": "minji", "password": "wrong"})

    assert answer.status_code == 401
    assert 'role="alert"' in answer.text
    assert 'value="minji"' in answer.text


def test_used_link_shows_an_error(seeded: Hub, client: FlaskClient) -> None:
    answer = client.post("/link", data={"secret": "used-up"})

    assert (answer.status_code, 'role="alert"' in answer.text) == (401, True)
