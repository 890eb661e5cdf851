"""Writes mails to many: a press begins a round, and the hub writes a few mails in each transaction until it is done."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from conference_hub.conferences.store import get_conference
from conference_hub.core.journal import Write
from conference_hub.mails.bulk_audience import audience_among, find_occasion, reader_ids
from conference_hub.mails.bulk_letters import write_letters
from conference_hub.outbox.bulk import BulkMail, Occasion
from conference_hub.outbox.facts import BulkMailsWritten
from conference_hub.outbox.model import BulkRound, SendingId, SendingState
from conference_hub.outbox.round_store import end_round, find_going, find_round, rounds, save_round
from conference_hub.outbox.sending_store import get_sending
from conference_hub.outbox.sendings import start_sending
from conference_hub.outbox.wording import mail_title
from conference_hub.web.hub import Duty, Hub

MOST_AT_ONCE = 20
"""Mails in one transaction: whoever presses meanwhile waits for it."""
LOOKED_AT = 100
"""Guests whom one transaction looks at, most of whom may have had the mail."""


def begin(write: Write, bulk: BulkMail, occasion: Occasion, planned: int) -> SendingId:
    """Have a mail written to everybody who lacks it; returns the sending that its mails belong to.

    `planned` is how many mails are expected. While the same is being written, a press has that look at everybody once
    more: it begins nothing twice.
    """
    going = find_going(write.session, write.conf, bulk.kind.name, occasion.id)
    if going is not None:
        save_round(write.session, replace(going, after="", planned=going.written + planned))
        return going.sending_id
    sending_id = start_sending(write, bulk.kind.name, mail_title(bulk.kind).joined(occasion.title))
    begun = BulkRound(
        conf=write.conf,
        sending_id=sending_id,
        kind=bulk.kind.name,
        occasion=occasion.id,
        by=write.actor,
        planned=planned,
    )
    save_round(write.session, begun)
    return sending_id


class BulkWriter:
    """Writes what organisers began, a few mails of one round at a time; rounds take turns."""

    def __init__(self) -> None:
        self._last = ""

    def duty(self) -> Duty:
        """Return the work of the writer (`Hub.duties`)."""
        return Duty(name="writing mails to many", work=self.work)

    def work(self, hub: Hub, now: datetime) -> datetime | None:
        """Write a few mails; return `now` while there may be more to write, None: nothing waits."""
        with hub.database.reading() as db:
            found = rounds(db)
        if not found:
            return None
        current = next((one for one in found if one.sending_id > self._last), found[0])
        self._last = current.sending_id
        with hub.journal.writing(current.conf, actor=current.by) as write:
            _step(hub, write, current.sending_id)
        return now


def _step(hub: Hub, write: Write, sending_id: SendingId) -> None:
    """Write a few mails of a round, or end it: where it is done, was stopped, or cannot be sent any more.

    Another process may have done either meanwhile. Who gets the mail, and what it says, is decided now.
    """
    current = find_round(write.session, write.conf, sending_id)
    if current is None:
        return
    bulk, conference = hub.bulk_mails.get(current.kind), get_conference(write.session, write.conf)
    stopped = get_sending(write.session, write.conf, sending_id).state is SendingState.STOPPED
    if bulk is None or stopped:
        _end(write, current)
        return
    occasion = find_occasion(write.session, conference, bulk, current.occasion, write.at)
    if occasion is None:
        _end(write, current)
        return
    left = [one for one in reader_ids(write.session, conference, bulk, occasion) if one > current.after]
    some = left[:LOOKED_AT]
    to = audience_among(write.session, conference, bulk, occasion, some).to
    write_letters(hub, write, bulk, occasion, to[:MOST_AT_ONCE], sending_id)
    current = replace(current, written=current.written + len(to[:MOST_AT_ONCE]))
    if len(to) > MOST_AT_ONCE:
        save_round(write.session, replace(current, after=to[MOST_AT_ONCE - 1].id))
    elif len(left) > LOOKED_AT:
        save_round(write.session, replace(current, after=some[-1]))
    else:
        _end(write, current)


def _end(write: Write, current: BulkRound) -> None:
    end_round(write.session, current)
    if current.written:
        fact = BulkMailsWritten(kind=current.kind, count=current.written)
        write.publish(fact, f"mails/{current.kind}", {})
