"""Pages carry the state that their viewer follows: what `GET state` answers this viewer, and nothing else."""

from __future__ import annotations

import json
import re
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from conference_hub.access.model import Role
from conference_hub.agenda.run import Run
from conference_hub.awards.openings import SealedPage, openings
from conference_hub.core.actor import Actor
from conference_hub.core.stream import Docs, Stream
from conference_hub.live import first_pictures, letters, reading
from conference_hub.live.audience import Audience, audience
from conference_hub.live.followers import StreamKey
from conference_hub.live.snapshot import State
from conference_hub.live.state import EXTENSION, Live
from conference_hub.screens.actions import make_link
from conference_hub.screens.model import ScreenKind
from conference_hub.web.hub import Hub
from tests.appending import append
from tests.integration.conftest import SignIn
from tests.model_day import CONF

STATE = f"/api/v1/c/{CONF}/state?stream="
SCRIPT = re.compile(r'<script type="application/json" data-state="(\w+)">(.*?)</script>', re.DOTALL)

PUBLIC = ("", "live", "results", "screen/stage", "screen/timer", "screen/lower-third")
OF_THE_TEAM = [
    (Role.OPERATOR, f"/c/{CONF}/console", ["operator"]),
    (Role.ORGANISER, f"/c/{CONF}/console", ["operator"]),
    (Role.STAFF, "/checkin/", ["staff"]),
    (Role.EMCEE, f"/c/{CONF}/screen/emcee", ["sealed", "rehearsal"]),
    (Role.EMCEE, f"/c/{CONF}/screen/backstage", ["sealed", "rehearsal"]),
    (Role.OPERATOR, f"/c/{CONF}/screen/cue-sheet", ["sealed", "rehearsal"]),
    (Role.OPERATOR, f"/c/{CONF}/screen/stage", ["public", "rehearsal"]),
]


def say(hub: Hub, word: str) -> None:
    """Append a public fact."""
    with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        append(write, Stream.PUBLIC, "Said", "word", {"word": {"said": word}})


def carried(page: str) -> dict[str, object]:
    """Return the states in the text of a page, by stream."""
    return {stream: json.loads(state) for stream, state in SCRIPT.findall(page)}


@pytest.mark.parametrize("path", PUBLIC)
@pytest.mark.parametrize("role", [None, Role.ATTENDEE])
def test_public_pages_carry_the_public_state_alone(
    seeded: Hub, client: FlaskClient, sign_in: SignIn, path: str, role: Role | None
) -> None:
    browser = sign_in(role, guest_id="guest-088") if role else client

    page = browser.get(f"/c/{CONF}/{path}")

    assert carried(page.text) == {"public": client.get(f"{STATE}public").json}


@pytest.mark.parametrize(("role", "address", "streams"), OF_THE_TEAM)
def test_screens_of_the_team_carry_the_state_that_they_follow(
    seeded: Hub, sign_in: SignIn, role: Role, address: str, streams: list[str]
) -> None:
    browser = sign_in(role)

    page = browser.get(address)

    assert carried(page.text) == {stream: browser.get(f"{STATE}{stream}").json for stream in streams}
    assert page.headers["Cache-Control"] == "no-store"


def test_screen_that_a_link_opened_carries_what_a_link_may_follow(seeded: Hub, app: Flask) -> None:
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        secret = make_link(write, kind=ScreenKind.STAGE, name="hall", options="")

    assert list(carried(app.test_client().get(f"/s/{secret}").text)) == ["public", "rehearsal"]


def test_state_in_a_page_is_that_of_now(seeded: Hub, client: FlaskClient) -> None:
    before = carried(client.get(f"/c/{CONF}/live").text)
    say(seeded, "news")

    assert carried(client.get(f"/c/{CONF}/live").text) == {"public": client.get(f"{STATE}public").json}
    assert carried(client.get(f"/c/{CONF}/live").text) != before


@pytest.mark.parametrize(("role", "address"), [case[:2] for case in OF_THE_TEAM])
def test_page_that_a_browser_keeps_carries_no_state(
    seeded: Hub, sign_in: SignIn, role: Role, address: str
) -> None:
    page = sign_in(role).get(address, headers={"X-Keep": "page"})

    assert (page.status_code, carried(page.text)) == (200, {})


def test_console_with_a_sealed_state_is_noted_as_opened(seeded: Hub, sign_in: SignIn) -> None:
    sign_in(Role.OPERATOR, name="김운영").get(f"/c/{CONF}/console")

    with seeded.database.reading() as db:
        assert [(one.by.label, one.page) for one in openings(db, CONF, 9)] == [
            ("김운영", SealedPage.OPERATOR)
        ]


def test_large_state_is_left_for_the_page_to_ask_for(
    seeded: Hub, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "LARGEST_IN_PAGE", 100)

    pages = [client.get(f"/c/{CONF}/live") for _ in range(2)]

    assert [(page.status_code, carried(page.text)) for page in pages] == [(200, {}), (200, {})]


