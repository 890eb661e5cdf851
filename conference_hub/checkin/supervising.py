"""Who looks after what check-in has to look at: what each role, and each paired device, may see and do of it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from conference_hub.access.middleware import viewer
from conference_hub.access.model import Role
from conference_hub.checkin.model import Conflict, Settling
from conference_hub.checkin.scans import get_scan
from conference_hub.core.journal import Write
from conference_hub.gates.acting import check_may, device_of
from conference_hub.gates.model import Device

SUPERVISORS = (Role.STAFF, Role.OPERATOR)
"""See conflicts and settle them one by one, organisers too; of paired devices those that do more than scan."""
ORGANISERS = (Role.ORGANISER,)
"""Decide about what ended devices sent, and about many scans at once."""


def supervisor(session: Session, conf: str) -> Device | None:
    """Return the device of a supervisor, None: one who signed in; raises Forbidden for a device that only scans."""
    device = device_of(session, conf, viewer())
    check_may(device, search=True)
    return device


def may_undo_at(device: Device | None, gate: str | None) -> bool:
    """Return whether a supervisor may take back what was scanned at `gate`: a device bound to gates only at those."""
    return device is None or gate is None or device.may_use(gate)


def check_settles(write: Write, conflict: Conflict, what: Settling, scan_id: str | None) -> None:
    """Raise Forbidden when the sender may not settle a conflict, or not in this way."""
    device = device_of(write.session, write.conf, viewer())
    check_may(device, force=True)
    if what is Settling.UNDONE:
        undone = scan_id if scan_id == conflict.other and scan_id else conflict.scan
        check_may(device, gate=get_scan(write.session, write.conf, undone).gate_id)
