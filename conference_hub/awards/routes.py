"""The ceremony's commands, and the page of results."""

from __future__ import annotations

from flask import Blueprint, jsonify, render_template
from flask.typing import ResponseReturnValue

from conference_hub.access.middleware import viewer
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.awards import actions
from conference_hub.awards.ceremony import LONGEST
from conference_hub.web.answers import json_body, optional_int, optional_text, text_field
from conference_hub.web.hub import current_hub

awards_bp = Blueprint("awards", __name__)


@awards_bp.post("/api/v1/c/<conf>/awards/<award_id>/<verb>")
@allow(Role.OPERATOR)
def command(conf: str, award_id: str, verb: str) -> ResponseReturnValue:
    """Carry out `arm`, `reveal`, `present`, `photo`, `done`, `defer`, `skip`, `correct` or `take-back`."""
    body = json_body()
    seen = optional_int(body, "seen")
    corrections = {
        name: optional_text(body, name, max_length=2 * longest) for name, longest in LONGEST.items()
    }
    answer = current_hub().journal.command(
        conf,
        by=viewer().label(conf),
        command_id=text_field(body, "command_id"),
        action=f"awards/{award_id}/{verb}",
        request=body,
        run=lambda write: actions.command(write, award_id, verb, seen=seen, corrections=corrections),
    )
    return jsonify(answer)


@awards_bp.get("/c/<conf>/results")
@allow(Role.PUBLIC)
def results(conf: str) -> ResponseReturnValue:
    """Show the awards as they are revealed; the page itself holds no name, it follows the public stream."""
    return render_template("awards/results.html", conf=conf)
