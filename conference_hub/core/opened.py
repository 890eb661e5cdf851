"""Who opened what, noted at once: one row for each person, thing and hour.

Opening again within a minute is not noted again, so that pages that load themselves again cost nothing. A feature keeps
these rows in a table of its own, whose row class has the columns of `Opened` and those that say what was opened.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, Session

from conference_hub.core.actor import Actor
from conference_hub.core.db import Database
from conference_hub.core.errors import Unavailable

log = logging.getLogger(__name__)

NOTED_EVERY = timedelta(minutes=1)
MEMORY = "opened"
MOST_REMEMBERED = 20_000


class Opened:
    """The columns that every such row has beside its key: `conf`, `actor`, what was opened, and `hour`."""

    by: Mapped[str]
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
    times: Mapped[int]


def note(
    database: Database, row: type[Opened], conf: str, actor: Actor | None, at: datetime, **what: str
) -> None:
    """Note that `actor` opens what the columns `what` say at `at`; nothing is noted for nobody.

    A storage that cannot be written holds nobody back: the log of the process says so, and the next opening is noted.
    """
    if actor is None:
        return
    noted: dict[tuple[str, ...], datetime] = database.memory.setdefault(MEMORY, {})
    key = (row.__name__, conf, actor.id, *what.values())
    if key in noted and timedelta() <= at - noted[key] < NOTED_EVERY:
        return
    try:
        with database.writing() as session:
            keep(session, row, conf, actor, at, **what)
    except (Unavailable, SQLAlchemyError):
        log.warning("an opening could not be noted")
        return
    if len(noted) >= MOST_REMEMBERED:
        noted.clear()
    noted[key] = at


def keep(session: Session, row: type[Opened], conf: str, actor: Actor, at: datetime, **what: str) -> None:
    """Write an opening down in the line of its hour."""
    hour = at.replace(minute=0, second=0, microsecond=0)
    key = {"conf": conf, "actor": actor.id, **what, "hour": hour}
    found = session.get(row, key, with_for_update=True)
    if found is None:
        values = {"by": actor.label, "first_at": at, "last_at": at, "times": 1}
        session.add(row(**key, **values))
        return
    found.by, found.last_at, found.times = actor.label, at, found.times + 1
