"""A model day whose mails leave: guests with addresses, and what came of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from conference_hub.core.actor import Actor
from conference_hub.people.mail_choices import EVERYTHING, MailChoices, choices_of
from conference_hub.people.model import GuestId, Mode
from conference_hub.people.store import all_guests, save_guests
from conference_hub.web.hub import Hub
from tests.model_day import CONF
from tests.services.mail_receiver import MailReceiver, Taken

SYSTEM = Actor.system("test")


def address(guest_id: str) -> str:
    """Return the address that `reachable` gives a guest."""
    return f"{guest_id}@example.com"


def reachable(hub: Hub, guest_ids: Collection[str], lang: str) -> None:
    """Give addresses to guests, who come to the hall and read `lang`, and take those of all others."""
    with hub.journal.writing(CONF, actor=SYSTEM) as write:
        save_guests(
            write.session,
            CONF,
            [
                replace(one, email=address(one.id), mode=Mode.ONSITE, language=lang)
                if one.id in guest_ids
                else replace(one, email=None)
                for one in all_guests(write.session, CONF)
            ],
        )


def choices(hub: Hub, guest_id: str) -> MailChoices:
    """Return which mails a guest wants."""
    with hub.database.reading() as db:
        return choices_of(db, CONF, [guest_id]).get(GuestId(guest_id), EVERYTHING)


def refusable(receiver: MailReceiver, sort: str) -> list[Taken]:
    """Return the mails that arrived and that one press refuses together with all of their sort."""
    return [one for one in receiver.taken if one_press(one).endswith(f"/{sort}")]


def one_press(mail: Taken) -> str:
    """Return the address at which a mail can be refused by one press (RFC 8058), empty where it cannot."""
    return str(mail.message["List-Unsubscribe"] or "").strip("<>")
