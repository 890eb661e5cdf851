"""The desk's page of mails: tried again, copied and withdrawn."""

from __future__ import annotations

from collections.abc import Iterator

from conference_hub.access.model import Role
from conference_hub.outbox.store import mails
from tests.integration.whole_day.sending import Sender, Step
from tests.small_conference import OTHER


def mail_desk(sender: Sender) -> Iterator[Step]:
    """Make test mails and do with them what the page can."""
    organiser = sender.sign_in(Role.ORGANISER, conf=OTHER)
    for verbs in (("retry", "copied"), ("withdraw",)):
        yield sender.form(organiser, "desk/mail/test", "MailHandled", address="me@example.com")
        with sender.hub.database.reading() as db:
            mail = mails(db, OTHER, most=1)[0]
        for verb in verbs:
            yield sender.form(organiser, f"desk/mail/{mail.id}/{verb}", "MailHandled")
