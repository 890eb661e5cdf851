"""The real server sends to a real mail server, and is killed at any moment of it: nobody misses a mail."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from conference_hub.core.actor import Actor
from conference_hub.core.config import storage
from conference_hub.core.db import Database
from conference_hub.core.journal import Journal
from conference_hub.core.now import utc_now
from conference_hub.core.text import Text
from conference_hub.outbox import retries, store
from conference_hub.outbox.actions import put
from conference_hub.outbox.model import Draft, MailId, MailState, SendingId
from conference_hub.outbox.sendings import start_sending
from tests.live.server_process import HubServer
from tests.model_day import CONF
from tests.services.machine import wait_until
from tests.services.mail_receiver import MailReceiver

PEOPLE = 100
LONG_S = 300.0
"""Longer than a busy machine takes for everything."""


@pytest.fixture
def server(
    tmp_path: Path, clock: Path, database_url: str, mail_receiver: MailReceiver
) -> Iterator[HubServer]:
    """A server that is not started yet, by the clock of the test, which sends to the mail server of the test."""
    one = HubServer(
        directory=tmp_path / "hub",
        database_url=database_url,
        extra_env={"HUB_TEST_CLOCK": str(clock), **mail_receiver.environment},
        program=(sys.executable, "-m", "tests.e2e.clocked_hub"),
        forked=True,
    )
    one.start()
    one.stop()
    yield one
    if one.running:
        one.kill()


def write(server: HubServer, mails: int) -> list[MailId]:
    """Write mails of one sending, several to each person, which are to arrive in this order."""
    with (
        closing(Database(storage(server.environment())[0])) as database,
        Journal(database, utc_now).writing(CONF, actor=Actor.system("test")) as one,
    ):
        sending = start_sending(one, "test", Text(ko="안내", en="Notice"))
        return [put(one, _draft(number, sending)) for number in range(mails)]


def _draft(number: int, sending: SendingId) -> Draft:
    person = number % PEOPLE
    return Draft(
        kind="test",
        to_name=f"손님 {person}",
        to_address=f"guest-{person}@example.com",
        subject=f"안내 {number}",
        content="안녕하세요.\n",
        order_key=f"guest/{person}",
        sending_id=sending,
    )


def states(server: HubServer) -> dict[MailState, set[str]]:
    with closing(Database(storage(server.environment())[0])) as database, database.reading() as db:
        found = store.mails(db, CONF, most=1000)
    return {state: {mail.id for mail in found if mail.state is state} for state in MailState}


def firsts(receiver: MailReceiver) -> dict[str, list[str]]:
    """Return by address what arrived, each mail once, in the order of its first arrival."""
    arrived: dict[str, dict[str, None]] = {}
    for one in receiver.taken:
        arrived.setdefault(one.to, {})[one.mail_id] = None
    return {to: list(mails) for to, mails in arrived.items()}


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_killed_at_any_moment_everybody_gets_each_mail_and_only_the_one_in_flight_twice(
    server: HubServer, clock: Path, database_url: str, mail_receiver: MailReceiver
) -> None:
    number, kills = (500, (1, 90, 91, 330)) if database_url.startswith("sqlite") else (120, (1, 70))
    mails = write(server, number)
    for turn, after in enumerate(kills, start=1):
        server.start()
        wait_until(lambda least=after: len(mail_receiver.taken) >= least, f"{after} mails", LONG_S)  # type: ignore[misc]
        server.kill()
        arrived, found = {one.mail_id for one in mail_receiver.taken}, states(server)
        assert found[MailState.SENT] <= arrived  # nothing is called sent that was not
        assert len(arrived - found[MailState.SENT]) <= 1
        assert len(found[MailState.SENDING]) <= 1
        clock.write_text(str(turn * (retries.LEASE.total_seconds() + 1)), encoding="utf-8")

    server.start()
    wait_until(lambda: len(states(server)[MailState.SENT]) == number, "every mail", LONG_S)

    times = Counter(one.mail_id for one in mail_receiver.taken)
    assert set(times) == set(mails)
    assert sum(count - 1 for count in times.values()) <= len(kills)
    assert firsts(mail_receiver) == {
        f"guest-{person}@example.com": mails[person::PEOPLE] for person in range(PEOPLE)
    }
