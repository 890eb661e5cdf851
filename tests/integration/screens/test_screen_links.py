"""Links of screens: what they open, whom they let in, and that they end."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from conference_hub.access.model import Credential, Role
from conference_hub.access.standing import standing
from conference_hub.core.actor import Actor
from conference_hub.core.stream import Stream
from conference_hub.live.recheck import may_follow
from conference_hub.screens.actions import links_of, make_link, revoke_link
from conference_hub.screens.model import ScreenKind
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.integration.kinds import ON_SQLITE
from tests.model_day import CONF

pytestmark = ON_SQLITE

DESK = f"/c/{CONF}/desk/screens"
FORM = {"name": "중계 자막", "kind": "lower-third", "lang": "en", "transparent": "on", "delay_ms": "2400"}


def link(hub: Hub, kind: ScreenKind, options: str = "") -> str:
    with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        return make_link(write, kind=kind, name="시험", options=options)


def screen_of(hub: Hub) -> str:
    with hub.database.reading() as db:
        return links_of(db, CONF)[0].id


def revoke(hub: Hub) -> None:
    with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        revoke_link(write, links_of(write.session, CONF)[0].id)
    hub.tell_ended()


def state(client: FlaskClient, stream: str, secret: str) -> int:
    path = f"/api/v1/c/{CONF}/state?stream={stream}"
    return client.get(path, headers={"X-Screen": secret}).status_code


def test_a_link_is_made_with_what_was_chosen_and_shown_once(seeded: Hub, sign_in: SignIn) -> None:
    organiser = sign_in(Role.ORGANISER)
    answer = organiser.post(DESK, data=FORM)
    found = re.search(r'value="([^"]*/s/[^"]*)"', answer.text)
    assert found is not None

    assert found[1].partition("?")[2] == "lang=en&amp;transparent=1&amp;delay_ms=2400"
    assert found[1].partition("/s/")[2].partition("?")[0] not in organiser.get(DESK).text
    assert "중계 자막" in organiser.get(DESK).text


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("lane", "nowhere", "그런 진행 구역이 없습니다."),
        ("kind", "nowhere", "목록에 있는 것을 골라 주세요."),
        ("delay_ms", "60001", "60000"),
        ("delay_ms", "soon", "0 이상의 정수여야 합니다"),
        ("name", "", ""),
    ],
)
def test_a_form_that_does_not_fit_comes_back_as_typed(
    seeded: Hub, sign_in: SignIn, field: str, value: str, words: str
) -> None:
    organiser = sign_in(Role.ORGANISER)
    answer = organiser.post(f"{DESK}?lang=ko", data={**FORM, field: value})

    assert (answer.status_code, words in answer.text, 'value="2400"' in answer.text) == (
        422,
        True,
        field != "delay_ms",
    )
    with seeded.database.reading() as db:
        assert links_of(db, CONF) == []


def test_an_address_without_its_query_gets_what_the_link_was_made_with(
    seeded: Hub, client: FlaskClient
) -> None:
    secret = link(seeded, ScreenKind.TIMER, "lang=en&theme=light")
    answer = client.get(f"/s/{secret}")

    assert (answer.status_code, answer.location) == (302, f"/s/{secret}?lang=en&theme=light")


def test_the_page_takes_its_language_from_the_link_and_leaves_the_browsers_alone(
    seeded: Hub, client: FlaskClient
) -> None:
    answer = client.get(f"/s/{link(seeded, ScreenKind.STAGE)}?lang=en", headers={"Accept-Language": "ko"})

    assert (answer.status_code, '<html lang="en"' in answer.text) == (200, True)
    assert not any("hub_lang" in cookie for cookie in answer.headers.getlist("Set-Cookie"))
    assert answer.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("asked", ["theme=red", "delay_ms=99999", "transparent=2", "delay_ms=-1"])
def test_an_option_that_does_not_fit_is_refused(seeded: Hub, client: FlaskClient, asked: str) -> None:
    assert client.get(f"/s/{link(seeded, ScreenKind.STAGE)}?{asked}").status_code == 422


def test_the_link_of_an_emcee_reads_the_sealed_stream_and_that_of_a_stage_does_not(
    seeded: Hub, client: FlaskClient
) -> None:
    emcee, stage = link(seeded, ScreenKind.EMCEE), link(seeded, ScreenKind.STAGE)

    assert client.get(f"/s/{emcee}?lang=ko").status_code == 200
    assert {
        stream: (state(client, stream, emcee), state(client, stream, stage))
        for stream in ("public", "sealed", "operator")
    } == {
        "public": (200, 200),
        "sealed": (200, 403),
        "operator": (403, 403),
    }


@pytest.mark.parametrize("kind", [ScreenKind.BACKSTAGE, ScreenKind.CUE_SHEET])
def test_the_link_of_a_screen_of_the_stage_crew_opens_it_and_reads_the_sealed_stream(
    seeded: Hub, client: FlaskClient, kind: ScreenKind
) -> None:
    secret = link(seeded, kind)

    assert client.get(f"/s/{secret}?lane=hall&lang=ko").status_code == 200
    assert (state(client, "sealed", secret), state(client, "operator", secret)) == (200, 403)


def test_the_link_counts_whoever_else_is_signed_in(seeded: Hub, sign_in: SignIn) -> None:
    assert state(sign_in(Role.ORGANISER), "operator", link(seeded, ScreenKind.STAGE)) == 403


def test_a_revoked_link_opens_nothing_and_lets_nobody_in(seeded: Hub, client: FlaskClient) -> None:
    secret = link(seeded, ScreenKind.EMCEE)
    revoke(seeded)

    assert (client.get(f"/s/{secret}").status_code, state(client, "sealed", secret)) == (404, 401)


def test_an_unknown_link_is_not_found(seeded: Hub, client: FlaskClient) -> None:
    assert client.get("/s/nothing").status_code == 404


def test_a_link_is_revoked_once(seeded: Hub, sign_in: SignIn) -> None:
    link(seeded, ScreenKind.STAGE)
    with seeded.database.reading() as db:
        screen = links_of(db, CONF)[0].id
    organiser = sign_in(Role.ORGANISER)

    assert organiser.post(f"{DESK}/{screen}/revoke").status_code == 302
    assert (
        organiser.post(f"{DESK}/{screen}/revoke", headers={"Accept": "application/json"}).status_code == 404
    )


@pytest.mark.parametrize("kind", list(ScreenKind))
def test_every_screen_that_a_link_opened_may_follow_a_rehearsal_of_its_conference(
    seeded: Hub, client: FlaskClient, kind: ScreenKind
) -> None:
    secret = link(seeded, kind)
    credential = Credential(kind="screen", id=screen_of(seeded))

    assert state(client, "rehearsal", secret) == 200
    assert client.get(f"/api/v1/c/{CONF}/state?stream=rehearsal").status_code == 401
    with seeded.database.reading() as db:
        grants = standing(db, [credential], seeded.now())[credential]
    assert [may_follow(credential, grants, (conf, Stream.REHEARSAL)) for conf in (CONF, "other")] == [
        True,
        False,
    ]
    revoke(seeded)
    assert state(client, "rehearsal", secret) == 401
