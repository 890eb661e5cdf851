"""A database from before personal data were erased: nothing was erased in it, and everything can be."""

from __future__ import annotations

from datetime import UTC, date, datetime

import sqlalchemy as sa

from conference_hub.conferences.kept import bump_revision
from conference_hub.conferences.purge_store import purges
from conference_hub.conferences.tables import ConferenceRow
from conference_hub.core.actor import Actor
from conference_hub.data.purging import purge
from conference_hub.people.store import all_guests
from conference_hub.web.hub import Hub
from tests.model_day import CONF, FakeNow
from tests.traces import rows_with


def test_what_an_earlier_version_wrote_is_erased(hub: Hub, now: FakeNow) -> None:
    now.instant = datetime(2022, 7, 1, tzinfo=UTC)
    with hub.database.writing() as db:
        db.execute(sa.update(ConferenceRow).values(purge_on=date(2022, 6, 2)))
        bump_revision(db, CONF)
        before = purges(db, CONF)
        public = sa.text("SELECT recipient FROM award WHERE revealed_at IS NOT NULL")
        revealed = set(db.scalars(public))
        names = {guest.name for guest in all_guests(db, CONF) if guest.name} - revealed

    purge(hub, CONF, Actor.system("test"))

    everything = str([row for _table, row in rows_with(hub.database, "")])
    assert (before, names != set(), {name for name in names if name in everything}) == ([], True, set())
