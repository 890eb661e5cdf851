"""What a device did at a time that is not believed waits, and counts once accepted as if it had been believed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from conference_hub.checkin import amending
from conference_hub.checkin.actions import reissue_badge
from conference_hub.checkin.conflict_store import open_conflicts
from conference_hub.checkin.model import Acted, ConflictKind, Settling
from conference_hub.checkin.scans import get_scan
from conference_hub.core import migrate
from conference_hub.core.actor import Actor
from conference_hub.core.db import Database
from conference_hub.gates import store as gates
from conference_hub.gates.model import HALL
from conference_hub.web.hub import Hub
from tests.integration.checkin.gate import GUEST, presence, token_of
from tests.integration.checkin.test_scan_times import START, at, told, waiting, where
from tests.integration.checkin.test_scan_times_migration import AT, BEFORE, run
from tests.model_day import CONF, FakeNow

LATE = timedelta(days=4)
"""By then nothing of the first day is believed."""


def settle(hub: Hub, what: Settling = Settling.ACCEPTED) -> None:
    """Say of all scans that wait because of their time what becomes of them."""
    with hub.database.reading() as db:
        late = [one for one in open_conflicts(db, CONF) if one.kind is ConflictKind.QUARANTINED]
    with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        for one in late:
            amending.settle(write, one.id, what)


def reissue(hub: Hub) -> None:
    with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        reissue_badge(write, GUEST)


def test_a_badge_that_was_withdrawn_afterwards_was_good(seeded: Hub, now: FakeNow) -> None:
    badge = token_of(seeded)
    now.forward(minutes=40)
    reissue(seeded)
    now.instant = START + LATE
    told(seeded, "old", 39, token=badge)

    settle(seeded)

    found = where(seeded)
    assert found is not None
    assert (found.since, waiting(seeded)) == (START + timedelta(minutes=39), [])


def test_a_badge_that_had_been_withdrawn_before_was_not_good(seeded: Hub, now: FakeNow) -> None:
    badge = token_of(seeded)
    now.forward(minutes=40)
    reissue(seeded)
    now.instant = START + LATE
    told(seeded, "old", 41, token=badge)
    told(seeded, "away", 42, token=badge, acted=Acted.REFUSED)

    settle(seeded)

    assert waiting(seeded) == [("revoked", "old", None)]
    assert presence(seeded)["inside"] == 1
    with seeded.database.reading() as db:
        assert get_scan(db, CONF, "away").verdict == "revoked"


def test_a_badge_that_is_withdrawn_while_the_scan_waits_was_good(seeded: Hub, now: FakeNow) -> None:
    now.instant = START + LATE
    told(seeded, "old", 1)
    now.forward(minutes=1)
    reissue(seeded)

    settle(seeded)

    assert (waiting(seeded), presence(seeded)["inside"]) == ([], 1)


@pytest.mark.parametrize("fast", [7, -540])
def test_the_time_is_set_right_by_how_far_the_clock_was_off(seeded: Hub, now: FakeNow, fast: int) -> None:
    now.instant = START + LATE
    answer = told(seeded, "old", 10, fast=fast)

    settle(seeded)

    found = where(seeded)
    assert found is not None
    assert (found.since, answer["at"]) == (
        START + timedelta(minutes=10),
        {"claimed": at(10 + fast), "used": at(10), "doubted": "too_old"},
    )


def test_nothing_happened_after_it_came(seeded: Hub, now: FakeNow) -> None:
    now.forward(minutes=10)
    told(seeded, "ahead", 20)
    now.forward(hours=1)

    settle(seeded)

    found = where(seeded)
    assert found is not None
    assert found.since == START + timedelta(minutes=10)


def test_it_belongs_to_the_day_on_which_it_happened(seeded: Hub, now: FakeNow) -> None:
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        gates.save_point(write.session, CONF, replace(gates.get_point(write.session, CONF, HALL), daily=True))
    told(seeded, "believed", 0)
    now.instant = START + LATE
    told(seeded, "old", 5, device="b")

    settle(seeded)

    assert waiting(seeded) == [("double", "old", "believed")]


@pytest.mark.parametrize("what", [Settling.ACCEPTED, Settling.REJECTED])
def test_who_was_turned_away_is_told_of_once_the_time_is_believed(
    seeded: Hub, now: FakeNow, what: Settling
) -> None:
    now.instant = START + LATE
    told(seeded, "away", 5, acted=Acted.REFUSED)
    before = waiting(seeded)

    settle(seeded, what)

    believed = [("turned_away", "away", None)] if what is Settling.ACCEPTED else []
    assert (before, waiting(seeded)) == ([("quarantined", "away", None)], believed)


WAITED = """
UPDATE scan SET verdict = 'quarantined', happened_at = :later, claimed_at = :early WHERE id = 'again';
UPDATE scan SET verdict = 'quarantined', happened_at = :at, at = :at, claimed_at = :later WHERE id = 'in'
"""


def test_what_waited_before_0063_is_kept_at_its_time(database_url: str) -> None:
    database = Database(database_url)
    migrate.upgrade(database, "0003")
    run(database, BEFORE)
    migrate.upgrade(database, "0062")
    run(database, WAITED)

    migrate.upgrade(database)

    with database.reading() as db:
        scans = [get_scan(db, "bare", one) for one in ("again", "in", "shut")]
    assert [scan.happened_at for scan in scans] == [AT - timedelta(hours=1), AT, AT + timedelta(hours=1)]
    database.close()
