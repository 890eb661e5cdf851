"""The numbers of a restored database: above all that were given out before, so that none names two contents.

A backup holds the numbers of its time. Counting on from there would give numbers that calendars (`ETag`), followers
(`after`) and consoles (`seen`) know already, for other content.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import sqlalchemy as sa

from conference_hub.agenda.tables import PlanRow
from conference_hub.conferences.tables import ConferenceRow
from conference_hub.core.db import Database
from conference_hub.core.entries import JournalStreamRow
from conference_hub.core.errors import Unavailable

COUNTED = (
    ConferenceRow.revision,
    ConferenceRow.people_revision,
    JournalStreamRow.last_seq,
    PlanRow.versions,
)
GAP = 2**17
"""More than what is counted between a backup and the loss of its database."""

Numbers = Mapping[tuple[str, tuple[Any, ...]], int]
"""Each number by its column and the primary key of its row."""


def given_out(database: Database) -> Numbers:
    """Return the numbers of a database that is about to be replaced; none when it is missing, damaged or older."""
    if database.file is not None and not database.file.exists():
        return {}
    with suppress(Unavailable, sa.exc.SQLAlchemyError):
        return _numbers(database)
    return {}


def raise_above(database: Database, earlier: Numbers) -> None:
    """Raise every number of a restored database above its own and above `earlier`.

    By how much is random: the same backup may be restored twice without knowing what was given out in between.
    """
    numbers = _numbers(database)
    with database.writing() as db:
        for column in COUNTED:
            for key in [key for name, key in numbers if name == column.key]:
                known = max(numbers[column.key, key], earlier.get((column.key, key), 0))
                this = sa.tuple_(*sa.inspect(column.class_).primary_key) == key
                db.execute(
                    sa.update(column.class_)
                    .where(this)
                    .values({column: known + GAP + secrets.randbelow(GAP)})
                )


def _numbers(database: Database) -> Numbers:
    with database.reading() as db:
        return {
            (column.key, tuple(key)): number
            for column in COUNTED
            for *key, number in db.execute(sa.select(*sa.inspect(column.class_).primary_key, column))
        }
