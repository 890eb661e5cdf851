"""The font of what a stream says: named in pages, served to those who may follow the stream, of what it says now."""

from __future__ import annotations

import gzip
import re

import pytest
import uharfbuzz
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from conference_hub.access.model import Role
from conference_hub.core.errors import Unavailable
from conference_hub.core.stream import Docs, Stream
from conference_hub.live import letters as letters_module
from conference_hub.live.letters import EVERY_S, LettersOfStreams
from conference_hub.live.snapshot import States
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.integration.live.conftest import BARE, say
from tests.model_day import CONF

ADDRESS = re.compile(r"src:url\('(/c/[^']+\.ttf)'\)")
PLACE = (BARE, Stream.PUBLIC)


class Clock:
    """Seconds that a test lets pass."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def saying(hub: Hub, words: dict[Stream, str]) -> None:
    """Let the streams of the bare conference say these words from now on."""

    def document(_db: Session, _conf: str, stream: Stream) -> Docs:
        return {"word": {"said": words.get(stream, "")}}

    hub.documents[:] = [document]


def in_font(data: bytes) -> set[str]:
    """Return the letters of a font that came compressed, or not."""
    plain = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
    return {chr(code) for code in uharfbuzz.Face(plain).unicodes}


def address(page: str) -> str:
    """Return the address of the font that a page names."""
    found = ADDRESS.search(page)
    assert found is not None
    return found[1]


def test_a_page_names_a_font_of_the_public_letters_that_browsers_keep(
    seeded: Hub, client: FlaskClient
) -> None:
    page = client.get(f"/c/{CONF}/live").text
    answer = client.get(address(page))

    said = client.get(f"/api/v1/c/{CONF}/state?stream=public").text
    assert (answer.status_code, answer.mimetype) == (200, "font/ttf")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Set-Cookie" not in answer.headers
    assert in_font(answer.data)
    assert in_font(answer.data) <= set(said)


def test_another_address_brings_the_font_of_now_which_nobody_keeps(seeded: Hub, client: FlaskClient) -> None:
    now = client.get(address(client.get(f"/c/{CONF}/live").text))

    other = client.get(f"/c/{CONF}/letters/public/of-another-day.ttf")

    assert other.headers["Cache-Control"] == "no-store"
    assert in_font(other.data) == in_font(now.data)


@pytest.mark.parametrize(
    ("role", "stream"),
    [
        (Role.ORGANISER, "operator"),
        (Role.OPERATOR, "operator"),
        (Role.EMCEE, "sealed"),
        (Role.STAFF, "staff"),
        (Role.ATTENDEE, "public"),
    ],
)
def test_the_team_has_the_letters_of_what_it_may_follow(
    seeded: Hub, sign_in: SignIn, client: FlaskClient, role: Role, stream: str
) -> None:
    browser = sign_in(role, guest_id="guest-088" if role is Role.ATTENDEE else None)

    named = address(browser.get(f"/c/{CONF}/live").text)
    answer = browser.get(named)

    assert named.startswith(f"/c/{CONF}/letters/{stream}/")
    assert answer.status_code == 200
    if stream != "public":
        assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"
        assert client.get(named).status_code in {302, 401}


def test_sealed_letters_are_not_in_the_public_font(seeded: Hub, sign_in: SignIn, client: FlaskClient) -> None:
    public = in_font(client.get(f"/c/{CONF}/letters/public/x.ttf").data)
    operator = in_font(sign_in(Role.OPERATOR).get(f"/c/{CONF}/letters/operator/x.ttf").data)

    said = set(client.get(f"/api/v1/c/{CONF}/state?stream=public").text)
    assert operator - said
    assert not public & (operator - said)


def test_there_are_no_letters_of_an_unknown_stream_or_conference(seeded: Hub, client: FlaskClient) -> None:
    assert client.get(f"/c/{CONF}/letters/nobody/x.ttf").status_code == 404
    assert client.get("/c/nothing/letters/public/x.ttf").status_code == 404


def test_letters_follow_what_is_said_but_are_looked_for_seldom(bare: Hub) -> None:
    words = {Stream.PUBLIC: "샌"}
    saying(bare, words)
    clock = Clock()
    letters = LettersOfStreams(States(bare), clock)
    assert letters.of(PLACE) == {"샌"}

    words[Stream.PUBLIC] = "텔"
    say(bare, "something new")

    assert letters.of(PLACE) == {"샌"}
    clock.now += EVERY_S
    assert letters.of(PLACE) == {"텔"}


def test_each_stream_has_its_own(bare: Hub) -> None:
    saying(bare, {Stream.PUBLIC: "샌", Stream.SEALED: "샌텔"})
    letters = LettersOfStreams(States(bare))

    assert letters.of(PLACE) == {"샌"}
    assert letters.of((BARE, Stream.SEALED)) == {"샌", "텔"}


def test_too_many_letters_are_left_to_the_fonts_of_all_pages(
    bare: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(letters_module, "MOST", 2)
    words = {Stream.PUBLIC: "샌텔뚫"}
    saying(bare, words)
    clock = Clock()
    letters = LettersOfStreams(States(bare), clock)
    assert letters.of(PLACE) == frozenset()

    words[Stream.PUBLIC] = "샌텔"
    say(bare, "something new")
    clock.now += EVERY_S
    assert letters.of(PLACE) == {"샌", "텔"}


def test_a_large_state_is_looked_through_when_somebody_asks_for_it(
    bare: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(letters_module, "LARGEST_IN_PAGE", 1)
    words = {Stream.PUBLIC: "샌"}
    saying(bare, words)
    states = States(bare)
    clock = Clock()
    letters = LettersOfStreams(states, clock)
    assert letters.of(PLACE) == {"샌"}  # how large it is shows only when it is rendered

    words[Stream.PUBLIC] = "텔"
    clock.now += EVERY_S
    say(bare, "something new")
    states.forget(PLACE, 1)
    assert letters.of(PLACE) == {"샌"}

    states.answer(PLACE, None)
    say(bare, "something newer")
    states.forget(PLACE, 2)  # nobody asked for it since
    assert letters.of(PLACE) == {"텔"}


def test_a_storage_that_does_not_answer_holds_no_page_back(
    bare: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    saying(bare, {Stream.PUBLIC: "샌"})
    states = States(bare)
    clock = Clock()
    letters = LettersOfStreams(states, clock)
    assert letters.of(PLACE) == {"샌"}

    def fail(*_: object) -> None:
        raise Unavailable(reason="lost")

    monkeypatch.setattr(states, "small_snapshot", fail)
    clock.now += EVERY_S
    assert letters.of(PLACE) == {"샌"}
