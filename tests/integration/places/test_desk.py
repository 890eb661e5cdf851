"""The desk's forms of rooms, channels and videos: what they change and refuse; what was typed is never lost."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.conferences.place_store import all_channels, all_rooms
from conference_hub.conferences.places import Channel, Room, Video, VideoKind
from conference_hub.core.text import Text
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.integration.kinds import ON_SQLITE
from tests.model_day import CONF, FakeNow

pytestmark = ON_SQLITE

PLACES = f"/c/{CONF}/desk/conference/places"
LINK = "https://meet.example.com/secret-room"
PLAYER = "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"


@pytest.fixture
def desk(seeded: Hub, sign_in: SignIn) -> FlaskClient:
    """An organiser's browser that asks for pages in Korean."""
    browser = sign_in(Role.ORGANISER, name="김주최")
    browser.get(f"{PLACES}?lang=ko")
    return browser


@pytest.fixture
def public(desk: FlaskClient, client: FlaskClient) -> FlaskClient:
    return client


def rooms(hub: Hub) -> tuple[Room, ...]:
    """Return the rooms that were added to the model conference's own, the first one."""
    with hub.database.reading() as db:
        return all_rooms(db, CONF)[1:]


def channels(hub: Hub) -> dict[str, Channel]:
    with hub.database.reading() as db:
        return {channel.id: channel for channel in all_channels(db, CONF)}


def sent(browser: FlaskClient, path: str, **fields: str) -> tuple[int, str]:
    seen = seen_in(browser.get(f"{PLACES}/{path}").text)
    answer = browser.post(f"{PLACES}/{path}", data={**({"seen": seen} if seen else {}), **fields})
    return answer.status_code, answer.text


def add_room(browser: FlaskClient, **fields: str) -> None:
    assert sent(browser, "rooms/new", **fields)[0] == 302


def seen_in(page: str) -> str:
    return page.partition('name="seen" value="')[2].partition('"')[0]


def test_rooms_are_added_changed_moved_and_removed(seeded: Hub, desk: FlaskClient) -> None:
    add_room(desk, title_ko="오키드룸", title_en="Orchid Room", note_ko="2층", capacity="300")
    add_room(desk, title_ko="회의실")
    first, second = rooms(seeded)
    assert (first.title, first.note, first.capacity) == (
        Text(ko="오키드룸", en="Orchid Room"), Text(ko="2층"), 300,
    )  # fmt: skip

    assert sent(desk, f"rooms/{second.id}", title_ko="회의실 201")[0] == 302
    assert sent(desk, f"rooms/{second.id}/move", to="up")[0] == 302
    assert [room.title.ko for room in rooms(seeded)] == ["회의실 201", "오키드룸"]

    assert sent(desk, f"rooms/{first.id}/remove")[0] == 302
    assert [room.id for room in rooms(seeded)] == [second.id]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"title_en": "Hall"}, "꼭 필요한 항목입니다."),
        ({"title_ko": "홀", "capacity": "many"}, "0 이상의 정수여야 합니다"),
        ({"title_ko": "홀", "capacity": "0"}, "1 이상"),
    ],
)
def test_refused_room_keeps_what_was_typed(
    seeded: Hub, desk: FlaskClient, fields: dict[str, str], words: str
) -> None:
    status, page = sent(desk, "rooms/new", **fields)

    assert (status, words in page, rooms(seeded)) == (422, True, ())
    assert all(f'value="{typed}"' in page for typed in fields.values())


@pytest.mark.parametrize(
    "address", ["https://kim:secret@meet.example.com/1", "https://kim@meet.example.com/1"]
)
def test_link_with_a_password_in_it_is_refused(seeded: Hub, desk: FlaskClient, address: str) -> None:
    before = channels(seeded)

    status, page = sent(desk, "channels/new", kind="broadcast", title_ko="중계", url=address)

    assert (status, "아이디와 비밀번호(@ 앞부분)를 빼 주세요." in page, channels(seeded)) == (
        422,
        True,
        before,
    )


