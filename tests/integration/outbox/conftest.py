"""Mails that tests write, and what became of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from conference_hub.core.actor import Actor
from conference_hub.core.journal import Write
from conference_hub.core.text import Text
from conference_hub.outbox import store
from conference_hub.outbox.actions import put
from conference_hub.outbox.message import Letter
from conference_hub.outbox.model import Draft, Mail, MailId, SendingId
from conference_hub.outbox.retries import Delivered, Outcome
from conference_hub.outbox.sending import Carrier, Sender
from conference_hub.outbox.sendings import start_sending
from conference_hub.outbox.smtp import Connection
from conference_hub.web.hub import Hub
from tests.model_day import CONF
from tests.services.mail_receiver import MailReceiver

SYSTEM = Actor.system("test")
DRAFT = Draft(
    kind="test", to_name="홍길동", to_address="hong@example.com", subject="제목", content="링크 없음"
)


class Told(Carrier):
    """A carrier that does with each letter what it is told."""

    def __init__(self, answer: Callable[[Letter], Outcome] = lambda _letter: Delivered()) -> None:
        self.answer = answer
        self.letters: list[Letter] = []
        self.closed = 0

    def deliver(self, letter: Letter) -> Outcome:
        self.letters.append(letter)
        return self.answer(letter)

    def close(self) -> None:
        self.closed += 1


class Outbox:
    """The outbox of the model conference."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub

    def write(self, address: str = "hong@example.com", **values: object) -> MailId:
        """Write one mail."""
        draft = replace(DRAFT, to_address=address, **values)  # type: ignore[arg-type]
        with self.hub.journal.writing(CONF, actor=SYSTEM) as write:
            return put(write, draft)

    def start(self) -> SendingId:
        """Begin a sending."""
        with self.hub.journal.writing(CONF, actor=SYSTEM) as write:
            return start_sending(write, "test", Text(ko="안내", en="Notice"))

    def act(self, change: Callable[[Write, str], object], sending: SendingId) -> None:
        """Pause, resume or stop a sending."""
        with self.hub.journal.writing(CONF, actor=SYSTEM) as write:
            change(write, sending)

    def mail(self, mail_id: str) -> Mail:
        """Return a mail as it is now."""
        with self.hub.database.reading() as db:
            return store.get_mail(db, CONF, mail_id)

    def states(self) -> dict[str, int]:
        """Return how many mails are in each state."""
        with self.hub.database.reading() as db:
            return {state.value: number for state, number in store.counts(db, CONF).items() if number}

    def sender(self, carrier: Carrier, per_minute: int | None = None) -> Sender:
        """Return who sends through a carrier."""
        return Sender(hub=self.hub, carrier=carrier, per_minute=per_minute)


@pytest.fixture
def outbox(seeded: Hub) -> Outbox:
    return Outbox(seeded)


@pytest.fixture
def sender(outbox: Outbox, mail_receiver: MailReceiver) -> Sender:
    """Who sends to the mail server of the test."""
    return outbox.sender(Connection(mail_receiver.server))
