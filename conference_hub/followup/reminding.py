"""Writes the reminders that are due: a few at a time, each once, as one sending for each session and lead."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from conference_hub.core.actor import Actor
from conference_hub.core.journal import Write
from conference_hub.followup import reminder_store, store
from conference_hub.followup.model import OnlineSession
from conference_hub.followup.reminder_kinds import KINDS
from conference_hub.followup.reminder_letters import ReminderLetters
from conference_hub.followup.reminders import Lead, Round, is_for, may_begin, still_true
from conference_hub.outbox.actions import put
from conference_hub.outbox.model import SendingId
from conference_hub.outbox.sendings import start_sending
from conference_hub.web.hub import Duty, Hub

EVERY = timedelta(minutes=1)
"""How often is looked for sessions that moved, besides the instants that are known."""
MOST_AT_ONCE = 20
"""Mails in one transaction: whoever presses meanwhile waits for it."""
CLOCK = Actor.system("clock")


class Reminder:
    """Looks when a reminder is due, and at least once a minute."""

    def __init__(self) -> None:
        self._looked: datetime | None = None
        self._next: datetime | None = None

    def duty(self) -> Duty:
        """Return the work of the reminder (`Hub.duties`)."""
        return Duty(name="reminding of sessions", work=self.work)

    def work(self, hub: Hub, now: datetime) -> datetime | None:
        """Write the reminders that are due at `now`; return when is looked again."""
        if self._next is None or self._looked is None or not self._looked <= now < self._next:
            with hub.database.reading() as db:
                due = list(reminder_store.due(db, now))
                following = reminder_store.next_due(db, now)
            for conf, current in due:
                remind(hub, conf, current)
            self._looked, self._next = now, min(following or now + EVERY, now + EVERY)
        return self._next


def remind(hub: Hub, conf: str, due: Round) -> None:
    """Write the mails of a round, in transactions of a few mails each; another process may do so at the same time."""
    while True:
        with hub.journal.writing(conf, actor=CLOCK) as write:
            current = reminder_store.find_round(write.session, conf, due) or _begun(write, due)
            after = current if current.done else _step(hub, write, current)
            reminder_store.save_round(write.session, conf, after)
        if after.done:
            return
        hub.pause()


def _begun(write: Write, due: Round) -> Round:
    """Return a round that begins, done at once where nobody is to be reminded."""
    online = store.get_session(write.session, write.conf, due.session_id)
    setup = reminder_store.setup_of(write.session, write.conf)
    return due if may_begin(online, due.lead, setup, write.at) else replace(due, done=True)


def _step(hub: Hub, write: Write, current: Round) -> Round:
    online = store.get_session(write.session, write.conf, current.session_id)
    if not still_true(current, online) or write.at >= current.starts_at:
        return replace(current, done=True)
    seats = reminder_store.seats_after(write.session, write.conf, online.id, current.after, MOST_AT_ONCE)
    if not seats:
        return replace(current, done=True)
    known = {guest_id for guest_id, at in seats if is_for(at, current.lead, current.starts_at)}
    drafts = ReminderLetters(hub, write, online, current.lead).to(known)
    sending_id = current.sending_id or (_sending(write, online, current.lead) if drafts else None)
    for draft in drafts:
        put(write, replace(draft, sending_id=SendingId(sending_id) if sending_id else None))
    return replace(current, after=seats[-1][0], sending_id=sending_id, done=len(seats) < MOST_AT_ONCE)


def _sending(write: Write, online: OnlineSession, lead: Lead) -> SendingId:
    return start_sending(write, KINDS[lead].name, lead.label.joined(online.title))
