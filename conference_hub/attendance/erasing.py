"""What attendance erases: who took part from elsewhere when. How many were where is kept, as numbers."""

from __future__ import annotations

from conference_hub.attendance.tables import RemoteSpanRow
from conference_hub.core.erasing import Erasure
from conference_hub.core.errors import msg

ERASURES = (Erasure(row=RemoteSpanRow, name="remote_span", words=msg("온라인 참여 기록")),)
