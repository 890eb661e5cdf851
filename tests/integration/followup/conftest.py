"""A hub, its guests, and what the outbox holds about the sessions they signed up for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from icalendar import Calendar, Event

from conference_hub.checkin.guest_actions import change_guests
from conference_hub.core.actor import Actor
from conference_hub.core.journal import Write
from conference_hub.followup import actions, invitation_store, store
from conference_hub.followup.invitations import Invitation
from conference_hub.followup.model import OnlineSession
from conference_hub.outbox import retries
from conference_hub.outbox import store as outbox
from conference_hub.outbox.model import Mail, MailState
from conference_hub.outbox.tables import MailRow
from conference_hub.people.store import get_guest
from conference_hub.web.hub import Hub
from tests.integration.followup import received
from tests.model_day import CONF, FakeNow

SESSION = "session-1"
KIM, LEE, PARK = "guest-088", "guest-089", "guest-090"
ORGANISER = Actor.system("test")


@dataclass(frozen=True)
class Told:
    """The follow-up of the model conference as a person at the desk and the mail server see it."""

    hub: Hub

    def write(self, do: Callable[[Write], object]) -> None:
        with self.hub.journal.writing(CONF, actor=ORGANISER) as write:
            do(write)

    def address(self, guest_id: str, address: str | None, language: str | None = None) -> None:
        """Give a guest an address, as the desk does."""

        def change(write: Write) -> None:
            guest = replace(get_guest(write.session, CONF, guest_id), email=address)
            if language:
                guest = replace(guest, language=language)
            change_guests(write, [guest], followed=self.hub.guests_changed)

        self.write(change)

    def sign_up(self, guest_id: str) -> None:
        self.write(lambda write: actions.sign_up(self.hub, write, SESSION, guest_id))

    def withdraw(self, guest_id: str) -> None:
        self.write(lambda write: actions.withdraw(self.hub, write, SESSION, guest_id))

    def change(self, **values: object) -> None:
        """Change the session's row, without anybody being told."""

        def save(write: Write) -> None:
            online = store.get_session(write.session, CONF, SESSION)
            store.save_session(write.session, replace(online, **values))  # type: ignore[arg-type]

        self.write(save)

    def mails(self) -> list[Mail]:
        with self.hub.database.reading() as db:
            ids = db.scalars(sa.select(MailRow.id).order_by(MailRow.number)).all()
            return [outbox.get_mail(db, CONF, one) for one in ids]

    def waiting(self) -> list[Mail]:
        return [mail for mail in self.mails() if mail.state is MailState.WAITING]

    def said(self, mails: Sequence[Mail]) -> list[tuple[str, str, int]]:
        """Return the METHOD, reader and SEQUENCE of mails."""
        return [(method_of(mail), mail.to_address, int(event_of(mail).decoded("SEQUENCE"))) for mail in mails]

    def settle(self, state: MailState = MailState.SENT) -> None:
        """Say of every mail that waits what became of it, as the worker does."""
        for mail in self.waiting():
            self.settle_one(mail, state)

    def settle_one(self, mail: Mail, state: MailState) -> None:
        at = self.hub.now()
        with self.hub.database.writing() as db:
            settled = replace(retries.claim(mail, at), state=state, settled_at=at, leased_until=None)
            outbox.save_mail(db, settled)
            self.hub.tell_settled(db, settled, at)

    def invitation(self, guest_id: str) -> Invitation:
        with self.hub.database.reading() as db:
            return invitation_store.get(db, CONF, SESSION, guest_id)


def event_of(mail: Mail) -> Event:
    [event] = Calendar.from_ical(mail.calendar or "").walk("VEVENT")
    assert isinstance(event, Event)
    return event


def method_of(mail: Mail) -> str:
    return str(Calendar.from_ical(mail.calendar or "")["METHOD"])


def starts_at(mail: Mail) -> datetime:
    found: datetime = event_of(mail).decoded("DTSTART")
    return found


@pytest.fixture
def told(seeded: Hub) -> Told:
    """The follow-up before anything; three guests have addresses."""
    told = Told(seeded)
    for guest_id in (KIM, LEE, PARK):
        told.address(guest_id, f"{guest_id}@example.com")
    return told


@pytest.fixture
def online(seeded: Hub, now: FakeNow) -> OnlineSession:
    """A session that a guest was invited to."""
    with seeded.database.reading() as db:
        found = store.get_session(db, CONF, received.SESSION)
    now.instant = found.starts_at - timedelta(days=1)
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        actions.sign_up(seeded, write, received.SESSION, received.KIM)
    return found
