"""The API of groups: names that come out one after the other."""

from __future__ import annotations

import inspect
from collections.abc import Callable

from flask import Blueprint
from flask.typing import ResponseReturnValue

from conference_hub.access.commands import answer_command, require_basis
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.agenda.lease import HeldBy
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
from conference_hub.web.requests import takes

awards_group_bp = Blueprint("awards_group", __name__)

BASE = "/api/v1/c/<conf>/awards/group"
OWN_CODES = (
    *(SEEN_CODES),
    HeldBy.code,
    *(refusal.code for refusal in LaneRefused.__subclasses__()),
    NotItsRound.code,
)


@awards_group_bp.post(BASE)
@allow(Role.OPERATOR)
@answers(FactAnswer, refusals=(*OWN_CODES, GroupMixed.code, AlreadyRevealed.code, AlreadySkipped.code))
@takes(BeginGroup)
def begin(body: BeginGroup, conf: str) -> ResponseReturnValue:
    """Call awards of the round on air as a group, by a pace or by a key."""

    def run(write: Write) -> Doc:
        require_basis(write, body)
        return group_actions.begin(write, Asked(lane=body.lane, seen=body.seen), body.awards, body.pace_s)

    return answer_command(body, conf, "awards/group", run, render=with_fact)


def _add(name: str, action: Callable[..., Doc]) -> None:
    """Add the address of a command; its description is that of the action."""
    takes_expect = "expect" in inspect.signature(action).parameters

    @allow(Role.OPERATOR)
    @answers(FactAnswer, refusals=(*OWN_CODES, NothingToTakeBack.code))
    @takes(GroupCommand)
    def view(body: GroupCommand, conf: str) -> ResponseReturnValue:
        given = {"expect": body.expect} if takes_expect else {}

        def run(write: Write) -> Doc:
            require_basis(write, body)
            return action(write, Asked(lane=body.lane, seen=body.seen), **given)

        return answer_command(body, conf, f"awards/group/{name}", run, render=with_fact)

    view.__doc__ = action.__doc__
    awards_group_bp.add_url_rule(f"{BASE}/{name}", name, view, methods=["POST"])


for _name, _action in group_actions.COMMANDS.items():
    _add(_name, _action)
