"""What becomes of a mail that comes to the hub, by a pipe or from a mailbox: both ways end here."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from conference_hub.core.errors import Unavailable
from conference_hub.core.received import UnreadableMail, read_mail
from conference_hub.outbox import actions
from conference_hub.outbox.bounces import Report, is_automatic, read_report
from conference_hub.web.hub import Hub, MailTaker

log = logging.getLogger(__name__)


class Taken(StrEnum):
    """What a mail was: of use, of no use without anything to be done about it, or for a person to read."""

    ANSWER = "answer"
    REPORT = "report"
    IGNORED = "ignored"
    UNUSED = "unused"


@dataclass(frozen=True, kw_only=True)
class _Read:
    """What stands in a mail: a report, or what each of the takers found in it."""

    report: Report | None
    automatic: bool
    found: tuple[tuple[MailTaker, Any], ...]


def take(hub: Hub, data: bytes) -> Taken:
    """Take a mail; the same one again changes nothing. Raises Unavailable and OSError: the mail is to be taken later.

    A delivery report is ignored unless it says that a mail of the hub came back, as is what a program sent by itself.
    A mail that breaks the reading is for a person: whoever writes to the hub is a stranger, and those behind wait.
    """
    try:
        return _use(hub, hub.offload(_read, data, hub.settings.domain, hub.mail_takers))
    except UnreadableMail as error:
        log.warning("a received mail cannot be read: %s", error)
    except (Unavailable, OSError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001 - whatever a mail breaks, the next one is taken
        log.error("a received mail cannot be used: %s", type(error).__name__)  # noqa: TRY400 - no words of the mail
    return Taken.UNUSED


def _read(data: bytes, domain: str, takers: Sequence[MailTaker]) -> _Read:
    """Parse a mail, which may work long; raises UnreadableMail."""
    mail = read_mail(data)
    report = read_report(mail, domain)
    read = [] if report else [(taker, taker.read(mail)) for taker in takers]
    found = tuple((taker, what) for taker, what in read if what is not None)
    return _Read(report=report, automatic=is_automatic(mail), found=found)


def _use(hub: Hub, mail: _Read) -> Taken:
    report = mail.report
    if report is not None:
        if not report.failed:
            log.info("mail", extra={"mail": report.mail_id, "reported": report.delivery})
            return Taken.IGNORED
        with hub.database.writing() as db:
            returned = actions.bounced(hub, db, report.mail_id, report.reason, hub.now())
        return Taken.IGNORED if returned is None else Taken.REPORT
    for taker, found in mail.found:
        if (used := taker.take(hub, found)) is not None:
            return Taken.ANSWER if used else Taken.IGNORED
    return Taken.IGNORED if mail.automatic else Taken.UNUSED
