"""Who sends scans: a paired device, or somebody who signed in."""

from __future__ import annotations

from conference_hub.access.middleware import signed_in_at, viewer
from conference_hub.access.model import Role
from conference_hub.checkin.model import Acted
from conference_hub.checkin.scan_requests import Redeem, Sender
from conference_hub.checkin.switching import Around
from conference_hub.core.journal import Write
from conference_hub.gates.acting import check_may, device_of, require_device
from conference_hub.web.hub import current_hub


def around() -> Around:
    """Return what follows a guest into the hall."""
    hub = current_hub()
    return Around(to_hall=hub.to_hall, followed=hub.guests_changed)


def sender_of(write: Write, scan: Redeem) -> Sender:
    """Return who sends a scan, as the transaction sees them.

    Raises Forbidden for what their device was not set up for, and for somebody who says that they let a person in, or
    turned them away, without being a paired device or a turnstile: a machine token of gate staff, which reads badges
    and names nobody. Whoever may scan is believed that they asked one to wait.
    """
    device = device_of(write.session, write.conf, viewer())
    check_may(device, gate=scan.gate, force=scan.force, named=scan.guest is not None)
    turnstile = viewer().machine and Role.STAFF in viewer().roles(write.conf) and scan.token is not None
    if scan.acted in {Acted.ADMITTED, Acted.REFUSED} and not turnstile:
        require_device(device)
    return Sender(
        since=device.paired_at if device else signed_in_at(),
        device=device.id if device else None,
        trusted=device is None or not device.scan_only,
        staff_at=tuple(conf for conf in viewer().conferences(Role.STAFF) if conf != write.conf),
    )
