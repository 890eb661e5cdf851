"""What the outbox erases: all e-mails of the conference, what was sent to many, and who changed their words."""

from __future__ import annotations

from conference_hub.core.erasing import Erasure
from conference_hub.core.errors import msg
from conference_hub.outbox.tables import BulkRoundRow, MailRow, MailWordingRow, SendingRow

ERASURES = (
    Erasure(row=MailRow, name="mail", words=msg("보냈거나 기다리는 이메일")),
    Erasure(row=BulkRoundRow, name="bulk_round"),
    Erasure(row=SendingRow, name="mail_sending"),
    Erasure(row=MailWordingRow, name="mail_wording", blank={"changed_by": ""}),
)
