"""Over a day in which every fact occurs: the law of the journal, and that no action is left out."""

from __future__ import annotations

import importlib
import inspect
import itertools
import pkgutil
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import CodeType, FrameType
from typing import Any

import conference_hub
from conference_hub.core.facts import Fact
from conference_hub.core.stream import Stream
from tests import small_conference as small
from tests.integration.kinds import ON_SQLITE
from tests.integration.whole_day import WholeDay
from tests.law import Watch

ACTION_MODULES = re.compile(r"[._](actions|revoking)$")


def test_every_step_publishes_its_facts_and_the_law_holds_for_every_stream(day: WholeDay) -> None:
    watch = Watch(day.hub, small.OTHER)

    for step in itertools.chain(day.steps(), day.end()):
        step.do()
        published = [entry.topic for entry in watch.look() if entry.stream is Stream.OPERATOR]
        assert (step.name, published) == (step.name, list(step.topics))


@ON_SQLITE
def test_every_action_and_every_fact_is_part_of_the_day(day: WholeDay) -> None:
    actions = {function.__code__: name for name, function in actions_in_code()}

    topics: set[str] = set()
    with calls_noted(set(actions)) as called:
        for step in itertools.chain(day.steps(), day.end()):
            step.do()
            topics.update(step.topics)

    assert {actions[code] for code in called} == set(actions.values())
    assert topics == {fact.topic for fact in facts_in_code()}


def actions_in_code() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Yield every public function of an action module that takes a `Write`, with its full name."""
    for module in pkgutil.walk_packages(conference_hub.__path__, "conference_hub."):
        if ACTION_MODULES.search(module.name):
            loaded = importlib.import_module(module.name)
            for name, function in inspect.getmembers(loaded, inspect.isfunction):
                if function.__module__ == module.name and not name.startswith("_") and changes(function):
                    yield f"{module.name}.{name}", function


def changes(function: Callable[..., Any]) -> bool:
    first = next(iter(inspect.signature(function).parameters.values()), None)
    return first is not None and first.annotation == "Write"


def facts_in_code() -> list[type[Fact]]:
    """Return every fact that a feature declares."""
    ours = [fact for fact in subclasses(Fact) if fact.__module__.startswith("conference_hub.")]
    return [fact for fact in ours if hasattr(fact, "topic")]


def subclasses(kind: type[Fact]) -> Iterator[type[Fact]]:
    for child in kind.__subclasses__():
        yield child
        yield from subclasses(child)


@contextmanager
def calls_noted(codes: set[CodeType]) -> Iterator[set[CodeType]]:
    """Note which of `codes` are called in this thread while the block runs."""
    called: set[CodeType] = set()

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code in codes:
            called.add(frame.f_code)

    sys.setprofile(note)
    try:
        yield called
    finally:
        sys.setprofile(None)
