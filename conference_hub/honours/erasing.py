"""What is erased of the guests of honour: all of them."""

from __future__ import annotations

from conference_hub.core.erasing import Erasure
from conference_hub.core.errors import msg
from conference_hub.honours.tables import HonourRow

ERASURES = (Erasure(row=HonourRow, name="honour", words=msg("내빈")),)
