"""What attendance erases: who took part from elsewhere when, and whom certificates name.

How many were where is kept, as numbers. A certificate can still be verified, without a name.
"""

from __future__ import annotations

from conference_hub.attendance.certificate_tables import CertificateRow
from conference_hub.attendance.tables import RemoteSpanRow
from conference_hub.core.erasing import Erasure
from conference_hub.core.errors import msg

ERASURES = (
    Erasure(row=RemoteSpanRow, name="remote_span", words=msg("온라인 참여 기록")),
    Erasure(
        row=CertificateRow,
        name="certificate",
        words=msg("참석 증명서의 이름과 소속"),
        blank=dict.fromkeys(("guest_id", "name", "organisation")),
    ),
)
