"""The API of the gates: a scan, many scans, undo."""

from __future__ import annotations

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from conference_hub.access.commands import answer_command, answer_prepared
from conference_hub.access.middleware import viewer
from conference_hub.access.model import Role
from conference_hub.access.policy import allow, while_draft
from conference_hub.access.senders import UPLOAD_KEY
from conference_hub.checkin import amending, inbox, presence
from conference_hub.checkin.conflict_store import get_conflict, open_conflicts, settled_conflicts
from conference_hub.checkin.model import Scan
from conference_hub.checkin.redeeming import keep_upload, redeem_all, redeem_command
from conference_hub.checkin.scan_requests import Redeem, RedeemBatch, Settle, Undo, UndoQuery, Upload
from conference_hub.checkin.scan_shapes import (
    BatchAnswer,
    ConflictsAnswer,
    ScanAnswer,
    SettledAnswer,
    UndoableAnswer,
    UndoneAnswer,
    UploadAnswer,
)
from conference_hub.checkin.scans import get_scan, scans_by_id, scans_of
from conference_hub.checkin.senders import around
from conference_hub.checkin.supervising import SUPERVISORS, check_settles, supervisor
from conference_hub.core.errors import Forbidden
from conference_hub.core.journal import Write
from conference_hub.core.stream import Doc
from conference_hub.gates.acting import check_may, device_of
from conference_hub.gates.model import Device
from conference_hub.web.describing import COMMAND_CODES, answers
from conference_hub.web.hub import current_hub
from conference_hub.web.limits import ARRIVALS, limiter
from conference_hub.web.requests import takes

scans_bp = Blueprint("scans", __name__)

MOST_CONFLICTS = 200
SETTLED_SHOWN = 20
SETTLE_CODES = (*COMMAND_CODES, "settled", "cannot_switch", "not_an_admission", "undone", "moved_on")


@scans_bp.post("/api/v1/c/<conf>/checkin/redeem")
@allow(Role.STAFF, Role.OPERATOR)
@answers(ScanAnswer, refusals=(*COMMAND_CODES, "cannot_switch"))
@takes(Redeem)
def redeem(body: Redeem, conf: str) -> ResponseReturnValue:
    """Answer a scan; a repeated `scan_id` gets the first answer. `guest` instead of `token`: staff found the name."""
    return answer_prepared(redeem_command(body), conf)


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
        _check_may_undo(device_of(write.session, conf, viewer()), scan)
        return amending.undo(write, body.scan_id, around())

    return answer_command(body, conf, "checkin/undo", run)


@scans_bp.get("/api/v1/c/<conf>/checkin/undoable")
@allow(Role.STAFF, Role.OPERATOR)
@answers(UndoableAnswer)
@takes(UndoQuery)
def undoable(query: UndoQuery, conf: str) -> ResponseReturnValue:
    """Say of scans which `checkin/undo` would take back now, for a gate that is opened again.

    Unknown ones are left out.
    """
    with current_hub().database.reading() as db:
        device = device_of(db, conf, viewer())
        scans = scans_by_id(db, conf, query.ids)
        told = [_standing(db, conf, device, scan) for scan in scans.values()]
    return jsonify({"scans": told})


def _standing(db: Session, conf: str, device: Device | None, scan: Scan) -> Doc:
    try:
        _check_may_undo(device, scan)
    except Forbidden:
        may = False
    else:
        may = presence.may_undo(scan, scans_of(db, conf, scan.guest_id or ""))
    return {"scan_id": scan.id, "may_undo": may, "undone": scan.undone_at is not None}


def _check_may_undo(device: Device | None, scan: Scan) -> None:
    """Refuse a device the undo at a gate that is not its own, and a scan-only one that of others; raises Forbidden."""
    check_may(device, gate=scan.gate_id, force=device is not None and device.id != scan.device)


@scans_bp.get("/api/v1/c/<conf>/checkin/conflicts")
@allow(*SUPERVISORS)
@answers(ConflictsAnswer)
def conflicts(conf: str) -> ResponseReturnValue:
    """Return what waits for somebody to look at it, and what was settled last, with names; for supervisors."""
    with current_hub().database.reading() as db:
        device = supervisor(db, conf)
        waiting = open_conflicts(db, conf)
        items = inbox.items_of(db, conf, waiting[:MOST_CONFLICTS], device)
        settled = inbox.items_of(db, conf, settled_conflicts(db, conf, SETTLED_SHOWN), device)
    return jsonify(
        {
            "count": len(waiting),
            "conflicts": [inbox.item_document(item) for item in items],
            "settled": [inbox.settled_document(item) for item in settled],
        }
    )


@scans_bp.post("/api/v1/c/<conf>/checkin/conflicts/<conflict_id>/settle")
@allow(*SUPERVISORS)
@answers(SettledAnswer, refusals=SETTLE_CODES)
@takes(Settle)
def settle(body: Settle, conf: str, conflict_id: str) -> ResponseReturnValue:
    """Say what was done about a conflict; for supervisors.

    `undo` takes one of its scans back in the same step, `switch` lets the guest take part in the hall from now on.
    """

    def run(write: Write) -> Doc:
        check_settles(write, get_conflict(write.session, conf, conflict_id), body.what, body.scan_id)
        return amending.settle(write, conflict_id, body.what, body.word, body.scan_id, around())

    return answer_command(body, conf, f"checkin/conflicts/{conflict_id}/settle", run)
