"""What goes of devices when personal data are kept no longer: people name them after themselves."""

from __future__ import annotations

from conference_hub.core.erasing import Erasure
from conference_hub.core.errors import msg
from conference_hub.gates.tables import DeviceLinkRow, DeviceRow

ERASURES = (
    Erasure(row=DeviceRow, name="device", words=msg("체크인 기기")),
    Erasure(row=DeviceLinkRow, name="device_link"),
)
