"""The run commands, and the console that sends them."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from conference_hub.access.commands import answer_command
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.agenda import actions
from conference_hub.agenda.requests import Extend, Finish, Jump, LaneCommand
from conference_hub.core.commands import with_fact
from conference_hub.core.stream import Doc
from conference_hub.web.requests import parsed

agenda_bp = Blueprint("agenda", __name__)


@agenda_bp.get("/c/<conf>/console")
@allow(Role.OPERATOR)
def console(conf: str) -> ResponseReturnValue:
    """Show the console."""
    del conf
    return render_template("agenda/console.html")


@agenda_bp.post("/api/v1/c/<conf>/run/start")
@allow(Role.OPERATOR)
def start(conf: str) -> ResponseReturnValue:
    """Start a lane with its first cue."""
    del conf
    return _run("start", parsed(LaneCommand), actions.start)


@agenda_bp.post("/api/v1/c/<conf>/run/next")
@allow(Role.OPERATOR)
def next_cue(conf: str) -> ResponseReturnValue:
    """End the cue on air and start the following one that has not run."""
    del conf
    return _run("next", parsed(LaneCommand), actions.next_cue)


@agenda_bp.post("/api/v1/c/<conf>/run/jump")
@allow(Role.OPERATOR)
def jump(conf: str) -> ResponseReturnValue:
    """Start any cue of a lane, also one that is over or was left out."""
    del conf
    return _run("jump", parsed(Jump), actions.jump)


@agenda_bp.post("/api/v1/c/<conf>/run/hold")
@allow(Role.OPERATOR)
def hold(conf: str) -> ResponseReturnValue:
    """Stop the clock of the cue on air."""
    del conf
    return _run("hold", parsed(LaneCommand), actions.hold)


@agenda_bp.post("/api/v1/c/<conf>/run/resume")
@allow(Role.OPERATOR)
def resume(conf: str) -> ResponseReturnValue:
    """Let the clock of the cue on air run on."""
    del conf
    return _run("resume", parsed(LaneCommand), actions.resume)


@agenda_bp.post("/api/v1/c/<conf>/run/extend")
@allow(Role.OPERATOR)
def extend(conf: str) -> ResponseReturnValue:
    """Give the cue on air more seconds, or fewer when negative."""
    del conf
    return _run("extend", parsed(Extend), actions.extend)


@agenda_bp.post("/api/v1/c/<conf>/run/finish")
@allow(Role.OPERATOR)
def finish(conf: str) -> ResponseReturnValue:
    """End a lane; `early` leaves out the cues that are left."""
    del conf
    return _run("finish", parsed(Finish), actions.finish)


@agenda_bp.post("/api/v1/c/<conf>/run/undo")
@allow(Role.OPERATOR)
def undo(conf: str) -> ResponseReturnValue:
    """Take back the newest command of a lane."""
    del conf
    return _run("undo", parsed(LaneCommand), actions.undo)


@agenda_bp.post("/api/v1/c/<conf>/run/back")
@allow(Role.OPERATOR)
def back(conf: str) -> ResponseReturnValue:
    """Take back the newest command of a lane: an older name of `undo`."""
    del conf
    return _run("back", parsed(LaneCommand), actions.undo)


@agenda_bp.post("/api/v1/c/<conf>/run/redo")
@allow(Role.OPERATOR)
def redo(conf: str) -> ResponseReturnValue:
    """Do the command again that was taken back last."""
    del conf
    return _run("redo", parsed(LaneCommand), actions.redo)


def _run(name: str, body: LaneCommand, action: Callable[..., Doc]) -> ResponseReturnValue:
    """Run a command of the show once; a repeated `command_id` gets the first answer."""
    given = body.model_dump(exclude={"command_id"})
    return answer_command(body, f"run/{name}", lambda write: action(write, **given), render=with_fact)
