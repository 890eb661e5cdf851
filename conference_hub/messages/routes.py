"""The commands of messages."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from conference_hub.access.commands import answer_command
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.core.commands import with_fact
from conference_hub.core.shapes import FactAnswer
from conference_hub.messages import actions
from conference_hub.messages.requests import EditMessage, Post
from conference_hub.web.describing import COMMAND_CODES, SEEN_CODES, answers
from conference_hub.web.requests import CommandBody, OnceBody, takes

messages_bp = Blueprint("messages", __name__)


@messages_bp.post("/api/v1/c/<conf>/messages")
@allow(Role.OPERATOR)
@answers(FactAnswer, refusals=(*COMMAND_CODES, "too_many"))
@takes(Post)
def post(body: Post, conf: str) -> ResponseReturnValue:
    """Send a message to audiences and screens, now or at a set time."""
    return answer_command(
        body, conf, "messages", lambda write: actions.post(write, body.draft), render=with_fact
    )


@messages_bp.post("/api/v1/c/<conf>/messages/<message_id>/edit")
@allow(Role.OPERATOR)
@answers(FactAnswer, refusals=(*SEEN_CODES, "message_ended"))
@takes(EditMessage)
def edit(body: EditMessage, conf: str, message_id: str) -> ResponseReturnValue:
    """Change a message; what it said before is kept nowhere."""
    return answer_command(
        body,
        conf,
        f"messages/{message_id}/edit",
        lambda write: actions.edit(write, message_id, body.draft, seen=body.seen, keep_time=body.keeps_time),
        render=with_fact,
    )


@messages_bp.post("/api/v1/c/<conf>/messages/<message_id>/retract")
@allow(Role.OPERATOR)
@answers(FactAnswer, refusals=SEEN_CODES)
@takes(CommandBody)
def retract(body: CommandBody, conf: str, message_id: str) -> ResponseReturnValue:
    """Take a message back: it is gone from every screen, its text from the journal."""
    return answer_command(
        body,
        conf,
        f"messages/{message_id}/retract",
        lambda write: actions.retract(write, message_id, seen=body.seen),
        render=with_fact,
    )


@messages_bp.post("/api/v1/c/<conf>/messages/<message_id>/acknowledge")
@allow(Role.EMCEE)
@answers(FactAnswer, refusals=(*COMMAND_CODES, "not_shown"))
@takes(OnceBody)
def acknowledge(body: OnceBody, conf: str, message_id: str) -> ResponseReturnValue:
    """Note that the emcee has read a message."""
    return answer_command(
        body,
        conf,
        f"messages/{message_id}/acknowledge",
        lambda write: actions.acknowledge(write, message_id),
        render=with_fact,
    )
