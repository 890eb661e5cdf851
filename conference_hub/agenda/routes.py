"""The run commands, and the console that sends them."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from conference_hub.access.commands import answer_command
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.agenda import actions
from conference_hub.agenda.history import ChangedSince, NothingToRedo, NothingToUndo
from conference_hub.agenda.refusals import ClockRefused
from conference_hub.agenda.requests import Extend, Finish, Jump, LaneCommand
from conference_hub.core.commands import with_fact
from conference_hub.core.journal import Write
from conference_hub.core.shapes import FactAnswer
from conference_hub.core.stream import Doc
from conference_hub.web.describing import SEEN_CODES, answers
from conference_hub.web.requests import takes

agenda_bp = Blueprint("agenda", __name__)

Run = Callable[..., Doc]
COMMANDS: dict[str, tuple[type[LaneCommand], Run]] = {
    "start": (LaneCommand, actions.start),
    "next": (LaneCommand, actions.next_cue),
    "jump": (Jump, actions.jump),
    "hold": (LaneCommand, actions.hold),
    "resume": (LaneCommand, actions.resume),
    "extend": (Extend, actions.extend),
    "finish": (Finish, actions.finish),
    "undo": (LaneCommand, actions.undo),
    "back": (LaneCommand, actions.undo),
    "redo": (LaneCommand, actions.redo),
}
"""What each run command takes, and the action that carries it out; `back` is an older name of `undo`."""
STEP_CODES = (ChangedSince.code, NothingToUndo.code, NothingToRedo.code)
REFUSALS = (*SEEN_CODES, *STEP_CODES, *(refusal.code for refusal in ClockRefused.__subclasses__()))


@agenda_bp.get("/c/<conf>/console")
@allow(Role.OPERATOR)
def console(conf: str) -> ResponseReturnValue:
    """Show the console."""
    del conf
    return render_template("agenda/console.html")


def _view(name: str, model: type[LaneCommand], run: Run) -> Callable[[str], ResponseReturnValue]:
    """Return the view of one run command; its description is that of the action."""

    @allow(Role.OPERATOR)
    @answers(FactAnswer, refusals=REFUSALS)
    @takes(model)
    def view(body: LaneCommand, conf: str) -> ResponseReturnValue:
        del conf
        return answer_command(body, f"run/{name}", lambda write: _run(write, run, body), render=with_fact)

    view.__doc__ = run.__doc__
    return view


def _run(write: Write, run: Run, body: LaneCommand) -> Doc:
    return run(write, **body.model_dump(exclude={"command_id"}))


for _name, (_model, _action) in COMMANDS.items():
    agenda_bp.add_url_rule(
        f"/api/v1/c/<conf>/run/{_name}", f"run_{_name}", _view(_name, _model, _action), methods=["POST"]
    )
