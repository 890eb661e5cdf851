"""Scans of before migration 0005 count as they did, and the guests they moved go on from there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from conference_hub.checkin import amending, store
from conference_hub.checkin.model import Place
from conference_hub.checkin.scans import scans_of
from conference_hub.core import migrate
from conference_hub.core.actor import Actor
from conference_hub.core.db import Database, Instant
from conference_hub.core.entries import open_streams
from conference_hub.core.files import MIGRATIONS
from conference_hub.core.journal import Journal

AT = datetime(2021, 12, 1, tzinfo=UTC)
BEFORE = """
INSERT INTO conference (slug, title, host, venue, timezone, starts_at, ends_at, accent, channels)
VALUES ('bare', '{"ko": "x"}', '{"ko": "x"}', '{"ko": "x"}', 'Asia/Seoul', :at, :later, '#000000', '[]');
INSERT INTO guest (conf, id, name, guest_group, mode) VALUES ('bare', 'guest-1', '손님', 'attendee', 'onsite');
INSERT INTO gate (conf, id, title, position) VALUES ('bare', 'main', '{"ko": "x"}', 1);
INSERT INTO scan (conf, id, number, guest_id, gate_id, direction, verdict, forced, scanned_at, at, by, actor, undone_at)
VALUES ('bare', 'undone', 1, 'guest-1', 'main', 'in', 'admitted', false, :at, :at, 'x', 'device:1', :later),
       ('bare', 'in', 2, 'guest-1', 'main', 'in', 'admitted', false, :at, :later, 'x', 'device:1', NULL),
       ('bare', 'again', 3, 'guest-1', 'main', 'in', 'already_inside', false, :later, :later, 'x', 'device:1', NULL),
       ('bare', 'shut', 4, 'guest-1', 'main', 'in', 'wrong_day', false, :later, :later, 'x', 'device:1', NULL);
INSERT INTO presence (conf, guest_id, place, since, first_at, first_gate)
VALUES ('bare', 'guest-1', 'hall', :at, :at, 'main')
"""


def run(database: Database, script: str) -> None:
    instants = {"at": AT, "later": AT + timedelta(hours=1), "early": AT - timedelta(hours=1)}
    with database.engine.begin() as connection:
        for statement in script.split(";"):
            named = {name: value for name, value in instants.items() if f":{name}" in statement}
            bound = sa.text(statement).bindparams(*[sa.bindparam(name, type_=Instant()) for name in named])
            connection.execute(bound, named)


def before(database_url: str) -> Database:
    database = Database(database_url)
    migrate.upgrade(database, "0003")
    run(database, BEFORE)
    return database


def test_scans_of_before_0005_count_at_the_time_they_said(database_url: str) -> None:
    database = before(database_url)

    migrate.upgrade(database)

    with database.reading() as db:
        scans = scans_of(db, "bare", "guest-1")
    assert [(scan.id, scan.counts) for scan in scans] == [
        ("undone", False),
        ("in", True),
        ("again", False),
        ("shut", False),
    ]
    assert scans[1].happened_at == AT
    assert {(scan.claimed_at, scan.doubted) for scan in scans} == {(None, None)}
    database.close()


def test_an_admission_of_before_0005_can_be_undone(database_url: str) -> None:
    database = before(database_url)
    migrate.upgrade(database)
    with database.writing() as db:
        open_streams(db, "bare")

    with database.reading() as db:
        found = store.find_presence(db, "bare", "guest-1")
    with Journal(database, lambda: AT).writing("bare", actor=Actor.system("test")) as write:
        amending.undo(write, "in")

    assert found is not None
    assert found.place is Place.HALL
    with database.reading() as db:
        assert store.find_presence(db, "bare", "guest-1") is None
    database.close()


def test_downgrading_0005_keeps_when_scans_happened(database_url: str) -> None:
    database = before(database_url)
    migrate.upgrade(database, "0005")

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0003")

    with database.engine.connect() as connection:
        column = sa.column("scanned_at", Instant())
        times = connection.scalars(
            sa.select(column).select_from(sa.table("scan")).order_by(sa.column("number"))
        )
        assert times.all() == [AT, AT, AT + timedelta(hours=1), AT + timedelta(hours=1)]
    database.close()
