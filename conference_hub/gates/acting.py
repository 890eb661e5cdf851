"""What the sender of a request may do at a gate: a paired device only what it was set up for."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from conference_hub.access.model import Viewer
from conference_hub.core.errors import Forbidden, NotSignedIn, msg
from conference_hub.gates.device_store import find_device, has_upload_key
from conference_hub.gates.model import Device

UPLOAD_LIFE = timedelta(hours=72)
"""How long after its end the scans of a device are still taken."""


def device_of(session: Session, conf: str, viewer: Viewer) -> Device | None:
    """Return the paired device that a viewer's browser is in a conference; None: a supervisor, or a script."""
    return find_device(session, conf, viewer.device_id) if viewer.device_id else None


def check_may(
    device: Device | None,
    *,
    gate: str | None = None,
    force: bool = False,
    search: bool = False,
    named: bool = False,
    register: bool = False,
) -> None:
    """Refuse what a device was not set up for; None may everything.

    `gate` is where it scans; `force` overrules a refusal, `search` looks for guests, `named` names a guest instead of a
    token, `register` adds or changes one. Raises Forbidden: `device_ended`, `other_gate` or `scan_only`.
    """
    if device is None:
        return
    if device.ended:
        raise Forbidden(
            msg("이 기기의 연결이 끝났습니다. 담당자에게 다시 연결해 달라고 하세요."), code="device_ended"
        )
    if gate is not None and not device.may_use(gate):
        raise Forbidden(msg("이 기기가 맡은 출입구가 아닙니다."), code="other_gate")
    if device.scan_only and (force or search or named or register):
        raise Forbidden(msg("이 기기는 스캔만 할 수 있습니다. 담당자를 불러 주세요."), code="scan_only")


def require_device(device: Device | None) -> Device:
    """Return the device of the sender; raises Forbidden: `not_a_device` for others, `device_ended`."""
    if device is None:
        raise Forbidden(msg("연결된 체크인 기기에서만 할 수 있습니다."), code="not_a_device")
    check_may(device)
    return device


def uploader(session: Session, conf: str, header: str, at: datetime) -> Device:
    """Return the ended device whose id and upload key `header` has (`<id>.<key>`); raises NotSignedIn.

    A device that was not ended signs in by its cookie, or is paired again.
    """
    device_id, _, key = header.partition(".")
    device = find_device(session, conf, device_id)
    over = device is None or device.ended_at is None or at - device.ended_at > UPLOAD_LIFE
    if device is None or over or not has_upload_key(session, conf, device_id, key):
        raise NotSignedIn(msg("이 기기를 다시 연결해 주세요."))
    return device
