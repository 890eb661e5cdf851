"""Reads the hub's mailbox now and then: fetch, handle each mail, write down how far, mark what was taken as read.

A process that dies before it wrote down how far handles some mails again, which changes nothing. A mail that could not
be used stays unread in the mailbox, for a person, as does every mail where the mailbox cannot be written.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from conference_hub.core.mailbox import Mailbox
from conference_hub.outbox import imap, mailbox_store
from conference_hub.outbox.imap import Fetched, Letter
from conference_hub.outbox.mailbox_store import Reading
from conference_hub.outbox.receiving import Taken, take
from conference_hub.web.hub import Hub

log = logging.getLogger(__name__)

AT_A_TIME = 20
"""Mails of one connection; each is held in memory."""


def read_mailbox(hub: Hub, mailbox: Mailbox) -> int:
    """Handle the new mails of a mailbox; returns how many. Raises Unavailable.

    Nothing is done while another process reads it. Trouble with the mail server is written down and logged.
    """
    handled = 0
    while True:
        with hub.database.writing() as db:
            reading = mailbox_store.lease(db, mailbox.name, hub.now())
        if reading is None:
            return handled
        try:
            fetched: Fetched = hub.offload(
                imap.fetch_new, mailbox, reading.uid_validity, reading.last_uid, AT_A_TIME
            )
        except imap.FAILURES as error:
            _give_back(hub, _troubled(reading, error))
            return handled
        except BaseException:
            _give_back(hub, reading)
            raise
        try:
            taken = {letter.uid: _take(hub, letter) for letter in fetched.letters}
            reading = _further(hub, reading, fetched, taken.values())
            if taken:
                _save(hub, reading)
            done = [uid for uid, what in taken.items() if what is not Taken.UNUSED]
            reading = _mark(hub, mailbox, reading, done)
        finally:
            _give_back(hub, reading)
        handled += len(taken)
        if not fetched.more:
            return handled


def _take(hub: Hub, letter: Letter) -> Taken:
    return Taken.UNUSED if letter.data is None else take(hub, letter.data)


def _mark(hub: Hub, mailbox: Mailbox, reading: Reading, done: Sequence[int]) -> Reading:
    """Mark mails as read; where that failed before, also with none, which shows whether it can be done now."""
    if not done and not reading.trouble:
        return reading
    try:
        hub.offload(imap.mark_read, mailbox, reading.uid_validity, done)
    except imap.FAILURES as error:
        return _troubled(reading, error)
    return replace(reading, trouble="")


def _troubled(reading: Reading, error: Exception) -> Reading:
    words = imap.reason_of(error)
    log.warning("mailbox: %s", words)
    return replace(reading, trouble=words)


def _further(hub: Hub, reading: Reading, fetched: Fetched, taken: Iterable[Taken]) -> Reading:
    counts, at = Counter(taken), hub.now()
    known = reading.last_uid if fetched.uid_validity == reading.uid_validity else 0
    return replace(
        reading,
        uid_validity=fetched.uid_validity,
        last_uid=max([known, *(letter.uid for letter in fetched.letters)]),
        read_at=at,
        answers=reading.answers + counts[Taken.ANSWER],
        reports=reading.reports + counts[Taken.REPORT],
        ignored=reading.ignored + counts[Taken.IGNORED],
        unused=reading.unused + counts[Taken.UNUSED],
        unused_at=at if counts[Taken.UNUSED] else reading.unused_at,
    )


def _give_back(hub: Hub, reading: Reading) -> None:
    _save(hub, replace(reading, leased_until=None))


def _save(hub: Hub, reading: Reading) -> None:
    with hub.database.writing() as db:
        mailbox_store.save_reading(db, reading)
