"""The ceremony's commands: one address for each."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint
from flask.typing import ResponseReturnValue

from conference_hub.access.commands import answer_command
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.awards import actions
from conference_hub.awards.model import Wording
from conference_hub.awards.requests import AwardCommand, Correct
from conference_hub.awards.verbs import VERBS
from conference_hub.core.commands import with_fact
from conference_hub.core.journal import Write
from conference_hub.core.stream import Doc
from conference_hub.web.requests import parsed

awards_bp = Blueprint("awards", __name__)

ADDRESS = "/api/v1/c/<conf>/awards/<award_id>"


@awards_bp.post(f"{ADDRESS}/correct")
@allow(Role.OPERATOR)
def correct(conf: str, award_id: str) -> ResponseReturnValue:
    """Correct what is written about an award."""
    del conf
    body = parsed(Correct)
    wording = Wording(recipient=body.recipient, organisation=body.organisation, profile=body.profile)
    return answer_command(
        body,
        f"awards/{award_id}/correct",
        lambda write: actions.command(write, award_id, "correct", seen=body.seen, wording=wording),
        render=with_fact,
    )


@awards_bp.post(f"{ADDRESS}/undo")
@allow(Role.OPERATOR)
def undo(conf: str, award_id: str) -> ResponseReturnValue:
    """Undo the last command on an award: what it changed is exactly as before."""
    del conf
    return _answer(award_id, "undo", lambda write, seen: actions.undo(write, award_id, seen=seen))


@awards_bp.post(f"{ADDRESS}/redo")
@allow(Role.OPERATOR)
def redo(conf: str, award_id: str) -> ResponseReturnValue:
    """Do the command on an award that was undone last again."""
    del conf
    return _answer(award_id, "redo", lambda write, seen: actions.redo(write, award_id, seen=seen))


def _plain_command(name: str, summary: str) -> None:
    """Add the address of a command that takes nothing but the award."""

    def view(conf: str, award_id: str) -> ResponseReturnValue:
        del conf
        return _answer(award_id, name, lambda write, seen: actions.command(write, award_id, name, seen=seen))

    view.__doc__ = summary
    endpoint = name.replace("-", "_")
    awards_bp.add_url_rule(f"{ADDRESS}/{name}", endpoint, allow(Role.OPERATOR)(view), methods=["POST"])


for _name in VERBS.keys() - {"correct"}:
    _plain_command(_name, VERBS[_name].summary)


def _answer(award_id: str, name: str, run: Callable[[Write, int | None], Doc]) -> ResponseReturnValue:
    body = parsed(AwardCommand)
    return answer_command(
        body, f"awards/{award_id}/{name}", lambda write: run(write, body.seen), render=with_fact
    )
