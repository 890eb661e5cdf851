"""The ceremony's commands: one address for each."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint
from flask.typing import ResponseReturnValue

from conference_hub.access.commands import answer_command, require_basis
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.agenda.lease import HeldBy
from conference_hub.agenda.scene import Asked
from conference_hub.awards import actions
from conference_hub.awards.actions import Said
from conference_hub.awards.refusals import CeremonyRefused, LineUpOutdated, NothingChanges
from conference_hub.awards.requests import BODIES, AwardCommand, CallOut, LineUp
from conference_hub.awards.verbs import VERBS
from conference_hub.core.commands import with_fact
from conference_hub.core.journal import Write
from conference_hub.core.shapes import FactAnswer
from conference_hub.core.stream import Doc
from conference_hub.web.describing import SEEN_CODES, answers
from conference_hub.web.requests import takes

awards_bp = Blueprint("awards", __name__)

REFUSALS = (*SEEN_CODES, HeldBy.code, *(refusal.code for refusal in CeremonyRefused.__subclasses__()))

Run = Callable[[Write, str, AwardCommand], Doc]
"""Carries a command out on the award with this id."""


def _add(name: str, summary: str, run: Run) -> None:
    """Add the address of a command; `summary` describes it."""

    @allow(Role.OPERATOR)
    @answers(FactAnswer, refusals=REFUSALS)
    @takes(BODIES.get(name, AwardCommand))
    def view(body: AwardCommand, conf: str, award_id: str) -> ResponseReturnValue:
        return answer_command(
            body,
            conf,
            f"awards/{award_id}/{name}",
            lambda write: run(write, award_id, body),
            render=with_fact,
        )

    view.__doc__ = summary
    address = f"/api/v1/c/<conf>/awards/<award_id>/{name}"
    awards_bp.add_url_rule(address, name.replace("-", "_"), view, methods=["POST"])


def _run(name: str) -> Run:
    """Return what carries out a command of `VERBS`."""

    def run(write: Write, award_id: str, body: AwardCommand) -> Doc:
        require_basis(write, body)
        outside = body.outside if isinstance(body, CallOut) else None
        said = Said(seen=body.seen, expect=body.expect, outside=outside, given=body.given)
        return actions.command(write, award_id, name, said)

    return run


@awards_bp.post("/api/v1/c/<conf>/awards/line-up")
@allow(Role.OPERATOR)
@answers(FactAnswer, refusals=(*SEEN_CODES, HeldBy.code, LineUpOutdated.code, NothingChanges.code))
@takes(LineUp)
def line_up(body: LineUp, conf: str) -> ResponseReturnValue:
    """Call those of a round who are still to come in another order."""

    def run(write: Write) -> Doc:
        require_basis(write, body)
        return actions.line_up(write, Asked(lane=body.lane, seen=body.seen), body.cue, body.order)

    return answer_command(body, conf, "awards/line-up", run, render=with_fact)


for _name, _verb in VERBS.items():
    _add(_name, _verb.summary, _run(_name))
