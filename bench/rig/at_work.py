"""A hub whose gates, console and audience are at work (`bench/rig/live_day.py`) while something else is measured."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from bench.rig.child import Child
from bench.rig.contenders import Hub
from bench.rig.subject import tokens_of


def at_work(hub: Hub) -> AbstractContextManager[dict[str, Any]]:
    """Let the live day write for the duration of the block; what it did is in the yielded figures after the block."""
    return everybody_at_work(
        port=hub.port,
        organiser=hub.template.organiser,
        staff=hub.template.staff,
        tokens=tokens_of(hub.target),
        after=hub.head(),
    )


@contextmanager
def everybody_at_work(**work: Any) -> Iterator[dict[str, Any]]:
    """Let the live day write for the duration of the block, as `at_work` does, at whatever `LiveDay` is told."""
    figures: dict[str, Any] = {}
    with Child("bench.rig.live_day") as child:
        child.say(json.dumps(work))
        child.hear()
        yield figures
        child.say("end")
        figures.update(json.loads(child.hear()))
