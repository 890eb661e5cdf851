"""The follow-up sessions of the model day: who signed up, and mails that a mail server takes."""

from __future__ import annotations

from collections.abc import Callable

from conference_hub.core.actor import Actor
from conference_hub.followup import actions, invitation_store, notice_store, store
from conference_hub.followup.invitations import Invitation
from conference_hub.followup.model import SessionId
from conference_hub.outbox.message import Letter
from conference_hub.outbox.retries import Delivered, Outcome
from conference_hub.outbox.sending import Sender
from conference_hub.people.model import GuestId
from conference_hub.web.hub import Hub
from tests.e2e.conftest import ModelDay
from tests.integration.followup.received import reply, run_reply
from tests.model_day import CONF
from tests.services.machine import wait_until

SESSION, OTHER = SessionId("session-1"), SessionId("session-2")
KIM, LEE = GuestId("guest-001"), GuestId("guest-002")


class MailServer:
    """A mail server that answers each mail as it is told: it takes all if not said."""

    def __init__(self, answer: Callable[[Letter], Outcome] = lambda _: Delivered()) -> None:
        self.deliver = answer

    def close(self) -> None:
        """Nothing stays open."""


def sign_up(day: ModelDay, session: SessionId, *guests: GuestId) -> None:
    """Sign guests up for a session, and let their invitations arrive."""
    with day.beside() as hub:
        with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
            for guest in guests:
                actions.sign_up(hub, write, session, guest)
        Sender(hub=hub, carrier=MailServer()).send_waiting()


def send(day: ModelDay) -> None:
    """Let the mails that wait arrive."""
    with day.beside() as hub:
        Sender(hub=hub, carrier=MailServer()).send_waiting()


def invitation(hub: Hub, guest: GuestId = KIM, session: SessionId = SESSION) -> Invitation:
    """Return what a guest was told of a session."""
    with hub.database.reading() as db:
        return invitation_store.get(db, CONF, session, guest)


def answer(day: ModelDay, address: str, what: str) -> None:
    """Let a calendar answer an invitation from an address; a mail server hands that to the command."""
    with day.beside() as hub:
        with hub.database.reading() as db:
            online = store.get_session(db, CONF, SESSION)
        mail = reply(hub, online, what, address, COMMENT="20분 늦습니다")
    own = {name: value for name, value in day.server.environment().items() if name.startswith("HUB_")}
    settings = {"HUB_PUBLIC_URL": day.server.url, "HUB_SECRET_KEY": "s" * 40, **own}
    assert run_reply(mail, **settings) == (0, "answer\n", "")


def wait_until_told(day: ModelDay) -> None:
    """Wait until the hub has written to all guests about every change."""
    with day.beside() as hub:
        wait_until(lambda: not _waits(hub), "telling of changes")


def _waits(hub: Hub) -> bool:
    with hub.database.reading() as db:
        return bool(notice_store.waiting(db, CONF))
