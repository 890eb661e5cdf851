"""The real server writes mails to many, and is killed in the midst of it: it goes on, and nobody gets two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from conference_hub.checkin.bulk_mails import BULK_MAILS
from conference_hub.checkin.mail_kinds import DELETION
from conference_hub.conferences.store import get_conference
from conference_hub.core.actor import Actor
from conference_hub.core.config import storage
from conference_hub.core.db import Database
from conference_hub.core.journal import Journal
from conference_hub.core.now import utc_now
from conference_hub.mails.bulk_writing import MOST_AT_ONCE, begin
from conference_hub.outbox.round_store import rounds
from conference_hub.outbox.tables import MailRow
from conference_hub.people.model import GuestId
from conference_hub.people.store import all_guests, save_guests
from tests.live.server_process import HubServer
from tests.model_day import CONF
from tests.services.machine import wait_until

PEOPLE = 3000
LONG_S = 300.0
"""Longer than a busy machine takes for everything."""


@pytest.fixture
def server(tmp_path: Path, database_url: str) -> Iterator[HubServer]:
    """A server that is not started yet, with the model conference."""
    one = HubServer(directory=tmp_path / "hub", database_url=database_url, forked=True)
    one.start()
    one.stop()
    yield one
    if one.running:
        one.kill()


@contextmanager
def database(server: HubServer) -> Iterator[Database]:
    with closing(Database(storage(server.environment())[0])) as one:
        yield one


def press(server: HubServer) -> None:
    """Have it announced to all these people that their data will be deleted; nobody else has an address."""
    [bulk] = [one for one in BULK_MAILS if one.kind is DELETION]
    with database(server) as db, Journal(db, utc_now).writing(CONF, actor=Actor.system("test")) as write:
        guests = [replace(one, email=None) for one in all_guests(write.session, CONF)]
        many = [
            replace(guests[0], id=GuestId(f"many-{one:04}"), number=f"M{one}", email=f"{one}@example.com")
            for one in range(PEOPLE)
        ]
        save_guests(write.session, CONF, [*guests, *many])
        [occasion] = bulk.occasions(write.session, get_conference(write.session, CONF), write.at)
        begin(write, bulk, occasion, PEOPLE)


def readers(server: HubServer) -> Counter[str]:
    with database(server) as db, db.reading() as session:
        return Counter(session.scalars(sa.select(MailRow.to_address).where(MailRow.kind == DELETION.name)))


def written(server: HubServer) -> bool:
    with database(server) as db, db.reading() as session:
        return not rounds(session)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_killed_while_it_writes_the_server_goes_on_and_everybody_gets_one(server: HubServer) -> None:
    press(server)
    halfway = 0
    for _ in range(2):
        server.start()
        wait_until(lambda before=halfway: readers(server).total() > before, "more mails", LONG_S)  # type: ignore[misc]
        server.kill()
        halfway = readers(server).total()
        assert halfway % MOST_AT_ONCE == 0  # a transaction counts whole or not at all
        if halfway == PEOPLE:
            break  # too fast to be caught

    server.start()
    wait_until(lambda: written(server), "the round to end", LONG_S)

    assert readers(server) == Counter({f"{one}@example.com": 1 for one in range(PEOPLE)})
