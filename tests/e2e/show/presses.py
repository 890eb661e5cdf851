"""Presses of operators, and what the server has to say before the show goes on."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.e2e.show.known import Doc, Known
from tests.e2e.show.operators import Operator
from tests.e2e.show.stage_manager import HALL, METAVERSE, StageManager

Holds = Callable[[Known], bool]


def on_air(lane: str, title: str) -> Holds:
    """Return whether a cue is on air in a lane, by their Korean titles."""

    def holds(known: Known) -> bool:
        cue = known.cue(known.lane(lane))
        return cue is not None and cue["title"]["ko"] == title

    return holds


def is_(name: str, state: str, **fields: object) -> Holds:
    """Return whether somebody's award is in a state, and its fields have values."""

    def holds(known: Known) -> bool:
        award = known.award_of(name)
        return award["state"] == state and all(award[field] == value for field, value in fields.items())

    return holds


def in_hand(lane: str, state: str, name: str | None = None) -> Holds:
    """Return whether the award that operators have in hand in a lane is in a state, and of somebody."""

    def holds(known: Known) -> bool:
        up = known.up(known.lane(lane))
        return up is not None and up["state"] == state and name in (None, up["recipient"])

    return holds


def both_in_hand(state: str) -> Holds:
    """Return whether the awards in hand in both lanes are in a state, public since one instant if at all."""

    def holds(known: Known) -> bool:
        up = [known.up(known.lane(lane)) for lane in (HALL, METAVERSE)]
        return {(one and one["state"]) for one in up} == {state} and len(
            {one["revealed_at"] for one in up if one}
        ) == 1

    return holds


def named(lane: str, count: int) -> Holds:
    """Return whether so many names of the group of a lane are out."""

    def holds(known: Known) -> bool:
        group = known.group(known.lane(lane))
        return group is not None and len(group["revealed"]) == count

    return holds


def is_ready(lane: str) -> Holds:
    """Return whether a lane waits for the others."""
    return lambda known: known.lane(lane)["ready_since"] is not None


def is_over(lane: str) -> Holds:
    """Return whether a lane has finished."""
    return lambda known: known.lane(lane)["status"] == "finished"


def driven_by(lane: str, operator: Operator) -> Holds:
    """Return whether an operator drives a lane."""
    return lambda known: (known.lane(lane)["holder"] or {}).get("by") == operator.by


def press(show: StageManager, operator: Operator, key: str, what: str, holds: Holds) -> None:
    """Press a key and wait until the server has done what it stands for."""
    operator.hit(key)
    show.until(what, holds)


def call(show: StageManager, operator: Operator, keys: str, lane: str, name: str | None = None) -> None:
    """Make the next award ready, reveal it and finish it, by the three keys of a hand."""
    ready, reveal, done = list(keys)
    press(show, operator, ready, f"ready {name}", in_hand(lane, "armed", name))
    award = show.known().up(show.known().lane(lane))
    assert award is not None
    card = operator.lane(show.lane(lane)).locator(".card")
    expect(card).to_have_attribute("data-state", "armed")  # on the console, too: it takes no key before
    press(show, operator, reveal, f"reveal {name}", lambda known: _state(known, award) == "revealed")
    show.compare(f"revealed {name}")
    press(show, operator, done, f"done {name}", lambda known: _state(known, award) == "done")


def _state(known: Known, award: Doc) -> str:
    state: str = known.docs[f"award/{award['id']}"]["state"]
    return state
