"""The commands of a lane, in the live run and in rehearsals: one route for each, made from the actions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from flask import Blueprint
from flask.typing import ResponseReturnValue

from conference_hub.access.commands import answer_command, require_basis
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.agenda import actions, rehearsal_actions
from conference_hub.agenda.history import ChangedSince, NothingToRedo, NothingToUndo, RunId, UndoEndsHere
from conference_hub.agenda.lease import AlreadyYours, HeldBy, NotHeldByYou
from conference_hub.agenda.refusals import ClockRefused, WaitingForLanes
from conference_hub.agenda.requests import (
    Arm,
    Extend,
    Finish,
    Jump,
    LaneCommand,
    Leave,
    LeavingCommand,
    MakeUp,
    OfCue,
    SeveralLanes,
    TakeControl,
    Undo,
)
from conference_hub.agenda.scene import Asked
from conference_hub.agenda.step_owners import others_of
from conference_hub.core.commands import with_fact
from conference_hub.core.journal import Write
from conference_hub.core.shapes import FactAnswer
from conference_hub.core.stream import Doc
from conference_hub.web.describing import SEEN_CODES, answers
from conference_hub.web.hub import current_hub
from conference_hub.web.requests import takes

Run = Callable[..., Doc]


COMMANDS: dict[str, tuple[type[LaneCommand], Run]] = {
    "start": (SeveralLanes, actions.start),
    "next": (SeveralLanes, actions.next_cue),
    "arm": (Arm, actions.arm),
    "jump": (Jump, actions.jump),
    "skip": (Leave, actions.skip),
    "bring-back": (OfCue, actions.bring_back),
    "restart": (LaneCommand, actions.restart),
    "reopen": (LaneCommand, actions.reopen),
    "hold": (LaneCommand, actions.hold),
    "resume": (LaneCommand, actions.resume),
    "extend": (Extend, actions.extend),
    "make-up": (MakeUp, actions.make_up),
    "finish": (Finish, actions.finish),
    "undo": (Undo, actions.undo),
    "back": (Undo, actions.undo),
    "redo": (Undo, actions.redo),
    "take-control": (TakeControl, actions.take_control),
    "release-control": (LaneCommand, actions.release_control),
}
"""What each command of a lane takes, and the action that carries it out; `back` is an older name of `undo`."""
STEP_CODES = (ChangedSince.code, NothingToUndo.code, NothingToRedo.code, UndoEndsHere.code)
LEASE_CODES = (HeldBy.code, AlreadyYours.code, NotHeldByYou.code)
LEFT_CODES = ("names_left", "no_round")
"""What those refuse who are told that a lane leaves cues (`Hub.leaving`)."""
REFUSALS = (
    *SEEN_CODES,
    *STEP_CODES,
    *LEASE_CODES,
    *LEFT_CODES,
    WaitingForLanes.code,
    *(refusal.code for refusal in ClockRefused.__subclasses__()),
)


def add_commands(blueprint: Blueprint) -> None:
    """Give a blueprint the routes of all commands."""
    for name, (model, action) in COMMANDS.items():
        blueprint.add_url_rule(
            f"/api/v1/c/<conf>/run/{name}", f"run_{name}", _live_view(name, model, action), methods=["POST"]
        )
        blueprint.add_url_rule(
            f"/api/v1/c/<conf>/runs/<run_id>/{name}",
            f"rehearsal_{name}",
            _rehearsal_view(name, model, action),
            methods=["POST"],
        )


def _live_view(name: str, model: type[LaneCommand], run: Run) -> Callable[[str], ResponseReturnValue]:
    """Return the view of a command of the live run; its description is that of the action."""

    @allow(Role.OPERATOR)
    @answers(FactAnswer, refusals=REFUSALS)
    @takes(model)
    def view(body: LaneCommand, conf: str) -> ResponseReturnValue:
        def command(write: Write) -> Doc:
            require_basis(write, body)
            return run(write, _asked(body), **_given(body))

        return answer_command(body, conf, f"run/{name}", command, render=with_fact)

    view.__doc__ = run.__doc__
    return view


def _rehearsal_view(
    name: str, model: type[LaneCommand], run: Run
) -> Callable[[str, str], ResponseReturnValue]:
    """Return the view of the same command of a rehearsal."""

    @allow(Role.OPERATOR)
    @answers(FactAnswer, refusals=REFUSALS)
    @takes(model)
    def view(body: LaneCommand, conf: str, run_id: str) -> ResponseReturnValue:

        def rehearse(write: Write) -> Doc:
            require_basis(write, body)
            following = rehearsal_actions.get_rehearsal(write, RunId(run_id))
            return run(write, replace(_asked(body), run=following.id), **_given(body))

        return answer_command(body, conf, f"runs/{run_id}/{name}", rehearse, render=with_fact)

    view.__doc__ = f"In a rehearsal: {run.__doc__}"
    return view


def _asked(body: LaneCommand) -> Asked:
    others = others_of(current_hub())
    left = body.with_left if isinstance(body, LeavingCommand) else None
    by_lane = body.with_left_in if isinstance(body, SeveralLanes) else {}
    return Asked(
        lane=body.lane, seen=body.seen, expect=body.expect, left=left, left_in=by_lane, others=others
    )


def _given(body: LaneCommand) -> Doc:
    """Return what a command has of its own beside what every one has."""
    return body.model_dump(exclude={*LaneCommand.model_fields, *LeavingCommand.model_fields, "with_left_in"})
