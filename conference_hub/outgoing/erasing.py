"""What is erased of webhooks and OSC addresses: all of them, so nobody is told anything afterwards."""

from __future__ import annotations

from conference_hub.core.erasing import Erasure
from conference_hub.outgoing.osc_tables import OscTargetRow
from conference_hub.outgoing.tables import WebHookDeliveryRow, WebHookRow

ERASURES = (
    Erasure(row=WebHookDeliveryRow, name="web_hook_delivery"),
    Erasure(row=WebHookRow, name="web_hook"),
    Erasure(row=OscTargetRow, name="osc_target"),
)
