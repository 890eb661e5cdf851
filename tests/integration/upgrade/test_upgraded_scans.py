"""Scans from before devices said what they did: of the hall's doors, shut on the right side, still part of a visit."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from conference_hub.checkin import scanning, store
from conference_hub.checkin.conflict_store import open_conflicts
from conference_hub.checkin.model import Acted, Attempt, Claim, Direction, Place, ScanId
from conference_hub.checkin.quarantine_store import waiting_senders
from conference_hub.checkin.scans import scans_of
from conference_hub.checkin.times import OFFLINE_ALLOWED
from conference_hub.core import migrate
from conference_hub.core.actor import Actor
from conference_hub.core.db import Database
from conference_hub.core.files import MIGRATIONS
from conference_hub.web.hub import Hub
from tests.integration.checkin.test_scan_times_migration import AT, BEFORE, run
from tests.model_day import CONF

CAME_BACK = "guest-003"
"""Came in at 23:48:30, went out at 00:05, came back at 00:12."""
MORE = """
UPDATE conference SET doors_before_min = 30;
INSERT INTO scan (conf, id, number, guest_id, gate_id, direction, verdict, forced, counts, happened_at, at, by, actor)
VALUES ('bare', 'early', 5, 'guest-1', 'main', 'in', 'wrong_day', false, false, :early, :at, 'x', 'device:1'),
       ('bare', 'link', 6, 'guest-1', NULL, 'in', 'admitted', false, true, :later, :later, 'x', 'guest:guest-1')
"""


def test_scans_of_before_belong_to_the_doors_of_the_hall(hub: Hub) -> None:
    with hub.database.reading() as db:
        scans = [scan for number in range(1, 122) for scan in scans_of(db, CONF, f"guest-{number:03}")]
        conflicts, waiting = open_conflicts(db, CONF), waiting_senders(db, CONF)

    assert {(scan.point, scan.door) for scan in scans if scan.gate_id} == {("hall", True)}
    assert {(scan.point, scan.door) for scan in scans if scan.gate_id is None} == {(None, True)}
    assert {(scan.acted, scan.would, scan.device, scan.day, scan.over, scan.surplus) for scan in scans} == {
        (None, None, None, None, (), False)
    }
    assert (conflicts, waiting) == ([], [])


def test_device_that_tells_later_contradicts_a_scan_of_before(hub: Hub) -> None:
    with hub.database.reading() as db:
        badge = store.find_valid_badge(db, CONF, CAME_BACK)
        before = scans_of(db, CONF, CAME_BACK)
    assert badge is not None
    at = datetime(2021, 12, 2, 0, 13, tzinfo=UTC)
    attempt = Attempt(
        scan_id=ScanId("told"),
        gate_id="main",
        token=badge.token,
        guest=None,
        claim=Claim(at=at, sent_at=None, paired_at=at - timedelta(hours=1), kept_for=OFFLINE_ALLOWED),
        direction=Direction.IN,
        force=False,
        acted=Acted.ADMITTED,
        device="device-1",
    )

    with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        answer = scanning.redeem(write, attempt).stored
    with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        out = replace(attempt, scan_id=ScanId("out"), direction=Direction.OUT)
        claim = replace(out.claim, at=at - timedelta(seconds=30)) if out.claim else None
        scanning.redeem(write, replace(out, claim=claim))

    back = [scan for scan in before if scan.counts and scan.direction is Direction.IN][-1]
    with hub.database.reading() as db:
        presence, conflicts = store.find_presence(db, CONF, CAME_BACK), open_conflicts(db, CONF)
    assert (answer["verdict"], answer["conflict"], back.happened_at.minute) == ("admitted", True, 12)
    assert presence is not None
    assert (presence.place, presence.since, conflicts) == (Place.HALL, at, [])


@pytest.fixture
def bare(database_url: str) -> Database:
    """A database of version 0054, with a scan before the doors opened and one after they closed."""
    database = Database(database_url)
    migrate.upgrade(database, "0003")
    run(database, BEFORE)
    migrate.upgrade(database, "0054")
    run(database, MORE)
    return database


def verdicts(database: Database) -> dict[str, str]:
    with database.engine.connect() as connection:
        rows = connection.execute(sa.text("SELECT id, verdict FROM scan ORDER BY number"))
        return {row.id: row.verdict for row in rows}


def test_wrong_day_becomes_the_side_on_which_the_doors_were_shut(bare: Database) -> None:
    migrate.upgrade(bare)

    with bare.reading() as db:
        scans = {str(scan.id): scan for scan in scans_of(db, "bare", "guest-1")}
        presence = store.find_presence(db, "bare", "guest-1")
    assert (scans["early"].verdict, scans["shut"].verdict) == ("not_yet_open", "closed")
    assert [scan.point for scan in scans.values()] == [*["hall"] * 5, None]
    assert presence is not None
    assert (presence.place, presence.since) == (Place.HALL, AT)
    bare.close()


def test_downgrading_0055_says_wrong_day_again(bare: Database) -> None:
    before = verdicts(bare)
    migrate.upgrade(bare, "0055")

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with bare.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0054")

    assert verdicts(bare) == before
    bare.close()
