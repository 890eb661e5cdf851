"""Three people press all that a show has at once, and a group goes on by itself: one history, and no name twice."""

from __future__ import annotations

import random
import uuid
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.live.conftest import OpenScreen
from tests.live.screen import Screen
from tests.live.server_process import HubServer
from tests.live.test_crash import STREAMS, states
from tests.model_day import leaving, outside

HANDS = ("김감독", "이감독", "박감독")
CUES = {"hall": ("opening", "round-1-hall", "round-2-hall"), "metaverse": ("round-2-metaverse",)}
REFUSED = {404, 409}
"""How a press is refused that came too late, or for what is gone."""
FASTEST_S = 4
ENDS = {"nothing_to_undo", "undo_ends_here"}
Press = Callable[[str], tuple[str, dict[str, Any]]]


class Hand:
    """One of the team: presses by chance what their own screen shows."""

    def __init__(self, server: HubServer, screen: Screen, name: str, rehearsal: str) -> None:
        self._server, self._screen, self._name = server, screen, name
        self._chance = random.Random(name)  # noqa: S311 - the same presses each time
        self._run_of_rehearsal = rehearsal
        self.answers: Counter[tuple[int, str, str]] = Counter()

    def press(self, times: int) -> None:
        """Press so often."""
        presses: tuple[Press, ...] = (
            *(self._run, self._award, self._award, self._group, self._group),
            *(self._lease, self._layer, self._line_up, self._rehearsal, self._message),
        )
        for _ in range(times):
            lane = self._chance.choice(tuple(CUES))
            path, body = self._chance.choice(presses)(lane)
            seen = {} if path.endswith("/clear") else {"seen": self._screen.head}
            status, answer = self.send(path, **seen, **body)
            self.answers[status, answer.get("error", {}).get("code", ""), path.split("/")[0]] += 1

    def send(self, path: str, **body: Any) -> tuple[int, dict[str, Any]]:
        """Send one command."""
        return self._server.post(path, {"command_id": uuid.uuid4().hex, **body}, as_whom=self._name)

    def _run(self, lane: str) -> tuple[str, dict[str, Any]]:
        verb = self._chance.choice(
            ("start", "next", "hold", "resume", "jump", "undo", "undo", "redo", "restart")
        )
        more: dict[str, dict[str, Any]] = {
            "jump": {"cue": self._chance.choice(CUES[lane])},
            "undo": {"publish": True},
            "redo": {"publish": True},
        }
        lanes: dict[str, Any] = (
            {"lanes": [*CUES]} if verb == "next" and self._chance.random() < 0.3 else {"lane": lane}
        )
        return f"run/{verb}", {**lanes, **leaving(verb), **more.get(verb, {})}

    def _award(self, lane: str) -> tuple[str, dict[str, Any]]:
        verb = self._chance.choice(
            ("arm", "arm", "reveal", "done", "take-back", "defer", "absent", "skip", "correct")
        )
        more: dict[str, dict[str, Any]] = {
            "absent": {"absent": self._chance.random() < 0.5},
            "correct": {"recipient": f"이름{self._name}"},
        }
        own = [doc for doc in self._awards(lane) if verb != "reveal" or doc["state"] == "armed"]
        award = self._chance.choice((own or self._awards(lane))[:12])
        return f"awards/{award['id']}/{verb}", {**outside(verb), **more.get(verb, {})}

    def _group(self, lane: str) -> tuple[str, dict[str, Any]]:
        verb = self._chance.choice(("", "", "/next", "/next", "/back", "/pause", "/resume", "/skip", "/end"))
        if verb:
            return f"awards/group{verb}", {"lane": lane}
        on_air = self._screen.docs[f"lane/{lane}"]["cue"]
        own = [doc for doc in self._awards(lane) if doc["cue"] == on_air and doc["state"] == "sealed"]
        same = [doc["id"] for doc in own if doc["level"]["id"] == own[0]["level"]["id"]]
        return "awards/group", {"lane": lane, "awards": same[:5] or ["nobody"], "pace_s": FASTEST_S}

    def _lease(self, lane: str) -> tuple[str, dict[str, Any]]:
        holder = self._screen.docs[f"lane/{lane}"].get("holder")
        if self._chance.random() < 0.8:
            return "run/release-control", {"lane": lane}
        return "run/take-control", {"lane": lane, **({"force": holder["actor"]} if holder else {})}

    def _layer(self, lane: str) -> tuple[str, dict[str, Any]]:
        return "screens/layer", {"lane": lane, "layer": self._chance.choice((None, "blackout", "applause"))}

    def _line_up(self, lane: str) -> tuple[str, dict[str, Any]]:
        cue = self._chance.choice([doc["cue"] for doc in self._awards(lane)])
        to_come = [
            one["id"]
            for one in self._awards(lane)
            if one["cue"] == cue and one["state"] in {"sealed", "armed"}
        ]
        self._chance.shuffle(to_come)
        return "awards/line-up", {"lane": lane, "cue": cue, "order": to_come or ["nobody"]}

    def _rehearsal(self, lane: str) -> tuple[str, dict[str, Any]]:
        verb = self._chance.choice(("start", "next", "undo", "arm", "reveal", "take-back", "clear"))
        if verb in {"arm", "reveal", "take-back"}:
            award = f"recipient-0{self._chance.randint(1, 9)}"
            return f"runs/{self._run_of_rehearsal}/awards/{award}/{verb}", outside(verb)
        return f"runs/{self._run_of_rehearsal}/{verb}", {} if verb == "clear" else {
            "lane": lane,
            **leaving(verb),
        }

    def _message(self, _lane: str) -> tuple[str, dict[str, Any]]:
        known = [key.partition("/")[2] for key in [*self._screen.docs] if key.startswith("message/")]
        if known and self._chance.random() < 0.6:
            return f"messages/{self._chance.choice(known)}/retract", {}
        return "messages", {"text": {"ko": "안내"}, "audiences": ["public", "emcee"]}

    def _awards(self, lane: str) -> list[dict[str, Any]]:
        docs = [doc for key, doc in [*self._screen.docs.items()] if key.startswith("award/")]
        return sorted(
            (doc for doc in docs if doc["lane"] == lane), key=lambda doc: (doc["cue"], doc["order"])
        )


