"""Organisers prepare online sessions on the desk and in files; guests see links and materials in time."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.core.actor import Actor
from conference_hub.core.now import parse_iso
from conference_hub.core.stream import Stream
from conference_hub.core.text import Text
from conference_hub.exchange.cells import Context
from conference_hub.exchange.diff import Change, Changes
from conference_hub.exchange.part import Part, Proposal
from conference_hub.followup import own_calendar_store, store
from conference_hub.followup.exchange import (
    MaterialItem,
    SessionRecord,
    SessionsPart,
    SpeakerItem,
)
from conference_hub.followup.model import Material, OnlineSession, SessionStatus, Speaker
from conference_hub.followup.series_exchange import SeriesPart, SeriesRecord
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.integration.kinds import ON_SQLITE
from tests.integration.languages import speak
from tests.law import Watch
from tests.model_day import CONF, FakeNow

pytestmark = ON_SQLITE
DESK, PAGE = f"/c/{CONF}/desk/follow-up", f"/c/{CONF}/follow-up"
SESSION = {
    "title_ko": "웨비나 1회",
    "starts_at": "2021-12-07T14:00",
    "ends_at": "2021-12-07T15:00",
    "speakers": "홍길동 | 상담사\n김영희",
    "capacity": "1",
    "waits": "on",
    "url": "https://meet.example.com/secret",
    "link_opens_at": "2021-12-07T13:50",
    "materials": "발표 자료 | https://example.com/slides | 2021-12-07 16:00",
}


@pytest.fixture
def desk(sign_in: SignIn, seeded: Hub) -> FlaskClient:
    assert seeded is not None
    return sign_in(Role.ORGANISER)


def seen(desk: FlaskClient, path: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', desk.get(path).text)
    assert found is not None
    return found[1]


def made(desk: FlaskClient, **changes: str) -> str:
    answer = desk.post(f"{DESK}/new", data={**SESSION, **changes})
    assert answer.status_code == 302, answer.text
    return answer.location or ""


def announced(desk: FlaskClient, **changes: str) -> str:
    path = made(desk, **changes)
    assert desk.post(f"{path}/announce", data={"seen": seen(desk, path)}).status_code == 302
    return path


def stored(hub: Hub, path: str) -> OnlineSession:
    with hub.database.reading() as db:
        return store.get_session(db, CONF, path.rpartition("/")[2])


def snapshot(hub: Hub, path: str) -> Any:
    with hub.database.reading() as db:
        return hub.snapshot(db, CONF, Stream.PUBLIC).get(f"session/{path.rpartition('/')[2]}")


def test_draft_is_known_to_organisers_only_until_it_is_announced(
    desk: FlaskClient, client: FlaskClient, seeded: Hub
) -> None:
    watch, path = Watch(seeded, CONF), made(desk)

    watch.look()
    online = stored(seeded, path)
    assert (online.speakers, online.materials) == (
        (Speaker(name="홍길동", role="상담사"), Speaker(name="김영희")),
        (
            Material(
                title="발표 자료",
                url="https://example.com/slides",
                public_from=parse_iso("2021-12-07T16:00:00+09:00"),
            ),
        ),
    )
    public = [client.get(page).text for page in (PAGE, f"{PAGE}.ics", f"/c/{CONF}/")]
    assert [("웨비나 1회" in text, snapshot(seeded, path)) for text in public] == [(False, None)] * 3
    assert client.get(f"{PAGE}/{online.id}.ics").status_code == 404

    assert desk.post(f"{path}/announce", data={"seen": seen(desk, path)}).status_code == 302
    watch.look()
    assert ["웨비나 1회" in client.get(page).text for page in (PAGE, f"/c/{CONF}/")] == [True, True]
    assert snapshot(seeded, path)["speakers"][0] == {"name": "홍길동", "role": "상담사"}


def test_who_has_a_seat_can_join_from_its_time_on_and_materials_are_for_all(
    desk: FlaskClient, app: Flask, sign_in: SignIn, now: FakeNow, seeded: Hub
) -> None:
    path = announced(desk)
    session_id = path.rpartition("/")[2]
    first, second = (sign_in(Role.ATTENDEE, guest_id=one) for one in ("guest-088", "guest-089"))
    for guest in (first, second):
        guest.post(f"{PAGE}/{session_id}/sign-up", data={"action": "take"})

    def pages() -> list[tuple[bool, bool]]:
        texts = [browser.get(PAGE).text for browser in (app.test_client(), first, second)]
        assert not any("meet.example.com" in text for text in texts)
        return [(f"{session_id}/join" in text, "example.com/slides" in text) for text in texts]

    assert pages() == [(False, False)] * 3
    assert "대기 1번째" in second.get(PAGE).text
    assert (snapshot(seeded, path)["taken"], snapshot(seeded, path)["waiting"]) == (1, 1)
    now.instant = parse_iso("2021-12-07T13:50:00+09:00")
    assert pages() == [(False, False), (True, False), (False, False)]
    with seeded.database.reading() as db:
        token = own_calendar_store.find_calendar_token(db, CONF, "guest-088")
        waiting = own_calendar_store.find_calendar_token(db, CONF, "guest-089")
    calendars = [app.test_client().get(f"/cal/{one}.ics").text for one in (token, waiting)]
    assert [(session_id in text, "secret" in text) for text in calendars] == [(True, False), (False, False)]

    first.post(f"{PAGE}/{session_id}/sign-up", data={"action": "give-up"})
    assert pages()[2] == (True, False)
    now.instant += timedelta(hours=3)
    assert [materials for _, materials in pages()] == [True] * 3


def test_mended_title_and_moved_time_are_told_to_calendars_as_such(desk: FlaskClient, seeded: Hub) -> None:
    watch, path = Watch(seeded, CONF), announced(desk)

    desk.post(path, data={**SESSION, "title_ko": "고친 제목", "seen": seen(desk, path)})
    mended = stored(seeded, path)
    desk.post(
        path,
        data={**SESSION, "title_ko": "고친 제목", "ends_at": "2021-12-07T16:00", "seen": seen(desk, path)},
    )

    assert [mended.sequence, stored(seeded, path).sequence] == [0, 1]
    topics = [entry.topic for entry in watch.look() if entry.stream is Stream.OPERATOR]
    assert topics == ["SessionPrepared", "SessionAnnounced", "SessionEdited", "SessionRescheduled"]


def test_announced_session_is_cancelled_and_a_draft_removed(desk: FlaskClient, seeded: Hub) -> None:
    path, draft = announced(desk), made(desk, title_ko="초안")

    assert desk.post(f"{path}/remove", data={"seen": seen(desk, path)}).status_code == 409
    assert desk.post(f"{path}/cancel", data={"seen": seen(desk, path)}).status_code == 302
    assert desk.post(f"{draft}/cancel", data={"seen": seen(desk, draft)}).status_code == 404
    assert desk.post(f"{draft}/remove", data={"seen": seen(desk, draft)}).location == DESK
    assert stored(seeded, path).status is SessionStatus.CANCELLED
    assert desk.get(draft).status_code == 404


def test_form_from_before_anothers_change_is_refused(desk: FlaskClient, seeded: Hub) -> None:
    path = made(desk)
    old = seen(desk, path)
    desk.post(path, data={**SESSION, "title_ko": "먼저 고친 제목", "seen": old})

    answer = desk.post(path, data={**SESSION, "title_ko": "나중 제목", "seen": old})

    assert answer.status_code == 409
    assert all(words in answer.text for words in ("바꾸었습니다", "먼저 고친 제목", "나중 제목"))
    assert stored(seeded, path).title == Text(ko="먼저 고친 제목")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title_ko", ""),
        ("ends_at", "2021-12-07T14:00"),
        ("starts_at", "soon"),
        ("url", "javascript:alert(1)"),
        ("speakers", "a | b | c"),
        ("materials", "자료"),
        ("materials", "자료 | https://example.com | 내일"),
        ("capacity", "0"),
        ("series", "none"),
    ],
)
def test_unusable_session_is_shown_again_with_what_was_typed(
    desk: FlaskClient, field: str, value: str
) -> None:
    answer = desk.post(f"{DESK}/new", data={**SESSION, "host_ko": "적은 진행", field: value})

    assert (answer.status_code, "field-error" in answer.text, "적은 진행" in answer.text) == (422, True, True)


def test_sessions_are_copied_weekly_and_grouped_in_series(desk: FlaskClient, seeded: Hub) -> None:
    desk.post(f"{DESK}/series/new", data={"title_ko": "겨울 웨비나"})
    with seeded.database.reading() as db:
        _, series = store.all_series(db, CONF).values()
    path = announced(desk, series=series.id)

    assert desk.post(f"{path}/copy", data={"times": "2"}).location == DESK
    with seeded.database.reading() as db:
        own = [one for one in store.all_sessions(db, CONF) if one.series_id == series.id]
    assert [(one.title.ko, one.is_draft) for one in own] == [
        ("웨비나 1회", False),
        ("웨비나 2회", True),
        ("웨비나 3회", True),
    ]
    assert "이 시리즈에 같은 제목" in desk.post(f"{DESK}/new", data={**SESSION, "series": series.id}).text
    at = f"{DESK}/series/{series.id}"
    assert desk.post(f"{at}/remove", data={"seen": seen(desk, at)}).status_code == 409
    assert desk.post(at, data={"title_ko": "봄 웨비나", "seen": seen(desk, at)}).status_code == 302
    assert snapshot(seeded, path)["series"]["title"] == {"ko": "봄 웨비나", "en": ""}


@pytest.mark.parametrize("path", ["new", "series/new"])
def test_a_title_that_is_taken_is_said_at_its_field_when_the_conference_is_in_english_only(
    desk: FlaskClient, seeded: Hub, path: str
) -> None:
    speak(seeded, "en")
    sent = {name: value for name, value in SESSION.items() if name != "title_ko"} if path == "new" else {}

    assert desk.post(f"{DESK}/{path}", data={**sent, "title_en": "Webinar"}).status_code == 302
    again = desk.post(f"{DESK}/{path}", data={**sent, "title_en": "Webinar"})

    assert (again.status_code, 'id="title_en-error"' in again.text) == (422, True)


def test_guests_are_signed_up_and_taken_off_by_hand(desk: FlaskClient) -> None:
    path = announced(desk)

    assert desk.post(f"{path}/sign-ups", data={"guest": "maru.913@example.com"}).status_code == 302
    assert desk.post(f"{path}/sign-ups", data={"guest": "nobody@example.com"}).status_code == 422
    assert "guest-088/remove" in desk.get(f"{path}/sign-ups?page=9").text
    assert desk.post(f"{path}/sign-ups/guest-088/remove").status_code == 302
    assert "guest-088/remove" not in desk.get(f"{path}/sign-ups").text


CONTEXT = Context(languages=("ko", "en"), zone=ZoneInfo("Asia/Seoul"), day=date(2021, 12, 2))
SERIES, SESSIONS = SeriesPart(), SessionsPart()
WINTER = SeriesRecord(title=Text(ko="겨울", en="Winter"), description=Text(ko="설명"))
WEBINAR = SessionRecord(
    series="겨울",
    title=Text(ko="웨비나"),
    starts_at=parse_iso("2021-12-20T14:00:00+09:00"),
    ends_at=parse_iso("2021-12-20T15:00:00+09:00"),
    speakers=(SpeakerItem(name="홍길동", role="상담사"),),
    materials=(MaterialItem(title="자료", url="https://example.com", public_from="2021-12-07 16:00"),),
    capacity=30,
    status="scheduled",
)


def current(hub: Hub, part: Part[Any]) -> list[Any]:
    with hub.database.reading() as db:
        return part.current(db, CONF)


def put(hub: Hub, part: Part[Any], *changes: Change[Any]) -> None:
    numbers = count(1)
    ids: Callable[[str, str], str] = lambda kind, _key: f"{kind}-{next(numbers)}-new"  # noqa: E731
    with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        part.put(write, Changes(all=changes), ids)


def problems(hub: Hub, change: Change[Any]) -> list[str]:
    with hub.database.reading() as db:
        proposal: Proposal[Any] = Proposal(
            session=db, conf=CONF, context=CONTEXT, changes=Changes(all=(change,)), known=lambda _: ()
        )
        return [problem.path for problem in SESSIONS.check(proposal)]


def test_series_and_sessions_of_a_file_are_read_back_as_they_were_written(seeded: Hub) -> None:
    watch, known = Watch(seeded, CONF), current(seeded, SERIES)

    put(seeded, SERIES, *(Change(before=one, after=one) for one in known), Change(before=None, after=WINTER))
    put(seeded, SESSIONS, Change(before=None, after=WEBINAR))
    watch.look()
    assert (current(seeded, SERIES), current(seeded, SESSIONS)[-1]) == ([*known, WINTER], WEBINAR)

    moved = WEBINAR.model_copy(update={"ends_at": WEBINAR.ends_at + timedelta(hours=1)})
    put(seeded, SESSIONS, Change(before=WEBINAR, after=moved))
    put(seeded, SESSIONS, Change(before=moved, after=moved.model_copy(update={"status": "cancelled"})))
    watch.look()
    assert current(seeded, SESSIONS)[-1].status == "cancelled"
    assert SESSIONS.cloned(current(seeded, SESSIONS)[-1]) is None


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"ends_at": WEBINAR.starts_at}, ["ends_at"]),
        ({"status": "draft"}, ["status"]),
        ({"materials": (MaterialItem(title="자료", url="x", public_from="y"),)}, ["materials", "materials"]),
    ],
)
def test_faults_of_sessions_name_their_column(
    seeded: Hub, changes: dict[str, Any], expected: list[str]
) -> None:
    assert problems(seeded, Change(before=WEBINAR, after=WEBINAR.model_copy(update=changes))) == expected
    assert problems(seeded, Change(before=WEBINAR, after=None)) == [""]
