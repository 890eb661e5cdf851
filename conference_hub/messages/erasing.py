"""What messages erase: their texts, their authors, and who read them."""

from __future__ import annotations

from conference_hub.core.erasing import Erasure
from conference_hub.messages.tables import MessageRow

ERASURES = (Erasure(row=MessageRow, name="message"),)
