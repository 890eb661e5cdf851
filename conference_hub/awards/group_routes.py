"""The API of groups: names that come out one after the other."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue

from conference_hub.access.commands import answer_command, require_basis
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.agenda.history import LIVE_RUN, RunId
from conference_hub.agenda.lease import HeldBy
from conference_hub.agenda.rehearsal_actions import get_rehearsal
from conference_hub.agenda.scene import Asked
from conference_hub.awards import group_actions
from conference_hub.awards.refusals import (
    AlreadyRevealed,
    AlreadySkipped,
    GroupMixed,
    LaneRefused,
    NothingToTakeBack,
    NotItsRound,
)
from conference_hub.awards.requests import BeginGroup, GroupCommand
from conference_hub.core.commands import with_fact
from conference_hub.core.journal import Write
from conference_hub.core.shapes import FactAnswer
from conference_hub.core.stream import Doc
from conference_hub.web.describing import SEEN_CODES, answers
from conference_hub.web.requests import CommandBody, takes

awards_group_bp = Blueprint("awards_group", __name__)

BASE = "/api/v1/c/<conf>"
OWN_CODES = (
    *(SEEN_CODES),
    HeldBy.code,
    *(refusal.code for refusal in LaneRefused.__subclasses__()),
    NotItsRound.code,
)
BEGIN_CODES = (*OWN_CODES, GroupMixed.code, AlreadyRevealed.code, AlreadySkipped.code)
COMMAND_CODES = (*OWN_CODES, NothingToTakeBack.code)
Run = Callable[[Write, RunId, Any], Doc]
"""Carries out what a body asks for, in a run."""


def _add(address: str, model: type[CommandBody], run: Run, codes: tuple[str, ...], summary: str) -> None:
    """Add the addresses of a command, in the live run and in rehearsals; `summary` describes it."""

    @allow(Role.OPERATOR)
    @answers(FactAnswer, refusals=codes)
    @takes(model)
    def view(body: CommandBody, conf: str) -> ResponseReturnValue:
        return answer_command(body, conf, address, lambda write: run(write, LIVE_RUN, body), render=with_fact)

    @allow(Role.OPERATOR)
    @answers(FactAnswer, refusals=codes)
    @takes(model)
    def rehearsal_view(body: CommandBody, conf: str, run_id: str) -> ResponseReturnValue:
        def rehearse(write: Write) -> Doc:
            return run(write, get_rehearsal(write, RunId(run_id)).id, body)

        return answer_command(body, conf, f"runs/{run_id}/{address}", rehearse, render=with_fact)

    view.__doc__, rehearsal_view.__doc__ = summary, f"In a rehearsal: {summary}"
    name = address.removeprefix("awards/group").strip("/") or "begin"
    for path, endpoint, one in (
        (f"{BASE}/{address}", name, view),
        (f"{BASE}/runs/<run_id>/{address}", f"rehearsal_{name}", rehearsal_view),
    ):
        awards_group_bp.add_url_rule(path, endpoint, one, methods=["POST"])


def _begin(write: Write, run_id: RunId, body: BeginGroup) -> Doc:
    require_basis(write, body)
    asked = Asked(lane=body.lane, seen=body.seen, run=run_id)
    return group_actions.begin(write, asked, body.awards, body.pace_s)


def _command(action: Callable[..., Doc]) -> Run:
    """Return what carries out a command of a group that runs."""
    takes_expect = "expect" in inspect.signature(action).parameters

    def run(write: Write, run_id: RunId, body: GroupCommand) -> Doc:
        require_basis(write, body)
        given = {"expect": body.expect} if takes_expect else {}
        return action(write, Asked(lane=body.lane, seen=body.seen, run=run_id), **given)

    return run


_add(
    "awards/group",
    BeginGroup,
    _begin,
    BEGIN_CODES,
    "Call awards of the round on air as a group, by a pace or by a key.",
)
for _name, _action in group_actions.COMMANDS.items():
    _add(f"awards/group/{_name}", GroupCommand, _command(_action), COMMAND_CODES, _action.__doc__ or "")
