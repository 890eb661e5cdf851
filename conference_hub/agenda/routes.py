"""The run commands, and the console that sends them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, jsonify, render_template
from flask.typing import ResponseReturnValue

from conference_hub.access.middleware import viewer
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.agenda import actions
from conference_hub.core.errors import Invalid, NotFound, msg
from conference_hub.core.journal import Answer, Write
from conference_hub.web.answers import json_body, optional_int, optional_text, text_field
from conference_hub.web.hub import current_hub

agenda_bp = Blueprint("agenda", __name__)

MOST_SECONDS = 3600
"""The most that one command adds to a cue, or takes from it."""

Plain = Callable[..., Answer]
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
    body = json_body()
    action = _action(command, body)
    answer = current_hub().journal.command(
        conf,
        by=viewer().label(conf),
        command_id=text_field(body, "command_id"),
        action=f"run/{command}",
        request=body,
        run=action,
    )
    return jsonify(answer)


def _action(command: str, body: dict[str, Any]) -> Callable[[Write], Answer]:
    lane, seen = optional_text(body, "lane"), optional_int(body, "seen")
    match command:
        case "extend":
            seconds = _seconds(body)
            return lambda write: actions.extend(write, seconds=seconds, lane=lane, seen=seen)
        case "finish":
            early = _flag(body, "early")
            return lambda write: actions.finish(write, early=early, lane=lane, seen=seen)
        case _ if command in PLAIN:
            return lambda write: PLAIN[command](write, lane=lane, seen=seen)
        case _:
            raise NotFound(msg("그런 명령이 없습니다: %(command)s"), command=command)


def _seconds(body: dict[str, Any]) -> int:
    seconds = optional_int(body, "seconds")
    if not seconds or abs(seconds) > MOST_SECONDS:
        raise Invalid(
            msg("더하거나 뺄 시간은 1초에서 %(max)d초까지입니다: %(field)s"),
            field="seconds",
            max=MOST_SECONDS,
        )
    return seconds


def _flag(body: dict[str, Any], name: str) -> bool:
    value = body.get(name, False)
    if not isinstance(value, bool):
        raise Invalid(msg("참(true) 또는 거짓(false)이어야 합니다: %(field)s"), field=name)
    return value
