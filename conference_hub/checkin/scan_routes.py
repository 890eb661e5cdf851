"""The API of the gates: a scan, many scans, undo."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from conference_hub.access.commands import answer_command
from conference_hub.access.middleware import viewer
from conference_hub.access.model import Role
from conference_hub.access.policy import allow, while_draft
from conference_hub.access.senders import UPLOAD_KEY
from conference_hub.checkin import inbox, scanning
from conference_hub.checkin.conflict_store import open_conflicts
from conference_hub.checkin.redeeming import keep_upload, redeem_all, redeem_command
from conference_hub.checkin.scan_requests import Redeem, RedeemBatch, Settle, Undo, Upload
from conference_hub.checkin.scan_shapes import (
    BatchAnswer,
    ConflictsAnswer,
    ScanAnswer,
    SettledAnswer,
    UndoneAnswer,
    UploadAnswer,
)
from conference_hub.checkin.scans import get_scan
from conference_hub.checkin.senders import around
from conference_hub.checkin.veiling import veil
from conference_hub.core.journal import Write
from conference_hub.core.stream import Doc
from conference_hub.gates.acting import check_may, device_of
from conference_hub.web.describing import COMMAND_CODES, answers
from conference_hub.web.hub import current_hub
from conference_hub.web.limits import ARRIVALS, limiter
from conference_hub.web.requests import takes

scans_bp = Blueprint("scans", __name__)

MOST_CONFLICTS = 200


@scans_bp.post("/api/v1/c/<conf>/checkin/redeem")
@allow(Role.STAFF, Role.OPERATOR)
@answers(ScanAnswer, refusals=(*COMMAND_CODES, "cannot_switch"))
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


@scans_bp.post("/api/v1/c/<conf>/checkin/device/upload")
@limiter.limit(ARRIVALS)
@allow(Role.PUBLIC)
@while_draft
@answers(UploadAnswer, limited=True)
@takes(Upload)
def upload(body: Upload, conf: str) -> ResponseReturnValue:
    """Keep what an ended device still has, by its key in `X-Upload-Key`, for 72 hours; people decide about it.

    Whether a badge is one of anybody is not told. The key is enough while the conference is a draft.
    """
    return jsonify({"answers": keep_upload(body, conf, request.headers.get(UPLOAD_KEY, ""))})


@scans_bp.post("/api/v1/c/<conf>/checkin/undo")
@allow(Role.STAFF, Role.OPERATOR)
@answers(UndoneAnswer, refusals=(*COMMAND_CODES, "not_an_admission", "undone", "moved_on"))
@takes(Undo)
def undo(body: Undo, conf: str) -> ResponseReturnValue:
    """Take back what a scan did, an admission or an exit: devices at their gates, scan-only ones with their own."""

    def run(write: Write) -> Doc:
        scan = get_scan(write.session, conf, body.scan_id)
        device = device_of(write.session, conf, viewer())
        check_may(device, gate=scan.gate_id, force=device is not None and device.id != scan.device)
        return scanning.undo(write, body.scan_id, around())

    return answer_command(body, conf, "checkin/undo", run)


@scans_bp.get("/api/v1/c/<conf>/checkin/conflicts")
@allow(Role.STAFF, Role.OPERATOR)
@answers(ConflictsAnswer)
def conflicts(conf: str) -> ResponseReturnValue:
    """Return what waits for somebody to look at it, the oldest first, with names; for supervisors."""
    with current_hub().database.reading() as db:
        check_may(device_of(db, conf, viewer()), search=True)
        waiting = open_conflicts(db, conf)[:MOST_CONFLICTS]
        veiled = veil(db, conf)
        items = [
            replace(item, guest=veiled(item.guest)) if item.guest else item
            for item in inbox.items_of(db, conf, waiting)
        ]
    return jsonify({"conflicts": [inbox.item_document(item) for item in items]})


@scans_bp.post("/api/v1/c/<conf>/checkin/conflicts/<conflict_id>/settle")
@allow(Role.STAFF, Role.OPERATOR)
@answers(SettledAnswer, refusals=(*COMMAND_CODES, "settled", "not_an_admission", "undone", "moved_on"))
@takes(Settle)
def settle(body: Settle, conf: str, conflict_id: str) -> ResponseReturnValue:
    """Say what was done about a conflict; for supervisors. `undo` takes one of its scans back in the same step."""

    def run(write: Write) -> Doc:
        check_may(device_of(write.session, conf, viewer()), force=True)
        return scanning.settle(write, conflict_id, body.what, body.word, body.scan_id, around())

    return answer_command(body, conf, f"checkin/conflicts/{conflict_id}/settle", run)
