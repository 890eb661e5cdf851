"""What the public pages show of channels: the viewer's own first, and when the others open."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.conferences.place_store import all_channels
from conference_hub.conferences.places import opened
from conference_hub.core.actor import Actor
from conference_hub.places.actions import set_channels, set_rooms
from conference_hub.web.hub import Hub
from tests import small_conference as small
from tests.integration.conftest import SignIn
from tests.integration.kinds import ON_SQLITE
from tests.model_day import CONF, OPENING
from tests.small_conference import MARK, OTHER

pytestmark = ON_SQLITE

ROOM_WORDS = {"hall": "대강당", "annex": "별관"}


@pytest.fixture
def zoom_opens(seeded: Hub) -> Hub:
    """The model conference, whose metaverse is open and whose video meeting opens at the opening."""
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        hall, metaverse, zoom, youtube = all_channels(write.session, CONF)
        metaverse = opened(replace(metaverse, url="https://meta.example.com"), write.at)
        zoom = replace(zoom, url="https://zoom.example.com", opens_at=OPENING)
        set_channels(write, (hall, metaverse, zoom, youtube))
    return seeded


def order_of(page: str) -> list[str]:
    names = {
        "현장": "hall",
        "메타버스 (Engage)": "metaverse",
        "화상회의 (Zoom)": "zoom",
        "생중계 (유튜브 Live)": "youtube",
    }
    found = {page.find(f"<dt>{words}"): name for words, name in names.items()}
    return [found[place] for place in sorted(found)]


def test_overview_says_when_a_channel_opens(zoom_opens: Hub, client: FlaskClient) -> None:
    page = client.get(f"/c/{CONF}/?lang=ko").text

    assert "2021년 12월 2일 (목) 09:20에 공개됩니다" in page
    assert ("https://meta.example.com" in page, "https://zoom.example.com" in page) == (True, False)
    assert order_of(page) == ["hall", "metaverse", "zoom", "youtube"]


def test_guest_finds_their_own_channel_first(zoom_opens: Hub, sign_in: SignIn) -> None:
    guest = sign_in(Role.ATTENDEE, guest_id="guest-088")
    guest.post(f"/c/{CONF}/me/mode", data={"mode": "zoom"})

    assert order_of(guest.get(f"/c/{CONF}/?lang=ko").text) == ["zoom", "hall", "metaverse", "youtube"]
    assert '"own": "meeting"' in guest.get(f"/c/{CONF}/live?lang=ko").text


def test_live_page_loads_no_video_by_itself(zoom_opens: Hub, client: FlaskClient) -> None:
    page = client.get(f"/c/{CONF}/live?lang=ko").text

    assert ("<iframe" in page, 'class="player needs-script" hidden' in page) == (False, True)
    assert 'href="https://meta.example.com">메타버스 (Engage) 참여하기' in page


def test_overview_and_calendar_name_the_rooms_of_each_part(hub: Hub, client: FlaskClient) -> None:
    small.found(hub)
    content = small.plan()
    content["lanes"][0]["room"] = "hall"
    content["segments"][2]["room"] = "annex"
    with hub.journal.writing(OTHER, actor=Actor.system("test")) as write:
        set_rooms(write, small.rooms())
        small.lay_plan(write, content)

    page = client.get(f"/c/{OTHER}/?lang=ko").text
    calendar = client.get(f"/c/{OTHER}/agenda.ics").text.replace("\r\n ", "")

    rooms = {name: page.count(f'data-room="{name}">{MARK} {words}<') for name, words in ROOM_WORDS.items()}
    places = [line for line in calendar.splitlines() if line.startswith("LOCATION")]
    assert rooms == {"hall": 2, "annex": 1}
    assert [[words in place for words in ROOM_WORDS.values()] for place in places] == [
        [True, False],
        [True, False],
        [False, True],
    ]
