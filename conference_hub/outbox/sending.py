"""Sends what waits in the outbox: claim, commit, hand over outside any transaction, write down what became of it.

What became of a mail is committed before the next one is handed over, in the transaction that claims that one. A mail
is sent at least once: where a process dies between the server's answer and the commit, that one mail is sent again
after its lease, with the same Message-ID.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy.orm import Session

from conference_hub.core.db import database_of
from conference_hub.outbox import queue_store, retries, store
from conference_hub.outbox.message import Letter, letter_of
from conference_hub.outbox.model import Mail, MailId, MailState
from conference_hub.outbox.retries import Delivered, Outcome, Rejected, Unreachable, Written
from conference_hub.web.hub import Hub

log = logging.getLogger(__name__)

AT_A_TIME = 20
"""Mails that are looked up at once; each is claimed by itself."""
MINUTE = timedelta(minutes=1)
SLICE = 200
"""Mails that one transaction settles at most because nobody wants them any more."""


class Carrier(Protocol):
    """Who letters are handed to: a mail server, or a directory."""

    def deliver(self, letter: Letter) -> Outcome:
        """Hand one letter over and return what became of it; blocks, and raises nothing."""

    def close(self) -> None:
        """End what stays open between letters."""


@dataclass(kw_only=True)
class Sender:
    """Sends the mails of a hub through a carrier, at most `per_minute` of them in any minute, None: as fast as it can.

    Where there is nobody to hand them to it rests, for a minute at first and an hour at most; mails lose nothing by it.
    `in_hand` is the mail that was handed over, and what became of it, until that is written down.
    """

    hub: Hub
    carrier: Carrier
    per_minute: int | None = None
    rests_until: datetime | None = None
    failures: int = 0
    in_hand: tuple[Mail, Outcome] | None = None

    def send_waiting(self) -> int:
        """Send every mail that is due; return how many were tried. Raises Unavailable."""
        self._next(None)
        if self.rests_until is not None and self.hub.now() < self.rests_until:
            return 0
        tried = 0
        try:
            while sent := self._send_some():
                tried += sent
        finally:
            self.hub.offload(self.carrier.close)
        return tried

    def _send_some(self) -> int:
        """Send a few mails; return how many were handed over, 0 when none is due or nothing more may be sent now."""
        at = self.hub.now()
        with self.hub.database.reading() as db:
            mails = queue_store.candidates(db, at, AT_A_TIME) if self._has_pace(db, at) else []
        return self._send_each(mails) if mails else 0

    def _send_each(self, mails: Sequence[MailId]) -> int:
        tried = 0
        for mail_id in (*mails, None):
            mail = self._next(mail_id)
            if mail is None:
                continue
            outcome = self._hand_over(mail)
            self.in_hand = mail, outcome
            if isinstance(outcome, Unreachable):
                self._rest(outcome)
                self._next(None)
                return 0
            self._goes_well()
            tried += 1
        return tried

    def _next(self, mail_id: MailId | None) -> Mail | None:
        """Write down what became of the mail before, and claim another one in the same transaction.

        Where the storage does not work, what became of it is written down the next time.
        """
        if mail_id is None and self.in_hand is None:
            return None
        at = self.hub.now()
        with self.hub.database.writing() as db:
            if self.in_hand is not None:
                _settle(self.hub, db, *self.in_hand, at)
            claimed = self._claimed(db, mail_id, at) if mail_id is not None else None
        self.in_hand = None
        return claimed

    def _claimed(self, session: Session, mail_id: MailId, at: datetime) -> Mail | None:
        """Claim a mail; None when it is not to be sent now: another process has it, or something changed since."""
        if self.per_minute is not None:
            queue_store.take_turns(session, sqlite=database_of(session).sqlite)
        if not self._has_pace(session, at):
            return None
        mail = store.locked(session, mail_id)
        if mail is None or not retries.due(mail, at):
            return None
        if (needless := _needless(session, mail, at)) is not None:
            _keep(self.hub, session, needless, at)
            return None
        if queue_store.held_back(session, mail):
            if mail.state is MailState.SENDING:
                _keep(self.hub, session, retries.orphaned(mail), at)
            return None
        claimed = retries.claim(mail, at)
        store.save_mail(session, claimed)
        return claimed

    def _has_pace(self, session: Session, at: datetime) -> bool:
        """Return whether another mail may be handed over now."""
        return self.per_minute is None or queue_store.tried_since(session, at - MINUTE) < self.per_minute

    def _hand_over(self, mail: Mail) -> Outcome:
        """Hand a mail over; one that makes no letter is rejected without being sent."""
        settings = self.hub.settings
        try:
            letter = letter_of(mail, settings.mail_from, settings.domain)
        except ValueError as error:
            return Rejected(reason=str(error))
        outcome: Outcome = self.hub.offload(self.carrier.deliver, letter)
        return outcome

    def _rest(self, outcome: Unreachable) -> None:
        self.failures += 1
        self.rests_until = self.hub.now() + retries.pause(self.failures)
        self.hub.mail_trouble = outcome.reason
        log.warning("mail server: %s", outcome.reason)

    def _goes_well(self) -> None:
        self.failures, self.rests_until, self.hub.mail_trouble = 0, None, ""


def settle_needless(hub: Hub) -> int:
    """Settle the mails that wait though nobody wants them any more; return how many."""
    total = 0
    while True:
        with hub.database.reading() as db:
            found = queue_store.needless(db, hub.now(), SLICE)
        if not found:
            return total
        at = hub.now()
        with hub.database.writing() as db:
            for mail_id in found:
                mail = store.locked(db, mail_id)
                unwanted = None if mail is None else _needless(db, mail, at)
                if unwanted is not None:
                    _keep(hub, db, unwanted, at)
                    total += 1
        hub.pause()


def _needless(session: Session, mail: Mail, at: datetime) -> Mail | None:
    """Return a mail that waits, or whose sender died, as it is settled without being sent; None: it is to be sent."""
    if mail.state is not MailState.WAITING and not retries.due(mail, at):
        return None
    waits = retries.orphaned(mail)
    if retries.expired(waits, at):
        return retries.expire(waits, at)
    if mail.state is MailState.SENDING and store.has_newer(session, mail):
        return retries.replaced(waits, at)
    return retries.withdraw(waits, at) if queue_store.stopped(session, mail) else None


def _settle(hub: Hub, session: Session, mail: Mail, outcome: Outcome, at: datetime) -> None:
    """Write down what became of a mail that this process claimed.

    Where the lease was over and another process took it, only that it was sent is news. One that was erased meanwhile
    stays so.
    """
    stored = store.find_mail(session, mail.id, lock=True)
    if stored is None:
        return
    own = stored.state is MailState.SENDING and stored.attempts == mail.attempts
    if not own and not (stored.open and isinstance(outcome, Delivered | Written)):
        return
    settled = retries.settle(stored, outcome, at)
    if settled.at_rest and store.has_newer(session, mail):
        settled = retries.replaced(settled, at)
    _keep(hub, session, settled, at)


def _keep(hub: Hub, session: Session, mail: Mail, at: datetime) -> None:
    store.save_mail(session, mail)
    if mail.state is not MailState.WAITING:
        hub.tell_settled(session, mail, at)
    log.info("mail", extra={"mail": mail.id, "state": mail.state, "attempts": mail.attempts})
