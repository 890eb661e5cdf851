"""The lines of gates and devices in the list "ready for doors"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from conference_hub.gates.device_store import all_devices
from conference_hub.gates.health import Health, health
from conference_hub.gates.store import all_gates
from conference_hub.web.hub import current_hub
from conference_hub.web.readiness import Line


def readiness(session: Session, conf: str) -> Iterator[Line]:
    """Yield the lines; a conference need not have devices, but those it has are looked after."""
    gates, where = all_gates(session, conf), f"/c/{conf}/desk/gates"
    if gates:
        words = ngettext("출입구가 %(num)d개 있습니다.", "출입구가 %(num)d개 있습니다.", len(gates))
        yield Line(id="checkin/gates", state="ok", words=words, where=where)
    else:
        yield Line(id="checkin/gates", state="open", words=_("출입구가 없습니다."), where=where)
    if devices := [device for device in all_devices(session, conf) if not device.ended]:
        at = current_hub().now()
        states = Counter(health(device, at) for device in devices)
        yield _devices(len(devices), states[Health.READY], f"{where}/devices")


def _devices(all_of_them: int, ready: int, where: str) -> Line:
    if ready == all_of_them:
        words = ngettext(
            "체크인 기기 %(num)d대가 모두 준비되었습니다.",
            "체크인 기기 %(num)d대가 모두 준비되었습니다.",
            ready,
        )
        return Line(id="gates/devices", state="ok", words=words, where=where)
    words = _("체크인 기기 %(all)s대 가운데 %(ready)s대가 준비되었습니다.", all=all_of_them, ready=ready)
    return Line(id="gates/devices", state="warn", words=words, where=where)
