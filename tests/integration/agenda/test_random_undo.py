"""Anything done on the cues, awards and stage of a lane is undone act by act: each undo gives back exactly what was."""

from __future__ import annotations

import random
from http import HTTPStatus
from typing import Any

import pytest
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.web.hub import Hub
from tests.integration.agenda.commanding import send, snapshot
from tests.integration.conftest import SignIn
from tests.integration.kinds import ON_SQLITE
from tests.model_day import FakeNow, outside

CUES = ("opening", "round-1-hall", "round-2-hall", "performance")
OF_CUE = ("jump", "arm", "skip", "bring-back")
ON_AIR = ("next", "next", "hold", "resume", "extend", "restart", "make-up", "finish", "reopen")
OF_AWARD = ("arm", "arm", "reveal", "reveal", "present", "photo", "done", "absent", "proxy", "defer", "skip")
OFFERS = frozenset({"undo", "redo"})
State = dict[str, Any]


class Crew:
    """Who presses anything in the hall; `before` is what stood before each act that was accepted."""

    def __init__(self, browser: FlaskClient, hub: Hub, now: FakeNow, seed: int) -> None:
        self.browser, self.hub, self.now = browser, hub, now
        self.chance = random.Random(seed)  # noqa: S311 - a story, no secret
        self.before: list[State] = []

    def act(self) -> None:
        """Do one thing; it may be refused, and nothing else."""
        path, body = self.chance.choice((self._run, self._run, self._award, self._award, self._stage))()
        state = self.state()
        self.now.forward(seconds=self.chance.randint(1, 90))
        status, answer = send(self.browser, path, **body)
        assert status in {HTTPStatus.OK, HTTPStatus.CONFLICT}, (path, body, answer)
        if status == HTTPStatus.OK:
            self.before.append(state)

    def go(self, command: str) -> bool:
        """Undo or redo; return whether that was accepted."""
        status, answer = send(self.browser, f"run/{command}", lane="hall", publish=True)
        assert status == HTTPStatus.OK or answer["error"]["code"] == f"nothing_to_{command}", answer
        return status == HTTPStatus.OK

    def state(self) -> State:
        """Return what operators see, without what was pressed and what may be undone."""
        docs = {key: doc for key, doc in snapshot(self.hub).items() if not key.startswith("driving/")}
        return {key: said for key, doc in docs.items() if (said := _lasting(key, dict(doc or {})))}

    def _run(self) -> tuple[str, State]:
        name, cue = self.chance.choice((*ON_AIR, *OF_CUE)), self.chance.choice(CUES)
        own: dict[str, State] = {
            **{name: {"cue": cue} for name in OF_CUE},
            "extend": {"seconds": self.chance.choice((-60, 30, 300))},
            "make-up": {"cuts": {cue: 30}},
            "finish": {"early": True},
        }
        left = {"with_left": self.chance.choice(("leave", "move"))}
        leaves = name in {"next", "jump", "skip", "make-up", "finish"}
        return f"run/{name}", {"lane": "hall", **own.get(name, {}), **(left if leaves else {})}

    def _award(self) -> tuple[str, State]:
        name = self.chance.choice(OF_AWARD)
        own: dict[str, State] = {
            "absent": {"absent": self.chance.random() < 0.7},
            "proxy": {"name": "김보호", "relation": "어머니"},
        }
        award = f"case-0{self.chance.randint(1, 4)}"
        return f"awards/{award}/{name}", {**outside(name), **own.get(name, {})}

    def _stage(self) -> tuple[str, State]:
        if self.chance.random() < 0.5:
            layer = self.chance.choice((None, "blackout", "logo"))
            return "screens/layer", {"lane": "hall", "layer": layer}
        cue = self.chance.choice(CUES[1:3])
        docs = snapshot(self.hub)
        round_ = [doc for key, doc in docs.items() if doc and key.startswith("award/") and doc["cue"] == cue]
        to_come = [doc["id"] for doc in round_ if doc["state"] in {"sealed", "armed"}]
        self.chance.shuffle(to_come)
        return "awards/line-up", {"lane": "hall", "cue": cue, "order": to_come or ["nobody"]}


def _lasting(key: str, doc: State) -> State | None:
    """Return what of a document an undo gives back; None for a layer that is not there."""
    if key.startswith("layer/"):
        return {"layer": doc["layer"]} if doc["layer"] else None
    kept = {name: value for name, value in doc.items() if name not in OFFERS}
    if key.startswith("lane/"):
        kept["commands"] = {name: why for name, why in doc["commands"].items() if name not in OFFERS}
    return kept


@ON_SQLITE
@pytest.mark.parametrize("seed", range(2))
def test_each_undo_gives_back_what_was_before_the_act_and_redo_what_was_after_it(
    seeded: Hub, sign_in: SignIn, now: FakeNow, seed: int
) -> None:
    crew = Crew(sign_in(Role.ORGANISER, name="김기획"), seeded, now, seed)
    send(crew.browser, "run/start", lane="hall")
    beginning = crew.state()
    for _ in range(50):
        crew.act()
    states = [*crew.before, crew.state()]
    assert len(crew.before) > 15

    for before in reversed(crew.before):
        assert crew.go("undo")
        assert crew.state() == before
    assert crew.state() == beginning
    for after in states[1:]:
        assert crew.go("redo")
        assert crew.state() == after
    assert not crew.go("redo")
