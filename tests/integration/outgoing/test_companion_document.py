"""The buttons of docs/companion.md, pressed one after the other by a machine token."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from conference_hub.access.actions import make_token
from conference_hub.access.model import Role
from conference_hub.core.actor import Actor
from conference_hub.web.hub import Hub
from tests.integration.kinds import ON_SQLITE
from tests.model_day import CONF, FakeNow
from tools.paths import ROOT

pytestmark = ON_SQLITE

API = f"/api/v1/c/{CONF}/"
PAGE = (ROOT / "docs" / "companion.md").read_text(encoding="utf-8")
NAMES = {"LANE": "hall", "CUE": "round-1-hall", "AWARD": "case-01"}


@dataclass(frozen=True, kw_only=True)
class Button:
    """An example: method, URI and body, with the variables of Companion in them."""

    method: str
    uri: str
    body: str


def buttons() -> list[Button]:
    """Return the examples in the order of the page."""
    blocks = re.findall(r"```http\n(\w+) (\S+)\n(.*?)```", PAGE, flags=re.DOTALL)
    return [Button(method=method, uri=uri, body=body.strip()) for method, uri, body in blocks]


@pytest.fixture
def deck(seeded: Hub, client: FlaskClient) -> FlaskClient:
    """A device with an operator's token."""
    with seeded.database.writing() as db:
        token = make_token(
            db, conf=CONF, role=Role.OPERATOR, name="deck", at=seeded.now(), by=Actor.system("test")
        )
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    return client


def press(deck: FlaskClient, button: Button, second: int) -> TestResponse:
    """Send an example as the device would, which has read the state just before."""
    state = deck.get(f"{API}state?stream=operator").get_json()
    values = {
        "internal:time_unix": str(second),
        "custom:head": str(state["head"]),
        "custom:on_air": state["snapshot"][f"lane/{NAMES['LANE']}"]["cue"] or "",
    }

    def filled(text: str) -> str:
        text = re.sub(r"\$\(([\w:]+)\)", lambda found: values[found[1]], text)
        return re.sub(r"\b(LANE|CUE|AWARD)\b", lambda found: NAMES[found[1]], text)

    headers = {"Content-Type": "application/json"}
    return deck.open(
        API + filled(button.uri), method=button.method, data=filled(button.body), headers=headers
    )


def test_every_button_of_the_page_works_in_its_order(deck: FlaskClient, now: FakeNow) -> None:
    seconds = itertools.count(1_638_403_200)
    undo = next(one for one in buttons() if one.uri == "run/undo")
    refused = []
    for button in buttons():
        for one in (
            (button, undo) if button.uri == "run/jump" else (button,)
        ):  # the page goes on from before it
            answer = press(deck, one, next(seconds))
            if answer.status_code != 200:
                refused.append((one.uri, answer.status_code, answer.text))
            now.forward(seconds=1)

    assert refused == []
    assert len(buttons()) > 20


def test_double_press_within_a_second_counts_once(deck: FlaskClient) -> None:
    start, extend = (next(one for one in buttons() if one.uri == uri) for uri in ("run/start", "run/extend"))
    press(deck, start, 1)
    first, again = press(deck, extend, 2), press(deck, extend, 2)

    assert (first.status_code, again.get_json()["error"]["code"]) == (200, "command_id_reused")


def test_state_that_did_not_change_is_not_sent_again(deck: FlaskClient) -> None:
    path = f"{API}state?stream=public"
    etag = deck.get(path).headers["ETag"]

    assert deck.get(path, headers={"If-None-Match": etag}).status_code == 304


def test_button_that_says_neither_what_was_seen_nor_what_is_expected_is_refused(deck: FlaskClient) -> None:
    extend = next(one for one in buttons() if one.uri == "run/extend")
    body = extend.body.replace('"seen": $(custom:head), ', "")
    answer = press(deck, Button(method="POST", uri=extend.uri, body=body), 1)

    assert (answer.status_code, answer.get_json()["error"]["code"]) == (422, "seen_required")


def test_button_for_another_cue_is_refused_and_changes_nothing(deck: FlaskClient) -> None:
    following = next(one for one in buttons() if one.uri == "run/next")
    before = deck.get(f"{API}state?stream=operator").get_json()["head"]
    body = following.body.replace("$(custom:on_air)", "round-1-hall")
    answer = press(deck, Button(method="POST", uri=following.uri, body=body), 1)

    assert (answer.status_code, answer.get_json()["error"]["code"]) == (409, "stale")
    assert deck.get(f"{API}state?stream=operator").get_json()["head"] == before
