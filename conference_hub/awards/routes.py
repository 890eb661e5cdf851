"""The ceremony's commands: one address for each."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint
from flask.typing import ResponseReturnValue

from conference_hub.access.commands import answer_command
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.agenda.history import ChangedSince, NothingToRedo, NothingToUndo
from conference_hub.awards import actions
from conference_hub.awards.model import Wording
from conference_hub.awards.refusals import CeremonyRefused
from conference_hub.awards.requests import AwardCommand, Correct
from conference_hub.awards.verbs import VERBS
from conference_hub.core.commands import with_fact
from conference_hub.core.shapes import FactAnswer
from conference_hub.web.describing import SEEN_CODES, answers
from conference_hub.web.requests import CommandBody, takes

awards_bp = Blueprint("awards", __name__)

ADDRESS = "/api/v1/c/<conf>/awards/<award_id>"
REFUSALS = (*SEEN_CODES, *(refusal.code for refusal in CeremonyRefused.__subclasses__()))
STEP_REFUSALS = (*SEEN_CODES, ChangedSince.code, NothingToUndo.code, NothingToRedo.code)


@awards_bp.post(f"{ADDRESS}/correct")
@allow(Role.OPERATOR)
@answers(FactAnswer, refusals=REFUSALS)
@takes(Correct)
def correct(body: Correct, conf: str, award_id: str) -> ResponseReturnValue:
    """Correct what is written about an award; what is absent or null stays as it is."""
    del conf
    wording = Wording(recipient=body.recipient, organisation=body.organisation, profile=body.profile)
    return answer_command(
        body,
        f"awards/{award_id}/correct",
        lambda write: actions.command(write, award_id, "correct", seen=body.seen, wording=wording),
        render=with_fact,
    )


@awards_bp.post(f"{ADDRESS}/undo")
@allow(Role.OPERATOR)
@answers(FactAnswer, refusals=STEP_REFUSALS)
@takes(AwardCommand)
def undo(body: AwardCommand, conf: str, award_id: str) -> ResponseReturnValue:
    """Undo the last command on an award: what it changed is exactly as before."""
    del conf
    return answer_command(
        body,
        f"awards/{award_id}/undo",
        lambda write: actions.undo(write, award_id, seen=body.seen),
        render=with_fact,
    )


@awards_bp.post(f"{ADDRESS}/redo")
@allow(Role.OPERATOR)
@answers(FactAnswer, refusals=STEP_REFUSALS)
@takes(AwardCommand)
def redo(body: AwardCommand, conf: str, award_id: str) -> ResponseReturnValue:
    """Do the command on an award that was undone last again."""
    del conf
    return answer_command(
        body,
        f"awards/{award_id}/redo",
        lambda write: actions.redo(write, award_id, seen=body.seen),
        render=with_fact,
    )


def _view(name: str, summary: str) -> Callable[[str, str], ResponseReturnValue]:
    """Return the view of a command that takes nothing but the award; `summary` describes it."""

    @allow(Role.OPERATOR)
    @answers(FactAnswer, refusals=REFUSALS)
    @takes(AwardCommand)
    def view(body: CommandBody, conf: str, award_id: str) -> ResponseReturnValue:
        del conf
        return answer_command(
            body,
            f"awards/{award_id}/{name}",
            lambda write: actions.command(write, award_id, name, seen=body.seen),
            render=with_fact,
        )

    view.__doc__ = summary
    return view


for _name in sorted(VERBS.keys() - {"correct"}):
    awards_bp.add_url_rule(
        f"{ADDRESS}/{_name}", _name.replace("-", "_"), _view(_name, VERBS[_name].summary), methods=["POST"]
    )
