"""Two people, or one and the clock, act at one instant on connections of their own: the second learns of the first."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier
from typing import Any

import pytest

from conference_hub.access.model import Role
from conference_hub.core.now import iso, utc_now
from tests.live.conftest import OpenScreen
from tests.live.server_process import Answer, HubServer
from tests.live.test_crash import STREAMS, states
from tests.model_day import leaving
from tests.services.machine import wait_until

ON_BOTH = pytest.mark.parametrize(
    ("database_url", "times"), [("sqlite", 10), ("postgres", 5)], indirect=["database_url"]
)
KIM, LEE = "김감독", "이감독"
MAY_GO, MAY_SHRINK = "performance", "closing"
WAYS = ({"cue": "round-1-hall"}, {"cut": -60, "skipped": True})
"""What either press makes of the hall: its next cue, or a shorter end."""
SOON_MS = 120
"""A message is due so many milliseconds after it was sent at most, about when its retraction arrives."""
WORDS = "거둘 안내"


def at_once(*presses: Callable[[], Answer]) -> list[Answer]:
    """Press together, each on a connection of its own; return the answers in the order of the presses."""
    ready = Barrier(len(presses))

    def press(what: Callable[[], Answer]) -> Answer:
        ready.wait()
        return what()

    with ThreadPoolExecutor(len(presses)) as hands:
        return list(hands.map(press, presses))


@ON_BOTH
def test_next_and_made_up_time_at_one_instant(hub_server: HubServer, screen: OpenScreen, times: int) -> None:
    give_in(hub_server)
    hub_server.run("start")
    screens = [screen(stream, role) for stream, role in STREAMS]
    before = hall(hub_server)
    for _ in range(times):
        seen = hub_server.head("operator", "operator")
        cuts: dict[str, Any] = {"cuts": {MAY_SHRINK: 60}, "drop": [MAY_GO]}
        answers = at_once(
            partial(send, hub_server, "next", KIM, seen),
            partial(send, hub_server, "make-up", LEE, seen, **cuts),
        )

        first = [status for status, _ in answers].index(200)
        error = answers[1 - first][1]["error"]
        assert (answers[1 - first][0], error["code"], error["by"]) == (409, "stale", (KIM, LEE)[first])
        assert hall(hub_server) == {**before, **WAYS[first]}
        assert hub_server.head("operator", "operator") == seen + 1
        hub_server.run("undo")
        assert hall(hub_server) == before
    for shown, (head, snapshot) in zip(screens, states(hub_server), strict=True):
        assert shown.wait_for(head) == snapshot


@ON_BOTH
def test_message_is_due_and_retracted_at_one_instant(
    hub_server: HubServer, screen: OpenScreen, times: int
) -> None:
    screens = [screen(stream, role) for stream, role in STREAMS]
    begun, public = (one.head for one in (screens[-1], screens[0]))
    for n in range(times * 3):
        retract(hub_server, *due_in(hub_server, n * SOON_MS // (times * 3), WORDS))
    last, _ = due_in(hub_server, SOON_MS, "남는 안내")

    wait_until(lambda: f"message/{last}" in screens[0].docs, "the last message")
    shown_now = hub_server.get("state?stream=public")[1]["snapshot"]
    assert [key for key in shown_now if key.startswith("message/")] == [f"message/{last}"]
    _, told = hub_server.get(f"state?stream=operator&after={begun}", "operator")
    stories = stories_of(told["entries"])
    assert stories.pop(last)[-1] == "MessageShown"
    assert set(stories.values()) <= {
        ("MessageScheduled", "MessageRetracted"),
        ("MessageScheduled", "MessageShown", "MessageRetracted"),
        ("MessageShown", "MessageRetracted"),
    }
    assert len(stories) == times * 3
    _, heard = hub_server.get(f"state?stream=public&after={public}")
    assert WORDS not in json.dumps([told, heard], ensure_ascii=False)
    for shown, (head, snapshot) in zip(screens, states(hub_server), strict=True):
        assert shown.wait_for(head) == snapshot


def give_in(server: HubServer) -> None:
    """Let the live run follow a plan whose end can be shorter."""
    plan = server.get("plan", "organiser")[1]
    budget: dict[str, dict[str, Any]] = {MAY_GO: {"droppable": True}, MAY_SHRINK: {"shortest_s": 60}}
    edits = [
        {"op": "put_cue", "lane": lane["id"], "cue": {**cue, **budget[cue["id"]]}}
        for lane in plan["lanes"]
        for cue in lane["cues"]
        if cue["id"] in budget
    ]
    commands: dict[str, dict[str, Any]] = {
        "plan/edit": {"revision": plan["revision"], "edits": edits},
        "run/apply": {"revision": plan["revision"] + 1},
    }
    for path, body in commands.items():
        known = {"command_id": uuid.uuid4().hex, **body}
        status, answer = server.post(path, known, as_whom="기획", role=Role.ORGANISER)
        assert status == 200, answer


def send(server: HubServer, command: str, name: str, seen: int, **body: Any) -> Answer:
    """Send a command of the hall as somebody who has seen so much."""
    known = {"command_id": uuid.uuid4().hex, "seen": seen, "lane": "hall", **leaving(command)}
    return server.post(f"run/{command}", {**known, **body}, as_whom=name)


def hall(server: HubServer) -> dict[str, Any]:
    """Return what is on air in the hall, and what became of the cues by which time is made up."""
    docs = server.get("state?stream=public")[1]["snapshot"]
    return {
        "cue": docs["lane/hall"]["cue"],
        "cut": docs[f"cue/{MAY_SHRINK}"]["extension_s"],
        "skipped": docs[f"cue/{MAY_GO}"]["skipped"],
    }


def due_in(server: HubServer, ms: int, words: str) -> tuple[str, int]:
    """Send a message that is due soon; return its id and what its sender has seen then."""
    _, answer = server.message(words, at=iso(utc_now() + timedelta(milliseconds=ms)))
    return answer["fact"]["body"]["message"], answer["fact"]["seq"]


def retract(server: HubServer, message: str, seen: int) -> None:
    """Take a message back that may have been shown since it was seen."""
    body = {"command_id": uuid.uuid4().hex, "seen": seen}
    status, answer = server.post(f"messages/{message}/retract", body, as_whom=KIM)
    assert status == 200, answer


def stories_of(entries: list[dict[str, Any]]) -> dict[str, tuple[str, ...]]:
    """Return the topics of each message in the order in which they happened."""
    found: dict[str, tuple[str, ...]] = {}
    for entry in sorted(entries, key=lambda one: int(one["seq"])):
        if message := entry["body"].get("message"):
            found[message] = (*found.get(message, ()), entry["topic"])
    return found