def test_room_that_somebody_else_changed_is_shown_as_it_is_now(
    seeded: Hub, desk: FlaskClient, sign_in: SignIn
) -> None:
    add_room(desk, title_ko="홀")
    (room,) = rooms(seeded)
    form = desk.get(f"{PLACES}/rooms/{room.id}").text
    other = sign_in(Role.ORGANISER, name="박주최")
    sent(other, f"rooms/{room.id}", title_ko="박주최의 홀")

    status, page = sent(desk, f"rooms/{room.id}", title_ko="나의 홀", seen=seen_in(form))

    assert (status, "박주최 님이 먼저" in page, "박주최의 홀" in page) == (409, True, True)
    assert 'value="나의 홀"' in page
    assert rooms(seeded)[0].title.ko == "박주최의 홀"
    assert sent(desk, f"rooms/{room.id}", title_ko="나의 홀", seen=seen_in(page))[0] == 302
    assert rooms(seeded)[0].title.ko == "나의 홀"


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("channels/zoom", {"kind": "meeting", "title_ko": "회의"}),
        ("rooms/{room}", {"title_ko": "회의"}),
    ],
)
def test_edit_that_does_not_say_what_it_saw_is_refused(
    seeded: Hub, desk: FlaskClient, path: str, fields: dict[str, str]
) -> None:
    add_room(desk, title_ko="홀")
    before = rooms(seeded), channels(seeded)

    answer = desk.post(f"{PLACES}/{path.format(room=before[0][0].id)}", data=fields)

    assert (answer.status_code, "꼭 필요한 항목입니다." in answer.text) == (422, True)
    assert (rooms(seeded), channels(seeded)) == before


def test_room_in_use_is_not_removed_and_the_page_says_why(seeded: Hub, desk: FlaskClient) -> None:
    add_room(desk, title_ko="홀")
    (room,) = rooms(seeded)
    seeded.room_uses.append(lambda _db, _conf: {room.id: [Text.of("개회식")]})

    status, page = sent(desk, f"rooms/{room.id}/remove")

    assert (status, "삭제할 수 없습니다: 개회식" in page, rooms(seeded)) == (409, True, (room,))


def test_link_is_kept_from_the_public_until_somebody_opens_it(
    seeded: Hub, desk: FlaskClient, public: FlaskClient
) -> None:
    pages = (f"/c/{CONF}/", f"/api/v1/c/{CONF}/state?stream=public")

    def shown() -> list[bool]:
        return [LINK in public.get(page).text for page in pages]

    assert sent(desk, "channels/zoom", kind="meeting", title_ko="화상회의", url=LINK)[0] == 302
    assert shown() == [False, False]

    assert sent(desk, "channels/zoom/open")[0] == 302
    assert shown() == [True, True]

    assert sent(desk, "channels/zoom/close")[0] == 302
    assert shown() == [False, False]


def test_time_to_open_is_that_of_the_conference(seeded: Hub, desk: FlaskClient, now: FakeNow) -> None:
    fields = {"kind": "meeting", "title_ko": "화상회의", "url": LINK}

    assert sent(desk, "channels/zoom", **fields, opens_at="2021-12-02T09:10")[0] == 302
    zoom = channels(seeded)["zoom"]
    assert (zoom.opens_at, zoom.is_open) == (datetime(2021, 12, 2, 0, 10, tzinfo=UTC), False)

    assert sent(desk, "channels/zoom", **fields, opens_at="2021-12-02T08:00")[0] == 302
    assert channels(seeded)["zoom"].opened_at == now()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"url": "javascript:alert(1)"}, "https://로 시작하는 주소"),
        ({"url": "meet.example.com"}, "https://로 시작하는 주소"),
        ({"url": "https://a b.example.com/"}, "https://로 시작하는 주소"),
        ({"opens_at": "tomorrow"}, "시각은"),
        ({"kind": "nonsense"}, "aria-invalid"),
    ],
)
def test_refused_channel_says_what_is_wrong(desk: FlaskClient, fields: dict[str, str], words: str) -> None:
    status, page = sent(desk, "channels/new", **{"kind": "other", "title_ko": "경로", **fields})

    assert (status, words in page) == (422, True)


def test_channels_are_added_moved_and_removed(seeded: Hub, desk: FlaskClient) -> None:
    assert sent(desk, "channels/new", kind="other", title_ko="라디오", url=LINK)[0] == 302
    added = list(channels(seeded).values())[-1]
    assert (added.title.ko, added.url, added.is_open) == ("라디오", LINK, False)

    sent(desk, f"channels/{added.id}/move", to="up")
    assert list(channels(seeded)) == ["hall", "metaverse", "zoom", added.id, "youtube"]

    sent(desk, f"channels/{added.id}/remove")
    assert list(channels(seeded)) == ["hall", "metaverse", "zoom", "youtube"]


def test_channel_keeps_its_captions_and_delay(seeded: Hub, desk: FlaskClient) -> None:
    fields = {"kind": "broadcast", "title_ko": "생중계", "captions_url": "https://captions.example.com/all"}
    assert sent(desk, "channels/youtube", **fields, delay_s="12.5")[0] == 302
    youtube = channels(seeded)["youtube"]
    assert (youtube.captions_url, youtube.delay_ms) == (fields["captions_url"], 12_500)
    assert "현장보다 12.5초 늦음" in desk.get(PLACES).text
    assert 'value="12.5"' in desk.get(f"{PLACES}/channels/youtube").text

    assert sent(desk, "channels/youtube", **fields, delay_s="")[0] == 302
    assert channels(seeded)["youtube"].delay_ms == 0


