"""The commands of a lane, in the live run and in rehearsals: one route for each, made from the actions."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue

from conference_hub.access.commands import answer_command
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.agenda import actions, rehearsal_actions
from conference_hub.agenda.history import ChangedSince, NothingToRedo, NothingToUndo, RunId
from conference_hub.agenda.refusals import ClockRefused
from conference_hub.agenda.requests import Arm, Extend, Finish, Jump, LaneCommand, Undo
from conference_hub.core.commands import with_fact
from conference_hub.core.journal import Write
from conference_hub.core.shapes import FactAnswer
from conference_hub.core.stream import Doc
from conference_hub.web.describing import SEEN_CODES, answers
from conference_hub.web.hub import current_hub
from conference_hub.web.requests import takes

Run = Callable[..., Doc]


def _with_owners(run: Run) -> Run:
    """Return the action with those to whom the steps of a lane may belong."""

    @wraps(run)
    def with_owners(write: Write, **given: Any) -> Doc:
        return run(write, owners=current_hub().step_owners, **given)

    return with_owners


COMMANDS: dict[str, tuple[type[LaneCommand], Run]] = {
    "start": (LaneCommand, actions.start),
    "next": (LaneCommand, actions.next_cue),
    "arm": (Arm, actions.arm),
    "jump": (Jump, actions.jump),
    "skip": (Jump, actions.skip),
    "bring-back": (Jump, actions.bring_back),
    "restart": (LaneCommand, actions.restart),
    "reopen": (LaneCommand, actions.reopen),
    "hold": (LaneCommand, actions.hold),
    "resume": (LaneCommand, actions.resume),
    "extend": (Extend, actions.extend),
    "finish": (Finish, actions.finish),
    "undo": (Undo, _with_owners(actions.undo)),
    "back": (Undo, _with_owners(actions.undo)),
    "redo": (Undo, _with_owners(actions.redo)),
}
"""What each command of a lane takes, and the action that carries it out; `back` is an older name of `undo`."""
STEP_CODES = (ChangedSince.code, NothingToUndo.code, NothingToRedo.code)
REFUSALS = (*SEEN_CODES, *STEP_CODES, *(refusal.code for refusal in ClockRefused.__subclasses__()))


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
        return answer_command(
            body, conf, f"run/{name}", lambda write: run(write, **_given(body)), render=with_fact
        )

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
            following = rehearsal_actions.get_rehearsal(write, RunId(run_id))
            return run(write, run=following.id, **_given(body))

        return answer_command(body, conf, f"runs/{run_id}/{name}", rehearse, render=with_fact)

    view.__doc__ = f"In a rehearsal: {run.__doc__}"
    return view


def _given(body: LaneCommand) -> Doc:
    return body.model_dump(exclude={"command_id"})
