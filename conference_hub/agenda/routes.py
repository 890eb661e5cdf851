"""The run commands, and the console that sends them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from conference_hub.access.commands import answer_command
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.agenda import actions
from conference_hub.agenda.requests import Extend, Finish, LaneCommand
from conference_hub.core.commands import with_fact
from conference_hub.core.errors import NotFound, msg
from conference_hub.core.journal import Write
from conference_hub.core.stream import Doc
from conference_hub.web.requests import parsed

agenda_bp = Blueprint("agenda", __name__)

Plain = Callable[..., Doc]
PLAIN: dict[str, Plain] = {
    "start": actions.start,
    "next": actions.next_cue,
    "back": actions.back,
    "hold": actions.hold,
    "resume": actions.resume,
}
"""The commands that need no more than a lane."""


@agenda_bp.get("/c/<conf>/console")
@allow(Role.OPERATOR)
def console(conf: str) -> ResponseReturnValue:
    """Show the console."""
    del conf
    return render_template("agenda/console.html")


@agenda_bp.post("/api/v1/c/<conf>/run/<command>")
@allow(Role.OPERATOR)
def run(conf: str, command: str) -> ResponseReturnValue:
    """Run a command of the show; a repeated `command_id` gets the first answer."""
    del conf
    match command:
        case "extend":
            body: LaneCommand = parsed(Extend)
            run = _extend
        case "finish":
            body = parsed(Finish)
            run = _finish
        case _ if command in PLAIN:
            body = parsed(LaneCommand)
            run = PLAIN[command]
        case _:
            raise NotFound(msg("그런 명령이 없습니다: %(command)s"), command=command)
    return answer_command(body, f"run/{command}", lambda write: _run(write, run, body), render=with_fact)


def _run(write: Write, run: Plain, body: LaneCommand) -> Doc:
    given = body.model_dump(exclude={"command_id"})
    return run(write, **given)


def _extend(write: Write, **given: Any) -> Doc:
    return actions.extend(write, **given)


def _finish(write: Write, **given: Any) -> Doc:
    return actions.finish(write, **given)
