"""The API of the gates: a scan, many scans, undo."""

from __future__ import annotations

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from conference_hub.access.commands import answer_command
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.checkin import scanning
from conference_hub.checkin.redeeming import redeem_all, redeem_command
from conference_hub.checkin.scan_requests import Redeem, RedeemBatch, Undo
from conference_hub.checkin.shapes import BatchAnswer, ScanAnswer, UndoneAnswer
from conference_hub.web.describing import COMMAND_CODES, answers
from conference_hub.web.requests import takes

scans_bp = Blueprint("scans", __name__)


@scans_bp.post("/api/v1/c/<conf>/checkin/redeem")
@allow(Role.STAFF, Role.OPERATOR)
@answers(ScanAnswer, refusals=COMMAND_CODES)
@takes(Redeem)
def redeem(body: Redeem, conf: str) -> ResponseReturnValue:
    """Answer a scan; a repeated `scan_id` gets the first answer. `guest` instead of `token`: staff found the name."""
    command = redeem_command(body)
    return answer_command(body, conf, command.action, command.run, render=command.render)


@scans_bp.post("/api/v1/c/<conf>/checkin/redeem/batch")
@allow(Role.STAFF, Role.OPERATOR)
@answers(BatchAnswer)
@takes(RedeemBatch)
def redeem_batch(body: RedeemBatch, conf: str) -> ResponseReturnValue:
    """Answer scans that a device kept, each as `redeem` does, in their order.

    Each is kept by itself: one that is refused leaves the others as they are, and a batch that broke off is sent again
    as a whole. When the sender may not act any more, or the storage does not work, the batch is refused as a whole.
    """
    return jsonify({"answers": redeem_all(body, conf)})


@scans_bp.post("/api/v1/c/<conf>/checkin/undo")
@allow(Role.STAFF, Role.OPERATOR)
@answers(UndoneAnswer, refusals=(*COMMAND_CODES, "not_an_admission", "undone", "moved_on"))
@takes(Undo)
def undo(body: Undo, conf: str) -> ResponseReturnValue:
    """Take back what a scan did: an admission, or an exit."""
    return answer_command(body, conf, "checkin/undo", lambda write: scanning.undo(write, body.scan_id))
