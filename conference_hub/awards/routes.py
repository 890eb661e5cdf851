"""The ceremony's commands, and the page of results."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from conference_hub.access.commands import answer_command
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.awards import actions
from conference_hub.awards.requests import AwardCommand, Correct
from conference_hub.core.commands import with_fact
from conference_hub.web.requests import CommandBody, parsed

awards_bp = Blueprint("awards", __name__)


@awards_bp.post("/api/v1/c/<conf>/awards/<award_id>/<verb>")
@allow(Role.OPERATOR)
def command(conf: str, award_id: str, verb: str) -> ResponseReturnValue:
    """Carry out `arm`, `reveal`, `present`, `photo`, `done`, `defer`, `skip`, `correct` or `take-back`."""
    del conf
    body: CommandBody = parsed(Correct if verb == "correct" else AwardCommand)
    corrections = body.model_dump(exclude={"command_id", "seen"})
    return answer_command(
        body,
        f"awards/{award_id}/{verb}",
        lambda write: actions.command(write, award_id, verb, seen=body.seen, corrections=corrections),
        render=with_fact,
    )


@awards_bp.get("/c/<conf>/results")
@allow(Role.PUBLIC)
def results(conf: str) -> ResponseReturnValue:
    """Show the awards as they are revealed; the page itself holds no name, it follows the public stream."""
    return render_template("awards/results.html", conf=conf)