def test_large_state_is_rendered_when_it_is_asked_for_and_not_for_each_page(
    seeded: Hub, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (reading, letters):
        monkeypatch.setattr(module, "LARGEST_IN_PAGE", 100)
    client.get(f"{STATE}public")
    rendered: list[Stream] = []

    def documents(_session: Session, _conf: str, stream: Stream) -> Docs:
        rendered.append(stream)
        return {}

    seeded.documents.append(documents)
    say(seeded, "news")

    client.get(f"/c/{CONF}/live")
    assert rendered == []
    client.get(f"{STATE}public")
    assert rendered == [Stream.PUBLIC]


def test_text_in_a_state_cannot_end_its_script(seeded: Hub, client: FlaskClient) -> None:
    hostile = "</script><script>alert(1)</script><!-- & \u2028"
    seeded.documents.append(lambda _session, _conf, _stream: {"word": {"said": hostile}})

    page = client.get(f"/c/{CONF}/live").text

    assert "alert(1)</script>" not in page
    state = carried(page)["public"]
    assert isinstance(state, dict)
    assert state["snapshot"]["word"] == {"said": hostile}


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("ko", ("에 시작할 예정입니다", "개회 및 고용노동부 장관 격려사")),
        ("en", ("Due to start at", "Opening")),
    ],
)
def test_live_page_says_what_comes_by_itself(
    seeded: Hub, client: FlaskClient, lang: str, words: tuple[str, ...]
) -> None:
    page = SCRIPT.sub("", client.get(f"/c/{CONF}/live?lang={lang}").text)

    text = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert [one for one in words if one not in text] == []


def test_page_of_a_large_conference_leaves_what_is_on_to_its_scripts(
    seeded: Hub, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "LARGEST_IN_PAGE", 100)

    pages = [client.get(f"/c/{CONF}/{path}") for path in ("live", "results")]

    assert [(page.status_code, "lane-card" in page.text) for page in pages] == [(200, False), (200, False)]


TOLD = [
    (Role.OPERATOR, f"/c/{CONF}/console", 'class="lane panel"'),
    (Role.STAFF, "/checkin/", 'id="count-inside">0'),
    (Role.EMCEE, f"/c/{CONF}/screen/emcee", "에 시작할 예정입니다"),
    (Role.EMCEE, f"/c/{CONF}/screen/backstage", "에 시작할 예정입니다"),
    (Role.OPERATOR, f"/c/{CONF}/screen/cue-sheet", 'class="follow-row"'),
]


@pytest.mark.parametrize(("role", "address", "words"), TOLD)
def test_screens_of_the_team_say_where_the_day_stands_unless_a_browser_keeps_them(
    seeded: Hub, sign_in: SignIn, role: Role, address: str, words: str
) -> None:
    browser = sign_in(role)

    now, kept = browser.get(address).text, browser.get(address, headers={"X-Keep": "page"}).text

    assert (words in SCRIPT.sub("", now), words in kept) == (True, False)


def test_screens_of_the_team_say_no_name_that_is_sealed(seeded: Hub, sign_in: SignIn) -> None:
    pages = [sign_in(role).get(address).text for role, address, _ in TOLD if "backstage" not in address]

    assert ["석용주" in SCRIPT.sub("", page) for page in pages] == [False] * 4


def test_rehearsal_is_left_for_its_scripts_to_show(seeded: Hub, sign_in: SignIn) -> None:
    browser = sign_in(Role.OPERATOR)
    seeded.documents.append(
        lambda _session, _conf, stream: {"rehearsal/9": {}} if stream is Stream.REHEARSAL else {}
    )

    console = browser.get(f"/c/{CONF}/console?run=9").text
    sheet = browser.get(f"/c/{CONF}/screen/cue-sheet").text

    assert ('class="lane panel"' in console, 'class="follow-row"' in sheet) == (False, False)


@pytest.mark.parametrize(("role", "address", "words"), TOLD)
def test_screen_of_a_large_conference_leaves_all_to_its_scripts(
    seeded: Hub,
    sign_in: SignIn,
    monkeypatch: pytest.MonkeyPatch,
    role: Role,
    address: str,
    words: str,
) -> None:
    monkeypatch.setattr(reading, "LARGEST_IN_PAGE", 100)

    page = sign_in(role).get(address)

    assert (page.status_code, words in SCRIPT.sub("", page.text)) == (200, False)


@pytest.mark.parametrize("path", ["", "live", "console"])
def test_page_asks_for_the_state_once_for_all_that_it_says(
    seeded: Hub, app: Flask, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    browser = sign_in(Role.OPERATOR)
    browser.get(f"/c/{CONF}/{path}")
    live: Live = app.extensions[EXTENSION]
    states = live.states
    asked: list[StreamKey] = []
    answer = states.answer

    def noting(key: StreamKey, after: int | None) -> State:
        asked.append(key)
        return answer(key, after)

    monkeypatch.setattr(states, "answer", noting)

    browser.get(f"/c/{CONF}/{path}")

    assert asked == [(CONF, Stream.OPERATOR if path == "console" else Stream.PUBLIC)]


def test_picture_of_a_state_that_is_outdated_is_not_kept(
    seeded: Hub, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[datetime] = []
    render = audience

    def noting(docs: Docs, run: Run, now: datetime) -> Audience:
        made.append(now)
        return render(docs, run, now)

    monkeypatch.setattr(first_pictures, "audience", noting)
    live: Live = app.extensions[EXTENSION]
    key = (CONF, Stream.PUBLIC)
    state = live.states.answer(key, None)
    for _ in range(2):
        live.pictures.of_audience(state)
    assert len(made) == 1

    live.states.forget(key, state.head + 1)
    live.pictures.forget(key)
    for _ in range(2):
        live.pictures.of_audience(state)

    assert len(made) == 3
