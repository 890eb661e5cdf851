"""Rounds of two lanes that start together, while names are called at random: nobody waits for ever."""

from __future__ import annotations

import random
from http import HTTPStatus
from typing import Any

import pytest
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.web.hub import Hub
from tests.integration.agenda.commanding import send, snapshot
from tests.integration.agenda.joint_rounds import ROUNDS, apply, in_round_1
from tests.integration.conftest import SignIn
from tests.integration.kinds import ON_SQLITE
from tests.law import Watch
from tests.model_day import CONF, FakeNow

LANES = {
    "hall": ("round-1-hall", "round-2-hall", "round-3-hall"),
    "metaverse": ("round-2-metaverse", "round-3-metaverse"),
}
RUN = (
    "start",
    "next",
    "next",
    "next",
    "next",
    "next",
    "jump",
    "arm",
    "hold",
    "resume",
    "skip",
    "bring-back",
    "undo",
    "redo",
)
AWARD = ("arm", "arm", "reveal", "done", "absent", "skip", "take-back")
MOST_PRESSES = 20


class Crew:
    """Who presses anything in either lane, and then only `next` until the day is over."""

    def __init__(self, browser: FlaskClient, hub: Hub, seed: int) -> None:
        self.browser, self.hub = browser, hub
        self.chance = random.Random(seed)  # noqa: S311 - a story, no secret
        self.was_ready = False

    def step(self) -> None:
        """Do one thing; it may be refused, and nothing else."""
        act = self.chance.choice((self._run, self._run, self._award, self._group))
        act(self.chance.choice(tuple(LANES)))
        docs = snapshot(self.hub)
        self.was_ready |= any((docs[f"lane/{lane}"] or {})["ready_since"] for lane in LANES)

    def goes_on(self, lane: str) -> bool:
        """Press on in a lane as its operator would, without force; return whether that was accepted."""
        status, answer = self._send("run/next", lane=lane, with_left="leave")
        if status != HTTPStatus.OK and answer["error"]["code"] == "not_started":
            status, _ = self._send("run/start", lane=lane, with_left="leave")
        return status == HTTPStatus.OK

    def _run(self, lane: str) -> None:
        name = self.chance.choice(RUN)
        own: dict[str, Any] = {"cue": self.chance.choice(LANES[lane])}
        left = {"with_left": self.chance.choice((None, "leave", "move"))}
        bodies = {"jump": {**own, **left}, "next": left, "start": left, "skip": {**own, **left}}
        bodies |= {"arm": own, "bring-back": own, "undo": {"publish": True}, "redo": {"publish": True}}
        self._send(f"run/{name}", lane=lane, **bodies.get(name, {}))

    def _award(self, lane: str) -> None:
        self._send(f"awards/{self.chance.choice(self._names(lane))}/{self.chance.choice(AWARD)}")

    def _group(self, lane: str) -> None:
        if self.chance.random() < 0.5:
            self._send("awards/group", lane=lane, awards=self._names(lane)[:3], pace_s=None)
        else:
            self._send(f"awards/group/{self.chance.choice(('next', 'end'))}", lane=lane)

    def _names(self, lane: str) -> list[str]:
        """Return awards of the cue on air, else of the first round of the lane."""
        docs = snapshot(self.hub)
        on_air = (docs[f"lane/{lane}"] or {})["cue"]
        own = [doc for key, doc in docs.items() if doc and key.startswith("award/") and doc["lane"] == lane]
        here = [doc["id"] for doc in own if doc["cue"] == on_air]
        return here or [doc["id"] for doc in own]

    def _send(self, path: str, **body: Any) -> tuple[int, Any]:
        status, answer = send(self.browser, path, **body)
        assert status in {HTTPStatus.OK, HTTPStatus.CONFLICT}, (path, body, answer)
        return status, answer


@ON_SQLITE
@pytest.mark.parametrize("seed", range(3))
def test_lanes_come_to_their_ends_after_anything_that_was_pressed(
    seeded: Hub, sign_in: SignIn, now: FakeNow, seed: int
) -> None:
    crew = Crew(sign_in(Role.ORGANISER, name="김기획"), seeded, seed)
    apply(crew.browser, ROUNDS)
    in_round_1(crew.browser)
    watch = Watch(seeded, CONF)
    for _ in range(40):
        crew.step()
        watch.look()
        now.forward(seconds=20)

    presses = 0
    while sum(crew.goes_on(lane) for lane in LANES):
        presses += 1
        assert presses < MOST_PRESSES
    watch.look()

    docs = snapshot(seeded)
    ends = {lane: (docs[f"lane/{lane}"] or {})["commands"]["next"] for lane in LANES}
    assert set(ends.values()) <= {"last_cue", "finished"}
    assert crew.was_ready
