"""Two operators press at once, a thousand times: no command counts twice, none is lost, and every refusal says why."""

from __future__ import annotations

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.live.conftest import OpenScreen
from tests.live.screen import Screen
from tests.live.server_process import HubServer
from tests.live.test_crash import STREAMS, states

PRESSES, FEWER = 500, 100
"""Of each operator, on SQLite and on PostgreSQL."""
LANES = {
    "hall": ("opening", "round-1-hall", "round-2-hall", "performance", "closing"),
    "metaverse": ("round-2-metaverse", "round-3-metaverse"),
}
AWARDS = {"hall": ("case-01", "case-02", "case-15"), "metaverse": ("commend-02", "commend-03")}
COMMANDS = (
    "start",
    "next",
    "hold",
    "resume",
    "extend",
    "jump",
    "arm",
    "skip",
    "undo",
    "undo",
    "redo",
    "finish",
)
AWARD_COMMANDS = ("arm", "reveal", "present", "done", "take-back", "defer")


class Hand:
    """One operator: presses by chance what its own screen shows."""

    def __init__(self, server: HubServer, screen: Screen, seed: int) -> None:
        self._server, self._screen = server, screen
        self._chance = random.Random(seed)  # noqa: S311 - the same presses each time
        self.answers: Counter[tuple[int, str]] = Counter()
        self.blank: list[dict[str, Any]] = []

    def press(self, times: int) -> None:
        """Press so often."""
        for _ in range(times):
            self._count(*self._pressed())

    def _pressed(self) -> tuple[int, Any]:
        lane = self._chance.choice(tuple(LANES))
        seen = self._screen.head
        if self._chance.random() < 0.4:
            award = self._chance.choice(AWARDS[lane])
            return self._server.award(award, self._chance.choice(AWARD_COMMANDS), seen=seen)
        command = self._chance.choice(COMMANDS)
        return self._server.run(command, lane=lane, seen=seen, **self._body(command, lane))

    def _body(self, command: str, lane: str) -> dict[str, Any]:
        bodies: dict[str, dict[str, Any]] = {
            "extend": {"seconds": self._chance.choice((-30, 30, 60))},
            "finish": {"early": True},
            **{name: {"publish": True} for name in ("undo", "redo")},
            **{name: {"cue": self._chance.choice(LANES[lane])} for name in ("jump", "arm", "skip")},
        }
        return bodies.get(command, {})

    def _count(self, status: int, answer: Any) -> None:
        error = answer.get("error", {})
        self.answers[status, error.get("code", "")] += 1
        if error.get("code") == "stale" and not error["by"]:
            self.blank.append(error)


@pytest.mark.parametrize(
    ("database_url", "presses"), [("sqlite", PRESSES), ("postgres", FEWER)], indirect=["database_url"]
)
def test_two_operators_at_once_leave_one_history_that_every_screen_has(
    hub_server: HubServer, screen: OpenScreen, presses: int
) -> None:
    screens = [screen(stream, role) for stream, role in STREAMS]
    before = hub_server.head("operator", "operator")
    hands = [Hand(hub_server, screen("operator", "operator"), seed) for seed in (1, 2)]

    with ThreadPoolExecutor(len(hands)) as both:
        list(both.map(lambda hand: hand.press(presses), hands))

    answers = hands[0].answers + hands[1].answers
    done = answers[200, ""]
    assert answers.total() == 2 * presses
    assert {status for status, _ in answers} == {200, 409}
    assert [hand.blank for hand in hands] == [[], []]
    assert answers[409, "stale"] > 0
    assert hub_server.head("operator", "operator") == before + done
    for shown, (head, snapshot) in zip(screens, states(hub_server), strict=True):
        assert shown.wait_for(head) == snapshot
