"""The command of guests of honour."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from conference_hub.access.commands import answer_command
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.core.commands import with_fact
from conference_hub.core.shapes import FactAnswer
from conference_hub.honours import actions
from conference_hub.honours.requests import Mark
from conference_hub.web.describing import SEEN_CODES, answers
from conference_hub.web.requests import takes

honours_bp = Blueprint("honours", __name__)


@honours_bp.post("/api/v1/c/<conf>/honours/<honour_id>/mark")
@allow(Role.OPERATOR, Role.EMCEE, Role.STAFF)
@answers(FactAnswer, refusals=SEEN_CODES)
@takes(Mark)
def mark(body: Mark, conf: str, honour_id: str) -> ResponseReturnValue:
    """Say whether a guest of honour is here, does not come, or is represented."""
    return answer_command(
        body,
        conf,
        f"honours/{honour_id}/mark",
        lambda write: actions.mark(write, honour_id, body.standing, body.representative, expect=body.expect),
        render=with_fact,
    )
