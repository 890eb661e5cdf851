"""A device as its browser sees itself."""

from __future__ import annotations

from conference_hub.gates.model import Device
from conference_hub.gates.shapes import DeviceDoc


def device_document(device: Device) -> DeviceDoc:
    """Render what a device is and may do."""
    return {
        "id": device.id,
        "name": device.name,
        "gates": sorted(device.gates),
        "scan_only": device.scan_only,
    }
