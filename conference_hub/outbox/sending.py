"""Sends what waits in the outbox: claim, commit, send outside any transaction, write down what became of it.

A mail is sent at least once: where a process dies between the server's answer and the commit, the mail is sent again
after its lease, with the same Message-ID.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from conference_hub.core.mail_server import MailServer
from conference_hub.outbox import retries, store
from conference_hub.outbox.message import Letter, letter_of
from conference_hub.outbox.model import Mail, MailState
from conference_hub.outbox.retries import Outcome, Rejected
from conference_hub.web.hub import Hub

log = logging.getLogger(__name__)

AT_A_TIME = 20
"""Mails that one connection takes; each has at most LEASE / AT_A_TIME of the lease."""
Deliver = Callable[[MailServer, Sequence[Letter]], list[Outcome]]


def send_waiting(hub: Hub, server: MailServer, deliver: Deliver) -> int:
    """Send every mail that is due; return how many were tried. Raises Unavailable."""
    tried = 0
    while batch := _claimed(hub):
        for mail, outcome in zip(batch, _outcomes(hub, server, batch, deliver), strict=True):
            _settle(hub, mail, outcome)
        tried += len(batch)
    return tried


def _claimed(hub: Hub) -> list[Mail]:
    at = hub.now()
    with hub.database.reading() as db:
        if not store.any_due(db, at):
            return []
    with hub.database.writing() as db:
        batch = [retries.claim(mail, at) for mail in store.due(db, at, AT_A_TIME)]
        for mail in batch:
            store.save_mail(db, mail)
    return batch


def _outcomes(hub: Hub, server: MailServer, batch: Sequence[Mail], deliver: Deliver) -> list[Outcome]:
    """Send a batch; a mail that makes no message is rejected without being sent."""
    domain = urlsplit(hub.settings.public_url).hostname or "localhost"
    made = [_made(mail, server.sender, domain) for mail in batch]
    letters = [letter for letter in made if isinstance(letter, Letter)]
    sent = iter(hub.offload(deliver, server, letters) if letters else [])
    return [next(sent) if isinstance(letter, Letter) else letter for letter in made]


def _made(mail: Mail, sender: str, domain: str) -> Letter | Rejected:
    try:
        return letter_of(mail, sender, domain)
    except ValueError as error:
        return Rejected(reason=str(error))


def _settle(hub: Hub, mail: Mail, outcome: Outcome) -> None:
    settled = retries.settle(mail, outcome, hub.now())
    with hub.database.writing() as db:
        if settled.open and store.has_newer(db, mail):
            settled = retries.replaced(settled, hub.now())
        store.save_mail(db, settled)
        if settled.state is not MailState.WAITING:
            hub.tell_settled(db, settled, hub.now())
    log.info("mail", extra={"mail": mail.id, "state": settled.state, "attempts": mail.attempts})
