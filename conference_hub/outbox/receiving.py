"""What becomes of a mail that comes to the hub, by a pipe or from a mailbox: both ways end here."""

from __future__ import annotations

import logging
from enum import StrEnum

from conference_hub.core.received import UnreadableMail, read_mail
from conference_hub.outbox import actions
from conference_hub.outbox.bounces import is_automatic, read_report
from conference_hub.web.hub import Hub

log = logging.getLogger(__name__)


class Taken(StrEnum):
    """What a mail was: of use, of no use without anything to be done about it, or for a person to read."""

    ANSWER = "answer"
    REPORT = "report"
    IGNORED = "ignored"
    UNUSED = "unused"


def take(hub: Hub, data: bytes) -> Taken:
    """Take a mail; the same one again changes nothing. Raises Unavailable.

    A delivery report is ignored unless it says that a mail of the hub came back, as is what a program sent by itself.
    """
    try:
        mail = hub.offload(read_mail, data)
    except UnreadableMail as error:
        log.warning("a received mail cannot be read: %s", error)
        return Taken.UNUSED
    report = read_report(mail, hub.settings.domain)
    if report is not None:
        if not report.failed:
            log.info("mail", extra={"mail": report.mail_id, "reported": report.delivery})
            return Taken.IGNORED
        with hub.database.writing() as db:
            returned = actions.bounced(hub, db, report.mail_id, report.reason, hub.now())
        return Taken.IGNORED if returned is None else Taken.REPORT
    for taker in hub.mail_takers:
        if (used := taker(hub, mail)) is not None:
            return Taken.ANSWER if used else Taken.IGNORED
    return Taken.IGNORED if is_automatic(mail) else Taken.UNUSED
