"""Writes the reminders that are due: a few at a time, each once, as one sending for each session and lead."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from conference_hub.checkin.veiling import veil
from conference_hub.conferences.store import get_conference
from conference_hub.core.actor import Actor
from conference_hub.core.journal import Write
from conference_hub.followup import invitation_store, reminder_store, store
from conference_hub.followup.letters import invited_url, write_when
from conference_hub.followup.model import OnlineSession
from conference_hub.followup.reminder_kinds import KINDS
from conference_hub.followup.reminders import Lead, Round, about, is_for, may_begin, still_true
from conference_hub.outbox.actions import put
from conference_hub.outbox.model import Draft, SendingId
from conference_hub.outbox.sendings import start_sending
from conference_hub.outbox.wording import compose
from conference_hub.people.keys import guest_key
from conference_hub.people.mail_choices import (
    EVERYTHING,
    Refusable,
    choices_of,
    choices_url,
    tokens_of,
    unsubscribe_url,
)
from conference_hub.people.model import Guest, GuestId
from conference_hub.people.store import guests_of
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
    drafts = _Letters(hub, write, online, current.lead).to(known)
    sending_id = current.sending_id or (_sending(write, online, current.lead) if drafts else None)
    for draft in drafts:
        put(write, replace(draft, sending_id=SendingId(sending_id) if sending_id else None))
    return replace(current, after=seats[-1][0], sending_id=sending_id, done=len(seats) < MOST_AT_ONCE)


def _sending(write: Write, online: OnlineSession, lead: Lead) -> SendingId:
    return start_sending(write, KINDS[lead].name, lead.label.joined(online.title))


class _Letters:
    """The reminders of one session in one transaction."""

    def __init__(self, hub: Hub, write: Write, online: OnlineSession, lead: Lead) -> None:
        self._hub, self._write, self._online, self._lead = hub, write, online, lead
        self._conference = get_conference(write.session, write.conf)

    def to(self, guest_ids: set[GuestId]) -> list[Draft]:
        """Return the mails to those of the guests who have an address and want them."""
        session, conf = self._write.session, self._write.conf
        choices = choices_of(session, conf, guest_ids)
        guests = [
            guest
            for guest in guests_of(session, conf, sorted(guest_ids))
            if guest.email and self._lead.wanted(choices.get(guest.id, EVERYTHING))
        ]
        tokens = tokens_of(session, conf, [guest.id for guest in guests])
        veiled = veil(session, conf, self._hub) if guests else None
        return [self._letter(veiled(guest), tokens[guest.id]) for guest in guests] if veiled else []

    def _letter(self, guest: Guest, token: str) -> Draft:
        online, settings = self._online, self._hub.settings
        lang = guest.reads(self._conference.main_language)
        invitation = invitation_store.ensure(self._write.session, self._write.conf, online.id, guest.id)
        name = guest.shown.in_language(lang)
        draft = compose(
            self._write.session,
            self._conference,
            KINDS[self._lead],
            lang,
            {
                "name": name,
                "session": online.title.in_language(lang),
                "when": write_when(online.starts_at, online.ends_at, self._conference.zone, lang),
                "stop": choices_url(settings.public_url, token, lang),
            },
            to_name=name,
            to_address=guest.email or "",
            link=invited_url(settings, invitation.token),
            about=about(online.id, guest.id),
        )
        return replace(
            draft,
            order_key=guest_key(guest.id),
            once_key=f"reminder/{self._lead}/{online.id}/{online.starts_at.isoformat()}/{guest.id}",
            expires_at=online.starts_at,
            unsubscribe=unsubscribe_url(settings.public_url, token, Refusable.REMINDERS),
        )