@pytest.mark.parametrize(
    ("database_url", "presses"), [("sqlite", 120), ("postgres", 40)], indirect=["database_url"]
)
def test_everything_pressed_at_once_leaves_one_history(
    hub_server: HubServer, screen: OpenScreen, presses: int
) -> None:
    screens = [screen(stream, role) for stream, role in STREAMS]
    names = awards_of(hub_server)
    rehearsal = begun(hub_server)
    hands = [Hand(hub_server, screen("operator", "operator"), name, rehearsal) for name in HANDS]

    with ThreadPoolExecutor(len(hands)) as team:
        list(team.map(lambda hand: hand.press(presses), hands))

    answers = sum((hand.answers for hand in hands), Counter[tuple[int, str, str]]())
    for lane in CUES:
        hands[0].send("awards/group/pause", lane=lane)
    assert {status for status, _, _ in answers} - {200} <= REFUSED
    assert awards_of(hub_server) == names
    _, snapshot = states(hub_server)[-1]
    assert called_twice(snapshot) == []
    for shown, (head, known) in zip(screens, states(hub_server), strict=True):
        assert shown.wait_for(head) == known
    assert {lane: undo_all(hub_server, hands[0], lane) for lane in CUES} == dict.fromkeys(CUES, True)


def begun(server: HubServer) -> str:
    """Begin a rehearsal and return its id."""
    status, answer = server.post("runs", {"command_id": uuid.uuid4().hex, "revision": 1}, as_whom=HANDS[0])
    assert status == 200, answer
    return str(answer["run"])


def awards_of(server: HubServer) -> set[str]:
    """Return the ids of all awards that operators see."""
    _, answer = server.get("state?stream=operator", "operator")
    return {key for key in answer["snapshot"] if key.startswith("award/")}


def called_twice(docs: Any) -> list[str]:
    """Return what is wrong with the lanes: who is called twice, and lanes with two awards that are ready."""
    orders = [doc["order"] for key, doc in docs.items() if key.startswith("calling/")]
    twice = [name for order in orders for name, times in Counter(order).items() if times > 1]
    armed = Counter(
        doc["lane"] for key, doc in docs.items() if key.startswith("award/") and doc["state"] == "armed"
    )
    return twice + [lane for lane, count in armed.items() if count > 1]


def undo_all(server: HubServer, hand: Hand, lane: str) -> bool:
    """Take back everything that a lane did; return whether that went on until nothing was left."""
    holder = server.get("state?stream=operator", "operator")[1]["snapshot"][f"lane/{lane}"].get("holder")
    if holder:
        hand.send("run/take-control", lane=lane, force=holder["actor"], seen=10**9)
    while True:
        status, answer = hand.send("run/undo", lane=lane, publish=True, seen=10**9)
        if status != 200:
            return answer["error"]["code"] in ENDS
