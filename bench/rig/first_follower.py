"""From an organiser's POST until the first follower has the fact, and until the organiser has the answer."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any, Self

from bench.rig.child import Child
from bench.rig.client import Answer
from bench.rig.figures import percentile
from bench.rig.subject import Subject
from tests.model_day import CONF

FIRST = "first follower hears next"
ROUNDS = 30


class FirstFollower(AbstractContextManager["FirstFollower"]):
    """One follower of the public stream, in a process of its own."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._child = Child("bench.rig.followers")

    def __enter__(self) -> Self:
        self._child.__enter__()
        state = self._subject.stranger.get(f"/api/v1/c/{CONF}/state").document
        auth, port = {"conf": CONF, "stream": "public"}, self._subject.target.port
        self._ask(do="join", port=port, count=1, auth=auth, after=state["head"])
        self._child.hear()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._child.__exit__(kind, error, trace)

    def heard_s(self, command: Callable[[], Answer]) -> float:
        """Give a command and return the seconds from its POST until the follower had heard of it."""
        self._ask(do="listen")
        self._child.hear()
        began = time.monotonic()
        command()
        first: float = json.loads(self._child.hear())["first"]
        return first - began

    def _ask(self, **command: Any) -> None:
        self._child.say(json.dumps(command))


def first_follower(subject: Subject) -> dict[str, float]:
    """Return the figures for `next`, in milliseconds."""
    with FirstFollower(subject) as follower:
        took = []
        for _ in range(ROUNDS):
            took.append(follower.heard_s(lambda: subject.run("next")))
            follower.heard_s(subject.undo)
    return {
        "p50_ms": round(percentile(took, 0.5) * 1000, 2),
        "p99_ms": round(percentile(took, 0.99) * 1000, 2),
        "requests": len(took),
    }