@pytest.mark.parametrize("typed", ["60.1", "1.25", "-1", "곧"])
def test_delay_that_is_no_number_of_tenths_is_refused_and_kept(
    seeded: Hub, desk: FlaskClient, typed: str
) -> None:
    status, page = sent(desk, "channels/youtube", kind="broadcast", title_ko="생중계", delay_s=typed)

    assert (status, "소수점 아래 한 자리로 적어 주세요." in page) == (422, True)
    assert f'value="{typed}"' in page
    assert channels(seeded)["youtube"].delay_ms == 0


def test_captions_are_public_only_while_the_channel_is_open(
    seeded: Hub, desk: FlaskClient, public: FlaskClient
) -> None:
    captions = "https://captions.example.com/secret"
    sent(desk, "channels/youtube", kind="broadcast", title_ko="생중계", captions_url=captions)
    state = f"/api/v1/c/{CONF}/state"
    assert captions not in public.get(state).text

    sent(desk, "channels/youtube/open")
    assert public.get(state).json["snapshot"]["channel/youtube"]["captions_url"] == captions  # type: ignore[index]

    sent(desk, "channels/youtube/close")
    assert captions not in public.get(state).text
    assert captions not in public.get(f"{state}?after=0").text


def test_videos_are_kept_as_players_in_order(seeded: Hub, desk: FlaskClient) -> None:
    videos = "channels/youtube/videos"
    page = {"language": "ko", "url": "https://www.youtube.com/watch?v=dQw4w9WgXcQ"}
    assert sent(desk, f"{videos}/new", kind="main", **page)[0] == 302
    assert sent(desk, f"{videos}/new", kind="sign", language="ko", url="https://vimeo.com/76979871")[0] == 302
    main, sign = channels(seeded)["youtube"].videos
    assert main == Video(id=main.id, kind=VideoKind.MAIN, language="ko", url=PLAYER)
    assert sign.url == "https://player.vimeo.com/video/76979871"

    captions = "https://captions.example.com/1"
    sent(desk, f"{videos}/{main.id}", kind="main", **page, captions_url=captions)
    sent(desk, f"{videos}/{sign.id}/move", to="up")
    assert [(v.id, v.captions_url) for v in channels(seeded)["youtube"].videos] == [
        (sign.id, None), (main.id, captions),
    ]  # fmt: skip

    again, same = (
        sent(desk, f"{videos}/new", kind="main", **page),
        "이 참여 경로에 같은 영상이 이미 있습니다.",
    )
    assert (again[0], same in again[1]) == (422, True)

    sent(desk, f"{videos}/{sign.id}/remove")
    assert [video.id for video in channels(seeded)["youtube"].videos] == [main.id]


def test_video_of_another_host_is_refused_with_those_that_are_allowed(seeded: Hub, desk: FlaskClient) -> None:
    status, page = sent(
        desk, "channels/youtube/videos/new", kind="main", language="ko", url="https://video.example.com/1"
    )

    words = "넣을 수 있는 곳: www.youtube-nocookie.com, player.vimeo.com"
    assert (status, words in page, channels(seeded)["youtube"].videos) == (422, True, ())


@pytest.mark.parametrize(
    "path",
    ["rooms/none", "channels/none", "channels/none/videos/new", "channels/youtube/videos/none"],
)
def test_what_is_not_there_is_not_found(desk: FlaskClient, path: str) -> None:
    assert desk.get(f"{PLACES}/{path}").status_code == 404


def test_pages_may_frame_the_configured_hosts_only(public: FlaskClient) -> None:
    policy: Any = public.get(f"/c/{CONF}/live").headers["Content-Security-Policy"]

    assert "frame-src https://www.youtube-nocookie.com https://player.vimeo.com;" in policy


def test_form_sent_after_the_session_ended_leads_to_the_sign_in_and_back(
    seeded: Hub, client: FlaskClient
) -> None:
    page = f"{PLACES}/rooms/new"

    own = client.post(page, data={"title_ko": "홀"}, headers={"Referer": f"http://localhost{PLACES}"})
    foreign = client.post(page, data={"title_ko": "홀"}, headers={"Referer": "https://elsewhere.example/x"})

    assert (own.status_code, f'href="/sign-in?next={PLACES}"' in own.text) == (401, True)
    assert (foreign.status_code, f'href="/sign-in?next={page}"' in foreign.text) == (401, True)
