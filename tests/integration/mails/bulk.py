"""Guests with addresses, mails to many that are pressed for and written, and what became of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import sqlalchemy as sa
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from conference_hub.checkin import guest_actions
from conference_hub.core.actor import Actor
from conference_hub.mails.bulk_writing import BulkWriter
from conference_hub.outbox.model import Mail
from conference_hub.outbox.store import mails
from conference_hub.outbox.tables import MailRow
from conference_hub.people.model import GuestId, Mode
from conference_hub.people.store import all_guests, guests_of, save_guests
from conference_hub.web.hub import Hub
from tests.model_day import CONF

WRITE = f"/c/{CONF}/desk/mail/write"
DOORS = f"{WRITE}/doors-open/2021-12-02"
FIRST, SECOND, THIRD = "guest-001", "guest-002", "guest-003"
AWARDED_NOTHING = "guest-088"
"""A guest who can be removed."""
SYSTEM = Actor.system("test")


def reachable(hub: Hub, guest_ids: Collection[str], mode: Mode = Mode.ONSITE) -> None:
    with hub.journal.writing(CONF, actor=SYSTEM) as write:
        found = {guest.id: guest for guest in all_guests(write.session, CONF)}
        named = [replace(found[GuestId(one)], email=f"{one}@example.com", mode=mode) for one in guest_ids]
        save_guests(write.session, CONF, named)


def written(hub: Hub) -> list[Mail]:
    with hub.database.reading() as db:
        return sorted(mails(db, CONF, most=10_000), key=lambda one: one.to_address)


def states(hub: Hub) -> list[tuple[str, str]]:
    return sorted((one.to_address.partition("@")[0], one.state.value) for one in written(hub))


def became(hub: Hub, state: str, guest_id: str) -> None:
    with hub.database.writing() as db:
        settled = None if state == "failed" else hub.now()
        meant = sa.update(MailRow).where(MailRow.to_address == f"{guest_id}@example.com")
        db.execute(meant.values(state=state, settled_at=settled))


def change_address(hub: Hub, guest_id: str, address: str) -> None:
    with hub.journal.writing(CONF, actor=SYSTEM) as write:
        (guest,) = guests_of(write.session, CONF, [guest_id])
        guest_actions.change_guests(write, [replace(guest, email=address)], followed=hub.guests_changed)


def press(organiser: FlaskClient, hub: Hub, page: str) -> TestResponse:
    """Press "send", and have the hub write the mails."""
    answer = organiser.post(page)
    write_all(hub)
    return answer


def write_all(hub: Hub, writer: BulkWriter | None = None, steps: int = 1000) -> None:
    """Do what the duty does, in so many steps at most."""
    writer = writer or BulkWriter()
    for _ in range(steps):
        if writer.work(hub, hub.now()) is None:
            return


def remove(hub: Hub, guest_id: str) -> None:
    with hub.journal.writing(CONF, actor=SYSTEM) as write:
        guest_actions.remove_guests(write, [guest_id], ties=[], leaving=hub.guests_leaving)


def readers(hub: Hub) -> list[tuple[str, str]]:
    return [(one.kind, one.to_address.partition("@")[0]) for one in written(hub)]
