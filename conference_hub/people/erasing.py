"""What the guest list erases: every guest; who took data out of the hub stays on record, without their notes."""

from __future__ import annotations

from conference_hub.core.erasing import Erasure
from conference_hub.core.errors import msg
from conference_hub.people.tables import DisclosureRow, GuestRow, MailChoiceRow, NoticeRow, ReadingRow

ERASURES = (
    Erasure(row=MailChoiceRow, name="mail_choice", words=msg("메일 받기 설정")),
    Erasure(row=NoticeRow, name="guest_notice", words=msg("개인정보 안내 기록")),
    Erasure(row=GuestRow, name="guest", words=msg("명단의 참석자")),
    Erasure(row=ReadingRow, name="guest_reading", words=msg("개인정보 열람 기록")),
    Erasure(row=DisclosureRow, name="guest_disclosure", blank={"note": ""}),
)
