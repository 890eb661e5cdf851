"""What webhooks erase: where they sent, and what became of it; after that nobody is told anything any more."""

from __future__ import annotations

from conference_hub.core.erasing import Erasure
from conference_hub.outgoing.tables import WebHookDeliveryRow, WebHookRow

ERASURES = (
    Erasure(row=WebHookDeliveryRow, name="web_hook_delivery"),
    Erasure(row=WebHookRow, name="web_hook"),
)
