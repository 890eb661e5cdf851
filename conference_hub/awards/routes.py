"""The ceremony's commands: one address for each."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint
from flask.typing import ResponseReturnValue

from conference_hub.access.commands import answer_command, require_basis
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.agenda.history import LIVE_RUN, RunId
from conference_hub.agenda.lease import HeldBy
from conference_hub.agenda.rehearsal_actions import get_rehearsal
from conference_hub.agenda.scene import Asked
from conference_hub.awards import actions
from conference_hub.awards.actions import Said
from conference_hub.awards.refusals import CeremonyRefused, LanesNotReady, LineUpOutdated, NothingChanges
from conference_hub.awards.rehearsing import NotRehearsed
from conference_hub.awards.requests import BODIES, AwardCommand, CallOut, LineUp
from conference_hub.awards.verbs import VERBS
from conference_hub.core.commands import with_fact
from conference_hub.core.journal import Write
from conference_hub.core.shapes import FactAnswer
from conference_hub.core.stream import Doc
from conference_hub.web.describing import SEEN_CODES, answers
from conference_hub.web.requests import takes

awards_bp = Blueprint("awards", __name__)

BASE = "/api/v1/c/<conf>"
REFUSALS = (
    *SEEN_CODES,
    HeldBy.code,
    LanesNotReady.code,
    NotRehearsed.code,
    *(refusal.code for refusal in CeremonyRefused.__subclasses__()),
)
LINE_UP_CODES = (*SEEN_CODES, HeldBy.code, LineUpOutdated.code, NothingChanges.code)

Run = Callable[[Write, RunId, str, AwardCommand], Doc]
"""Carries a command out in a run, on the award with this id."""


def _add(name: str, summary: str, run: Run) -> None:
    """Add the addresses of a command, in the live run and in rehearsals; `summary` describes it."""
    model = BODIES.get(name, AwardCommand)

    @allow(Role.OPERATOR)
    @answers(FactAnswer, refusals=REFUSALS)
    @takes(model)
    def view(body: AwardCommand, conf: str, award_id: str) -> ResponseReturnValue:
        return answer_command(
            body,
            conf,
            f"awards/{award_id}/{name}",
            lambda write: run(write, LIVE_RUN, award_id, body),
            render=with_fact,
        )

    @allow(Role.OPERATOR)
    @answers(FactAnswer, refusals=REFUSALS)
    @takes(model)
    def rehearsal_view(body: AwardCommand, conf: str, run_id: str, award_id: str) -> ResponseReturnValue:
        return answer_command(
            body,
            conf,
            f"runs/{run_id}/awards/{award_id}/{name}",
            lambda write: run(write, get_rehearsal(write, RunId(run_id)).id, award_id, body),
            render=with_fact,
        )

    view.__doc__, rehearsal_view.__doc__ = summary, f"In a rehearsal: {summary}"
    endpoint = name.replace("-", "_")
    awards_bp.add_url_rule(f"{BASE}/awards/<award_id>/{name}", endpoint, view, methods=["POST"])
    awards_bp.add_url_rule(
        f"{BASE}/runs/<run_id>/awards/<award_id>/{name}",
        f"rehearsal_{endpoint}",
        rehearsal_view,
        methods=["POST"],
    )


def _run(name: str) -> Run:
    """Return what carries out a command of `VERBS`."""

    def run(write: Write, run_id: RunId, award_id: str, body: AwardCommand) -> Doc:
        require_basis(write, body)
        outside = body.outside if isinstance(body, CallOut) else None
        said = Said(seen=body.seen, expect=body.expect, outside=outside, given=body.given, run=run_id)
        return actions.command(write, award_id, name, said)

    return run


@awards_bp.post(f"{BASE}/awards/line-up")
@allow(Role.OPERATOR)
@answers(FactAnswer, refusals=LINE_UP_CODES)
@takes(LineUp)
def line_up(body: LineUp, conf: str) -> ResponseReturnValue:
    """Call those of a round who are still to come in another order."""
    return answer_command(
        body, conf, "awards/line-up", lambda write: _line_up(write, LIVE_RUN, body), render=with_fact
    )


@awards_bp.post(f"{BASE}/runs/<run_id>/awards/line-up")
@allow(Role.OPERATOR)
@answers(FactAnswer, refusals=LINE_UP_CODES)
@takes(LineUp)
def rehearsal_line_up(body: LineUp, conf: str, run_id: str) -> ResponseReturnValue:
    """In a rehearsal: call those of a round who are still to come in another order."""

    def run(write: Write) -> Doc:
        return _line_up(write, get_rehearsal(write, RunId(run_id)).id, body)

    return answer_command(body, conf, f"runs/{run_id}/awards/line-up", run, render=with_fact)


def _line_up(write: Write, run_id: RunId, body: LineUp) -> Doc:
    require_basis(write, body)
    return actions.line_up(write, Asked(lane=body.lane, seen=body.seen, run=run_id), body.cue, body.order)


for _name, _verb in VERBS.items():
    _add(_name, _verb.summary, _run(_name))
