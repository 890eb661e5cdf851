"""The commands of the follow-up."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from conference_hub.access.commands import answer_command
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.core.errors import Refused, msg
from conference_hub.core.journal import Write
from conference_hub.core.stream import Doc
from conference_hub.followup import actions, store
from conference_hub.followup.model import begins_in_the_past
from conference_hub.followup.requests import Cancel, Reschedule, Restore
from conference_hub.followup.shapes import ChangedDoc
from conference_hub.web.describing import SEEN_CODES, answers
from conference_hub.web.requests import takes

followup_bp = Blueprint("followup", __name__)


@followup_bp.post("/api/v1/c/<conf>/follow-up/<session_id>/reschedule")
@allow(Role.ORGANISER)
@answers(ChangedDoc, refusals=(*SEEN_CODES, "cancelled", "already_over", "past"))
@takes(Reschedule)
def reschedule(body: Reschedule, conf: str, session_id: str) -> ResponseReturnValue:
    """Move a session to `starts_at`–`ends_at` (RFC 3339 with offset); a start that is over needs `past`."""
    return answer_command(
        body,
        conf,
        f"follow-up/{session_id}/reschedule",
        lambda write: _move(write, session_id, body),
    )


def _move(write: Write, session_id: str, body: Reschedule) -> Doc:
    before = store.get_session(write.session, write.conf, session_id)
    if not body.past and begins_in_the_past(before, body.starts_at, write.at):
        sentence = msg("시작 시각이 이미 지났습니다. 그래도 옮기려면 past를 true로 보내 주세요.")
        raise Refused(sentence, code="past", field="past")
    return actions.reschedule(write, session_id, body.starts_at, body.ends_at, seen=body.seen)


@followup_bp.post("/api/v1/c/<conf>/follow-up/<session_id>/cancel")
@allow(Role.ORGANISER)
@answers(ChangedDoc, refusals=(*SEEN_CODES, "already_over"))
@takes(Cancel)
def cancel(body: Cancel, conf: str, session_id: str) -> ResponseReturnValue:
    """Cancel a session."""
    return answer_command(
        body,
        conf,
        f"follow-up/{session_id}/cancel",
        lambda write: actions.cancel(write, session_id, seen=body.seen),
    )


@followup_bp.post("/api/v1/c/<conf>/follow-up/<session_id>/restore")
@allow(Role.ORGANISER)
@answers(ChangedDoc, refusals=(*SEEN_CODES, "already_over"))
@takes(Restore)
def restore(body: Restore, conf: str, session_id: str) -> ResponseReturnValue:
    """Let a cancelled session take place after all."""
    return answer_command(
        body,
        conf,
        f"follow-up/{session_id}/restore",
        lambda write: actions.restore(write, session_id, seen=body.seen),
    )
