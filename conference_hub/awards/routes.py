"""The ceremony's commands, and the page of results."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from conference_hub.access.commands import answer_command
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.awards import actions
from conference_hub.awards.refusals import CeremonyRefused
from conference_hub.awards.requests import AwardCommand, Correct
from conference_hub.core.commands import with_fact
from conference_hub.core.shapes import FactAnswer
from conference_hub.web.describing import SEEN_CODES, answers
from conference_hub.web.requests import CommandBody, takes

awards_bp = Blueprint("awards", __name__)

VERBS = {
    "arm": "Make an award the next to be revealed in its lane.",
    "reveal": "Publish the armed award.",
    "present": "Say that the recipient is on the stage.",
    "photo": "Say that the photograph is being taken.",
    "done": "Say that the award is over.",
    "defer": "Call an award after all others.",
    "skip": "Leave an award out.",
    "take-back": "Seal an award again, as at the beginning.",
    "correct": "Correct what is written about an award; what is absent or null stays as it is.",
}
"""The commands of the ceremony, and what each does."""
REFUSALS = (*SEEN_CODES, *(refusal.code for refusal in CeremonyRefused.__subclasses__()))


@awards_bp.get("/c/<conf>/results")
@allow(Role.PUBLIC)
def results(conf: str) -> ResponseReturnValue:
    """Show the awards as they are revealed; the page itself holds no name, it follows the public stream."""
    return render_template("awards/results.html", conf=conf)


def _view(verb: str, does: str) -> Callable[[str, str], ResponseReturnValue]:
    """Return the view of one ceremony command; `does` describes it."""

    @allow(Role.OPERATOR)
    @answers(FactAnswer, refusals=REFUSALS)
    @takes(Correct if verb == "correct" else AwardCommand)
    def view(body: CommandBody, conf: str, award_id: str) -> ResponseReturnValue:
        del conf
        corrections = body.model_dump(exclude={"command_id", "seen"})
        return answer_command(
            body,
            f"awards/{award_id}/{verb}",
            lambda write: actions.command(write, award_id, verb, seen=body.seen, corrections=corrections),
            render=with_fact,
        )

    view.__doc__ = does
    return view


for _verb, _does in VERBS.items():
    awards_bp.add_url_rule(
        f"/api/v1/c/<conf>/awards/<award_id>/{_verb}", _verb, _view(_verb, _does), methods=["POST"]
    )
