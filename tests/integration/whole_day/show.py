"""The show: a rehearsal, every command of a lane, the ceremony, and a plan that changes while the day runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from conference_hub.access.model import Role
from conference_hub.agenda.actions import release_control, take_control
from conference_hub.agenda.scene import Asked
from tests import small_conference as small
from tests.integration.whole_day.awards import CEREMONY, called_soon, checked
from tests.integration.whole_day.sending import Plan, Sender, Step

REHEARSAL: Plan = [
    ("runs", {"revision": 1}, ("RehearsalBegan",)),
    ("runs/run-2/start", {}, ("RehearsalCommanded",)),
    ("runs/run-2/next", {}, ("RehearsalCommanded",)),
    (
        "runs/run-2/awards/group",
        {"lane": "hall", "awards": ["recipient-02", "recipient-03"], "pace_s": 10},
        ("RehearsalCommanded",),
    ),
    ("runs/run-2/screens/layer", {"lane": "hall", "layer": "logo"}, ("RehearsalCommanded",)),
    ("runs/run-2/awards/recipient-01/arm", {}, ("RehearsalCommanded",)),
    ("runs/run-2/awards/recipient-01/reveal", {}, ("RehearsalCommanded",)),
    ("runs/run-2/undo", {}, ("RehearsalCommanded",)),
    ("runs/run-2/speed", {"speed": 20}, ("RehearsalPaced",)),
    ("runs/run-2/screens", {"screens": True}, ("RehearsalShown",)),
    ("runs/run-2/clear", {}, ("RehearsalCleared",)),
]
HALL: Plan = [
    ("run/start", {}, ("LaneStarted",)),
    ("run/extend", {"seconds": 60}, ("CueExtended",)),
    ("run/make-up", {"cuts": {"hall-2": 60}}, ("LaneMadeUp",)),
    ("run/hold", {}, ("LaneHeld",)),
    ("run/resume", {}, ("LaneResumed",)),
    ("run/next", {"with_left": "leave"}, ("CueStarted",)),
    ("run/undo", {}, ("CommandUndone",)),
    ("run/redo", {}, ("CommandRedone",)),
    ("run/back", {}, ("CommandUndone",)),
    ("run/arm", {"cue": "hall-3"}, ("StandbyChanged",)),
    ("run/arm", {"cue": None}, ("StandbyChanged",)),
    ("run/skip", {"cue": "hall-3"}, ("CueSkipped",)),
    ("run/bring-back", {"cue": "hall-3"}, ("CueBroughtBack",)),
    ("run/restart", {}, ("CueRestarted",)),
    ("run/next", {"with_left": "leave"}, ("CueStarted",)),
]
CLOSING: Plan = [
    ("run/start", {"lane": "annex"}, ("LaneStarted",)),
    ("run/next", {"with_left": "leave"}, ("LaneReady",)),
    ("run/undo", {}, ("CommandUndone",)),
    ("run/next", {"with_left": "leave"}, ("LaneReady",)),
    ("run/jump", {"lane": "annex", "cue": "annex-2", "with_left": "leave"}, ("CueStarted", "CueStarted")),
    ("run/finish", {"lane": "annex", "early": True, "with_left": "leave"}, ("LaneFinished",)),
    ("run/reopen", {"lane": "annex"}, ("LaneReopened",)),
    ("run/finish", {"lane": "annex", "early": True, "with_left": "leave"}, ("LaneFinished",)),
    ("run/next", {"with_left": "leave"}, ("CueStarted",)),
    ("run/finish", {"early": True, "with_left": "leave"}, ("LaneFinished",)),
]


def show(sender: Sender) -> Iterator[Step]:
    """Run the day to its end."""
    yield from sender.commands(Role.OPERATOR, REHEARSAL + HALL)
    yield from called_soon(sender)
    yield from sender.commands(Role.OPERATOR, CEREMONY)
    yield from _driven(sender)
    yield from checked(sender)
    yield from _replanned(sender)
    yield from sender.commands(Role.OPERATOR, CLOSING)


def _driven(sender: Sender) -> Iterator[Step]:
    """Take a lane and give it back."""
    asked = Asked(lane=small.HALL)
    yield sender.written("run/take-control", ("ControlTaken",), lambda write: take_control(write, asked))
    yield sender.written(
        "run/release-control", ("ControlReleased",), lambda write: release_control(write, asked)
    )


def _replanned(sender: Sender) -> Iterator[Step]:
    """Plan another cue while the day runs, publish the plan, and apply it and then a later one to the run."""
    content = small.plan()
    for revision, steps in ((1, ("publish", "apply")), (2, ("apply",))):
        cue = small.cue(small.HALL, 3 + revision, segment=3)
        content["lanes"][0]["cues"].append(cue)
        if revision == 1:
            yield sender.command(Role.ORGANISER, "plan", ("PlanRevised",), revision=revision, **content)
        else:
            puts = [
                {"op": "put_cue", "lane": small.HALL, "cue": cue},
                _together(small.HALL, small.cue(small.HALL, 3)),
                _together(small.ANNEX, small.cue(small.ANNEX, 2)),
            ]
            yield sender.command(Role.ORGANISER, "plan/edit", ("PlanRevised",), revision=revision, edits=puts)
        for step in steps:
            path, topic = {
                "publish": ("plan/publish", "PlanPublished"),
                "apply": ("run/apply", "PlanApplied"),
            }[step]
            yield sender.command(Role.ORGANISER, path, (topic,), revision=revision + 1)


def _together(lane: str, cue: dict[str, Any]) -> dict[str, Any]:
    """Let a cue start together with those of other lanes."""
    return {"op": "put_cue", "lane": lane, "cue": {**cue, "sync": "①"}}
