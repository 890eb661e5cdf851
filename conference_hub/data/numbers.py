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
from sqlalchemy.orm import InstrumentedAttribute, Session

from conference_hub.agenda.tables import PlanRow
from conference_hub.conferences.tables import ConferenceRow
from conference_hub.core.db import Database
from conference_hub.core.entries import JournalStreamRow
from conference_hub.core.errors import Unavailable

COUNTED = (
    ConferenceRow.revision,
    ConferenceRow.people_revision,
    JournalStreamRow.last_seq,
    PlanRow.revision,
    PlanRow.runs,
    PlanRow.versions,
)
GAP = 2**17
"""More than what is counted between a backup and the loss of its database."""

Numbers = Mapping[tuple[str, tuple[Any, ...]], int]
"""Each number by its column (`PlanRow.revision`) and the primary key of its row."""


def given_out(database: Database) -> Numbers:
    """Return the numbers of a database that is about to be replaced, as far as it has them.

    None when it is missing or damaged; those that came with a later version are not in an older one.
    """
    found: dict[tuple[str, tuple[Any, ...]], int] = {}
    if database.file is not None and not database.file.exists():
        return found
    with suppress(Unavailable):
        for column in COUNTED:
            with suppress(sa.exc.SQLAlchemyError), database.reading() as db:
                found |= _numbers(db, column)
    return found


def raise_above(database: Database, earlier: Numbers) -> None:
    """Raise every number of a restored database above its own and above `earlier`.

    By how much is random: the same backup may be restored twice without knowing what was given out in between.
    """
    with database.writing() as db:
        for column in COUNTED:
            for (name, key), number in _numbers(db, column).items():
                known = max(number, earlier.get((name, key), 0))
                this = sa.tuple_(*sa.inspect(column.class_).primary_key) == key
                db.execute(
                    sa.update(column.class_)
                    .where(this)
                    .values({column: known + GAP + secrets.randbelow(GAP)})
                )


def _numbers(db: Session, column: InstrumentedAttribute[int]) -> Numbers:
    keys = sa.inspect(column.class_).primary_key
    return {(str(column), tuple(key)): number for *key, number in db.execute(sa.select(*keys, column))}
