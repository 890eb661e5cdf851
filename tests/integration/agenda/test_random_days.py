"""Random days: commands of lanes, awards and rehearsals between edits of the plan keep the law of the journal."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import pytest
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.core.stream import Docs, Stream
from conference_hub.web.hub import Hub
from tests import small_conference as small
from tests.integration.conftest import SignIn
from tests.integration.kinds import ON_SQLITE
from tests.law import Watch
from tests.model_day import FakeNow, outside

API = f"/api/v1/c/{small.OTHER}"
STEPS = 100
LANE_COMMANDS = (
    "start",
    "next",
    "next",
    "next",
    "jump",
    "arm",
    "skip",
    "bring-back",
    "restart",
    "reopen",
    "hold",
    "resume",
    "extend",
    "make-up",
    "finish",
    "undo",
    "redo",
)
LEAVING = frozenset({"next", "jump", "skip", "make-up", "finish"})
AWARD_COMMANDS = ("arm", "reveal", "present", "take-back", "defer")
HIDDEN = ("plan", "rehearsal", "driving", "notes", "segment/hidden")


@dataclass
class RandomDay:
    """One organiser who presses anything at any time; `answers` counts what came of it."""

    browser: FlaskClient
    chance: random.Random
    answers: Counter[tuple[str, int]] = field(default_factory=Counter)
    rehearsals: list[str] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def step(self) -> None:
        """Do one thing; it may be refused, and nothing else."""
        act = self.chance.choice(
            (*(self._run,) * 6, *(self._rehearse,) * 4, *(self._plan,) * 5, *(self._award,) * 2)
        )
        self.send(*act())

    def send(self, kind: str, path: str, body: dict[str, Any]) -> None:
        """Send one command, and count what came of it."""
        answer = self.browser.post(f"{API}/{path}", json={"command_id": f"n{next(self.numbers)}", **body})
        assert answer.status_code in {200, 404, 409}, (path, body, answer.text)
        self.answers[kind, answer.status_code] += 1
        if kind == "begin" and answer.status_code == HTTPStatus.OK:
            self.rehearsals.append(answer.get_json()["run"])
        if kind == "clear" and answer.status_code == HTTPStatus.OK:
            self.rehearsals.pop()

    def _run(self) -> tuple[str, str, dict[str, Any]]:
        name, body = self._lane_command()
        return "run", f"run/{name}", body

    def _lane_command(self) -> tuple[str, dict[str, Any]]:
        name = self.chance.choice(LANE_COMMANDS)
        lane = self.chance.choice(("hall", "annex"))
        cue = f"{lane}-{self.chance.randint(1, 4)}"
        own: dict[str, dict[str, Any]] = {
            **{name: {"cue": cue} for name in ("jump", "arm", "skip", "bring-back")},
            "extend": {"seconds": self.chance.choice((-60, 30, 600))},
            "make-up": self.chance.choice(({"cuts": {cue: 30}}, {"drop": [cue]})),
            "finish": {"early": True},
        }
        left = {"with_left": self.chance.choice(("leave", "move"))} if name in LEAVING else {}
        return name, {"lane": lane, **left, **own.get(name, {})}

    def _rehearse(self) -> tuple[str, str, dict[str, Any]]:
        run = f"runs/{self.rehearsals[-1]}" if self.rehearsals else ""
        match self.chance.choice(("begin", "clear", *("command",) * 6)) if run else "begin":
            case "begin":
                return "begin", "runs", {"revision": self._working()["revision"]}
            case "clear":
                return "clear", f"{run}/clear", {}
            case _:
                name, body = self._lane_command()
                return "rehearse", f"{run}/{name}", body

    def _award(self) -> tuple[str, str, dict[str, Any]]:
        award = self.chance.choice((small.FIRST_AWARD, small.ONLY_AWARD, small.LAST_AWARD))
        name = self.chance.choice(AWARD_COMMANDS)
        return "award", f"awards/{award}/{name}", outside(name)

    def _plan(self) -> tuple[str, str, dict[str, Any]]:
        plan = self._working()
        match self.chance.choice(("publish", "apply", "apply", "edit", "edit")):
            case "publish":
                return "publish", "plan/publish", {"revision": plan["revision"]}
            case "apply":
                return "apply", "run/apply", {"revision": plan["revision"]}
            case _:
                return "plan", "plan", {"revision": plan["revision"], **self._edited(plan)}

    def _edited(self, plan: dict[str, Any]) -> dict[str, Any]:
        """Rename, move, add or drop one cue, or turn the lanes round."""
        lanes: list[dict[str, Any]] = plan["lanes"]
        cues: list[dict[str, Any]] = self.chance.choice(lanes)["cues"]
        match self.chance.randrange(5):
            case 0:
                lanes.reverse()
            case 1 if cues:
                self.chance.choice(cues)["title"] = {"ko": f"이름 {next(self.numbers)}"}
            case 2 if len(cues) > 1:
                cues.insert(self.chance.randrange(len(cues)), cues.pop())
            case 3 if cues and cues[-1]["id"].startswith("new"):
                cues.pop()
            case _:
                cues.insert(
                    self.chance.randint(0, len(cues)),
                    {**small.cue(small.HALL, 1), "id": f"new-{next(self.numbers)}"},
                )
        return {"segments": plan["segments"], "lanes": lanes}

    def _working(self) -> dict[str, Any]:
        plan: dict[str, Any] = self.browser.get(f"{API}/plan").get_json()
        return plan


def ran(docs: Docs) -> dict[str, tuple[Any, ...]]:
    """Return what each cue that has run is, by its key."""
    cues = {key: doc for key, doc in docs.items() if key.startswith("cue/") and doc}
    return {
        key: (doc["title"], doc["planned_start"], doc["planned_s"], doc["lane"])
        for key, doc in cues.items()
        if doc["started_at"]
    }


@ON_SQLITE
@pytest.mark.parametrize("seed", range(3))
def test_law_holds_and_what_ran_stays_over_a_random_day(
    hub: Hub, sign_in: SignIn, now: FakeNow, seed: int
) -> None:
    small.load(hub)
    day = RandomDay(browser=sign_in(Role.ORGANISER, conf=small.OTHER), chance=random.Random(seed))  # noqa: S311 - a story, no secret
    watch = Watch(hub, small.OTHER)
    before: dict[str, tuple[Any, ...]] = {}

    day.send("begin", "runs", {"revision": 1})
    day.send("rehearse", "runs/run-2/start", {})
    for _ in range(STEPS):
        day.step()
        watch.look()
        with hub.database.reading() as db:
            public = hub.snapshot(db, small.OTHER, Stream.PUBLIC)
        assert not [key for key in public if key.startswith(HIDDEN)]
        assert (public.get("cue/annex-hidden") or {}).get("title") in (
            None,
            {"ko": "준비", "en": "Preparation"},
        )
        after = ran(public)
        assert {key: after[key] for key in before.keys() & after.keys()} == {
            key: before[key] for key in before.keys() & after.keys()
        }
        before = after
        now.forward(seconds=61)

    accepted = {kind for kind, status in day.answers if status == 200}
    assert accepted == {"run", "plan", "apply", "publish", "begin", "rehearse", "clear", "award"}
