"""The buttons of docs/companion.md, pressed one after the other by a machine token."""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from conference_hub.access.actions import make_token
from conference_hub.access.model import Role
from conference_hub.access.policy import roles_of
from conference_hub.core.actor import Actor
from conference_hub.web.hub import Hub
from tests.integration.kinds import ON_SQLITE
from tests.model_day import CONF, FakeNow
from tools.paths import ROOT

pytestmark = ON_SQLITE

API = f"/api/v1/c/{CONF}/"
PAGE = (ROOT / "docs" / "companion.md").read_text(encoding="utf-8")
NAMES = {
    "LANE": "hall",
    "LANE_2": "metaverse",
    "CUE": "round-1-hall",
    "CUE_2": "performance",
    "AWARD": "case-01",
    **{f"AWARD_{number}": f"case-0{number}" for number in range(2, 7)},
    "REVISION": "1",
}
UNDONE = {"run/jump", "run/start"}
"""What the page goes on from before: it shows another way to the same place."""
OF_PEOPLE = ("checkin/", "door/", "honours/HONOUR/mark")
"""How commands begin of somebody who looks at the person: no button of a controller names one."""
FORMER = {"run/back"}
"""Former names of commands."""


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
    names = {**NAMES, **found_in(state["snapshot"])}
    values = {
        "internal:time_unix": str(second),
        "custom:head": str(state["head"]),
        "custom:on_air": state["snapshot"][f"lane/{NAMES['LANE']}"]["cue"] or "",
    }

    def filled(text: str) -> str:
        text = re.sub(r"\$\(([\w:]+)\)", lambda found: values[found[1]], text)
        return re.sub(r"\b[A-Z]+(_[2-9])?\b", lambda found: names.get(found[0], found[0]), text)

    headers = {"Content-Type": "application/json"}
    return deck.open(
        API + filled(button.uri), method=button.method, data=filled(button.body), headers=headers
    )


def found_in(snapshot: dict[str, Any]) -> dict[str, str]:
    """Return the names whose ids the hub gave on this day, from the state as the device reads it."""
    to_come = [
        doc["id"]
        for key, doc in snapshot.items()
        if key.startswith("award/") and doc["cue"] == NAMES["CUE"] and doc["state"] in {"sealed", "armed"}
    ]
    ids = {
        name: key.removeprefix(family)
        for name, family in {"MESSAGE": "message/", "RUN": "rehearsal/"}.items()
        for key in snapshot
        if key.startswith(family)
    }
    return {"ORDER": json.dumps(sorted(to_come)), **ids}


def commands(app: Flask) -> set[str]:
    """Return what operators may post under the address of a conference, with names for the ids."""
    prefix = "/api/v1/c/<conf>/"
    names = {
        "award_id": "AWARD",
        "message_id": "MESSAGE",
        "honour_id": "HONOUR",
        "run_id": "RUN",
        "conflict_id": "CONFLICT",
    }
    rules = [
        rule.rule.removeprefix(prefix)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(prefix)
        and "POST" in (rule.methods or ())
        and Role.OPERATOR in (roles_of(app.view_functions[rule.endpoint]) or ())
    ]
    named = {re.sub(r"<(\w+)>", lambda found: names[found[1]], rule) for rule in rules}
    return {rule for rule in named if not (rule.startswith("runs/RUN/") and _live(rule) & named)}


def _live(rule: str) -> set[str]:
    """Return where the same command goes in the live run: of a lane, or of an award or a stage."""
    own = rule.removeprefix("runs/RUN/")
    return {f"run/{own}", own}


def test_every_command_of_the_show_has_a_button(deck: FlaskClient) -> None:
    shown = {re.sub(r"_[2-9]\b", "", one.uri) for one in buttons() if one.method == "POST"}

    left = {rule for rule in commands(deck.application) - shown if not rule.startswith(OF_PEOPLE)}
    assert left == FORMER


def test_every_button_of_the_page_works_in_its_order(deck: FlaskClient, now: FakeNow) -> None:
    seconds = itertools.count(1_638_403_200)
    undo = next(one for one in buttons() if one.uri == "run/undo")
    refused = []
    for button in buttons():
        for one in (button, undo) if button.uri in UNDONE and '"lanes"' not in button.body else (button,):
            answer = press(deck, one, next(seconds))
            if answer.status_code != 200:
                refused.append((one.uri, answer.get_json()["error"]["code"]))
            now.forward(seconds=1)

    assert refused == [("run/apply", "nothing_to_apply")]  # nobody changed the plan


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
