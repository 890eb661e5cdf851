"""What has served its time is deleted, and nothing else."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from flask.testing import FlaskClient

from conference_hub.access.tables import SignInLinkRow, WebSessionRow
from conference_hub.core.actor import Actor
from conference_hub.core.commands import CommandRow
from conference_hub.core.db import Base
from conference_hub.core.entries import JournalEntryRow
from conference_hub.core.stream import Stream
from conference_hub.data.pruning import SLICE, prune
from conference_hub.web.hub import Hub
from tests.appending import append
from tests.integration.live.conftest import BARE, say
from tests.model_day import FakeNow


def pruned(hub: Hub, pauses: list[float] | None = None) -> int:
    return prune(hub.database, hub.now(), (pauses if pauses is not None else []).append)


def add(hub: Hub, *rows: Base) -> None:
    with hub.database.writing() as db:
        db.add_all(rows)


def remaining(hub: Hub, column: sa.orm.InstrumentedAttribute[str]) -> list[str]:
    with hub.database.reading() as db:
        return sorted(db.scalars(sa.select(column)))


def seqs(hub: Hub, stream: Stream) -> list[int]:
    with hub.database.reading() as db:
        query = sa.select(JournalEntryRow.seq).where(
            JournalEntryRow.conf == BARE, JournalEntryRow.stream == stream
        )
        return sorted(db.scalars(query))


def test_stored_commands_go_after_a_week_in_small_slices(bare: Hub, now: FakeNow) -> None:
    add(bare, *(command(bare, f"old-{n}") for n in range(SLICE + 1)))
    now.forward(days=7, seconds=1)
    add(bare, command(bare, "new"))
    pauses: list[float] = []

    assert pruned(bare, pauses) == SLICE + 1

    assert remaining(bare, CommandRow.command_id) == ["new"]
    assert len(pauses) == 8  # after each look: three at the commands, one each at five other tables


def command(hub: Hub, command_id: str) -> CommandRow:
    return CommandRow(
        conf=BARE, command_id=command_id, action="x", request="x", actor="system:x", at=hub.now(), answer={}
    )


def test_sign_ins_and_links_go_some_time_after_their_end(bare: Hub, now: FakeNow) -> None:
    later = now() + timedelta(days=400)
    add(
        bare,
        web_session("expired", expires_at=now()),
        web_session("revoked", expires_at=later, revoked_at=now()),
        web_session("open", expires_at=later),
        link("expired", once=True, expires_at=now()),
        link("used", once=True, expires_at=later, used_at=now()),
        link("personal", once=False, expires_at=later, used_at=now()),
    )
    now.forward(days=6)
    assert pruned(bare) == 0

    now.forward(days=25)

    assert pruned(bare) == 4
    assert remaining(bare, WebSessionRow.id) == ["open"]
    assert remaining(bare, SignInLinkRow.secret) == ["personal"]


def web_session(name: str, **fields: object) -> WebSessionRow:
    return WebSessionRow(
        device_id="device",
        **{
            "id": name,
            "secret": name,
            "name": name,
            "account_id": None,
            "created_at": FakeNow().instant,
            **fields,
        },
    )


def link(name: str, **fields: object) -> SignInLinkRow:
    given = {
        "secret": name,
        "id": name,
        "conf": BARE,
        "role": "staff",
        "name": name,
        "created_by": "",
        "created_by_actor": "system:test",
        **fields,
    }
    return SignInLinkRow(**given)


def test_a_journal_stays_whole_for_ninety_days_after_its_conference(bare: Hub, now: FakeNow) -> None:
    say(bare, "one", "two", "three")
    now.forward(days=90)
    assert pruned(bare) == 0
    now.forward(days=1)
    say(bare, "four")  # long after the conference, and not relayed yet

    assert pruned(bare) == 3

    assert seqs(bare, Stream.PUBLIC) == [4]
    assert pruned(bare) == 0


def test_pruning_keeps_the_newest_entry_of_each_subject(bare: Hub, now: FakeNow) -> None:
    with bare.journal.writing(BARE, actor=Actor.system("test")) as write:
        for subject in ("plan", "a", "plan", "a"):
            append(write, Stream.PUBLIC, "Said", subject, {})
    now.forward(days=91)

    pruned(bare)

    assert seqs(bare, Stream.PUBLIC) == [3, 4]


def test_nothing_stays_of_rehearsals_which_do_not_come_again(bare: Hub, now: FakeNow) -> None:
    with bare.journal.writing(BARE, actor=Actor.system("test")) as write:
        for subject in ("rehearsal/run-2", "rehearsal-lane/run-2/hall", "rehearsal/run-2", "lane/hall"):
            append(write, Stream.OPERATOR, "Said", subject, {})
    now.forward(days=366)

    pruned(bare)

    assert seqs(bare, Stream.OPERATOR) == [4]


def test_operators_keep_a_year_and_then_the_newest_of_each_subject(bare: Hub, now: FakeNow) -> None:
    say(bare, *"abcdefghijkl", stream=Stream.OPERATOR)
    now.forward(days=364)
    pruned(bare)
    assert seqs(bare, Stream.OPERATOR) == list(range(1, 13))
    now.forward(days=2)

    pruned(bare)

    assert seqs(bare, Stream.OPERATOR) == [12]


def test_a_reader_of_deleted_entries_gets_a_snapshot(bare: Hub, now: FakeNow, client: FlaskClient) -> None:
    say(bare, "one", "two", "three")
    now.forward(days=91)
    pruned(bare)

    answer = client.get(f"/api/v1/c/{BARE}/state?after=1").json

    assert answer is not None
    assert (answer["head"], "snapshot" in answer, "entries" in answer) == (3, True, False)
