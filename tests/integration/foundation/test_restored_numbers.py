"""After a restore no number that was given out before names other content: of calendars, streams and kept values."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from conference_hub.agenda.tables import PlanRow
from conference_hub.conferences.kept import bump_people, bump_revision, revisions
from conference_hub.core.actor import Actor
from conference_hub.core.entries import head
from conference_hub.core.stream import Stream
from conference_hub.data import backups
from conference_hub.data.numbers import given_out
from conference_hub.followup.actions import reschedule
from conference_hub.followup.store import get_session
from conference_hub.web.hub import Hub
from tests.appending import append
from tests.model_day import CONF

FEED = f"/c/{CONF}/follow-up.ics"
STATE = f"/api/v1/c/{CONF}/state"
Restore = Callable[[], None]


@pytest.fixture
def restore(seeded: Hub, tmp_path: Path) -> Restore:
    """Return what puts back the backup that is made now."""
    backups.backup(seeded.database, tmp_path / "copy")

    def put_back() -> None:
        seeded.database.close()
        url = seeded.database.url.render_as_string(hide_password=False)
        backups.restore(url, tmp_path / "copy", replace=True)

    return put_back


def change(hub: Hub, times: int, text: str = "") -> None:
    """Count that many changes of everything that is counted."""
    for _ in range(times):
        with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
            bump_revision(write.session, CONF)
            bump_people(write.session, CONF)
            plan = write.session.get_one(PlanRow, CONF)
            plan.revision, plan.runs, plan.versions = plan.revision + 1, plan.runs + 1, plan.versions + 1
            for stream in Stream:
                append(write, stream, "CueStarted", "lane/hall", {"word": {"said": text}})


def counted(hub: Hub) -> list[int]:
    with hub.database.reading() as db:
        found = revisions(db, CONF)
        assert found is not None
        plan = db.get_one(PlanRow, CONF)
        return [
            *(found.revision, found.people_revision, plan.revision, plan.runs, plan.versions),
            *(head(db, CONF, stream) for stream in Stream),
        ]


def test_numbers_after_a_restore_are_above_those_of_the_replaced_database(
    seeded: Hub, restore: Restore
) -> None:
    change(seeded, 3)
    given = counted(seeded)

    restore()

    raised = counted(seeded)
    assert [after > before for before, after in zip(given, raised, strict=True)] == [True] * (5 + len(Stream))
    change(seeded, 1)
    assert counted(seeded) == [number + 1 for number in raised]


def test_two_restores_of_one_backup_give_other_numbers_when_the_database_between_is_lost(
    seeded: Hub, restore: Restore
) -> None:
    restore()
    first = counted(seeded)
    lose(seeded)
    restore()

    second = counted(seeded)
    assert [one != other for one, other in zip(first, second, strict=True)] == [True] * (5 + len(Stream))


def test_replaced_database_of_an_older_version_gives_the_numbers_that_it_has(seeded: Hub) -> None:
    with seeded.database.engine.begin() as connection:
        connection.execute(sa.text("ALTER TABLE plan RENAME TO of_another_version"))

    found = given_out(seeded.database)

    assert {name for name, _ in found} == {
        "ConferenceRow.revision",
        "ConferenceRow.people_revision",
        "JournalStreamRow.last_seq",
    }


def lose(hub: Hub) -> None:
    """Destroy the database as the end of a disk does, or an empty server in place of the old one."""
    if hub.database.file is None:
        with hub.database.engine.begin() as connection:
            connection.execute(sa.text(backups.DROP_TABLES))
    hub.database.close()
    if hub.database.file is not None:
        hub.database.file.unlink()


def test_feed_that_was_fetched_before_a_restore_is_sent_anew(
    seeded: Hub, restore: Restore, client: FlaskClient
) -> None:
    """The session is moved once before the restore, and once after it to another time."""
    move(seeded, hours=1)
    known = client.get(FEED)

    restore()
    move(seeded, hours=2)

    again = client.get(FEED, headers={"If-None-Match": known.headers["ETag"]})
    assert (again.status_code, again.data != known.data) == (200, True)


def move(hub: Hub, hours: int) -> None:
    with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        online = get_session(write.session, CONF, "session-1")
        later = timedelta(hours=hours)
        reschedule(write, online.id, online.starts_at + later, online.ends_at + later, seen=None)


def test_follower_from_before_a_restore_gets_a_snapshot_and_no_entries_of_other_numbers(
    seeded: Hub, restore: Restore, client: FlaskClient
) -> None:
    change(seeded, 3, "lost")
    known = client.get(STATE).get_json()["head"]

    restore()
    change(seeded, 4, "other")

    assert client.get(f"{STATE}?after={known}").get_json().keys() == {"stream", "head", "now", "snapshot"}
