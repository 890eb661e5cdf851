"""Sessions of databases from before the cases and agendas."""

from __future__ import annotations

from conference_hub.core import migrate
from conference_hub.core.db import Database
from conference_hub.followup import keeping, store
from tests.integration.checkin.test_scan_times_migration import BEFORE, run
from tests.integration.followup.test_invitation_rows import SIGNED_UP


def test_sessions_from_before_0070_have_no_cases_and_places_are_in_the_agenda(database_url: str) -> None:
    database = Database(database_url)
    migrate.upgrade(database, "0003")
    run(database, BEFORE)
    migrate.upgrade(database, "0063")
    run(database, SIGNED_UP)
    migrate.upgrade(database, "0069")

    migrate.upgrade(database)

    with database.reading() as db:
        [online] = store.all_sessions(db, "bare")
        [item] = keeping.agenda_of(db, "bare", "guest-1")
    assert (online.cases, online.moved_from) == (None, None)
    assert (item.what.id, item.seat, item.kept) == ("s", True, False)
    database.close()
