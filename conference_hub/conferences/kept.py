"""What changes seldom, kept in memory: by the number that grows with each change of it.

The number is read in the transaction that uses the value, so another process's change is seen at once. A transaction
that changed something itself reads everything anew and keeps nothing: it may still be rolled back. A database that was
put back from a backup is opened anew, and `Database.close` forgets what is kept.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.conferences.tables import ConferenceRow
from conference_hub.core.batches import Notes
from conference_hub.core.db import Database, database_of, notes_of
from conference_hub.core.deferred import BESIDE

T = TypeVar("T")

MOST = 2_000
"""Values kept for one database; those that were not asked for longest go first."""


class Number(StrEnum):
    """Which number of a conference says that a value is out of date; the value is the column."""

    PLAN = "revision"
    PEOPLE = "people_revision"


@dataclass(frozen=True, kw_only=True)
class Revisions:
    """The numbers of one conference as a transaction sees them."""

    revision: int
    people_revision: int


class Kept(Generic[T]):
    """A value of each conference, made by `make(session, conf)` and kept until the number `by` has grown.

    Declare it once at module level, and ask it with `of(session, conf)`. Values are shared by all requests: they must
    not be changed, and must not be rows of a session.
    """

    def __init__(self, make: Callable[[Session, str], T], *, by: Number = Number.PLAN) -> None:
        self._make = make
        self._by = by

    def of(self, session: Session, conf: str) -> T:
        """Return the value as the session's transaction sees it; raises what `make` raises."""
        numbers = revisions(session, conf)
        if numbers is None or (conf, self._by) in _local(notes_of(session)).changed:
            return self._make(session, conf)
        memory, number = _memory(database_of(session)), getattr(numbers, self._by)
        found = memory.find((self, conf), number)
        if found is None:
            found = (number, self._make(session, conf))
            memory.keep((self, conf), found)
        return cast("T", found[1])

    def last(self, database: Database, conf: str) -> T | None:
        """Return the value as it was when it was asked for last, without asking the database; None: never asked."""
        return cast("T | None", _memory(database).last((self, conf)))


def bump_revision(session: Session, conf: str) -> None:
    """Count a change of what organisers configure: plan, levels, gates, sessions, the conference itself."""
    _bump(session, conf, Number.PLAN)


def bump_people(session: Session, conf: str) -> None:
    """Count a change of the guest list."""
    _bump(session, conf, Number.PEOPLE)


def revisions(session: Session, conf: str) -> Revisions | None:
    """Return the numbers of a conference, read once in each transaction; None when there is no such conference."""
    local = _local(notes_of(session))
    if conf not in local.revisions:
        row = session.connection().execute(_REVISIONS, {"slug": conf}).first()
        local.revisions[conf] = Revisions(revision=row[0], people_revision=row[1]) if row else None
    return local.revisions[conf]


def unchanged_revisions(session: Session, conf: str) -> Revisions | None:
    """Return the numbers of a conference, None where the session's transaction itself changed one of them."""
    changed = _local(notes_of(session)).changed
    return None if any(slug == conf for slug, _ in changed) else revisions(session, conf)


def note_revisions(session: Session, conf: str, revision: int, people_revision: int) -> None:
    """Note the numbers that another statement of the session's transaction read, so that they are not asked again."""
    known = _local(notes_of(session)).revisions
    known.setdefault(conf, Revisions(revision=revision, people_revision=people_revision))


_TABLE = cast("sa.Table", ConferenceRow.__table__)
_REVISIONS = (
    sa.select(_TABLE.c.revision, _TABLE.c.people_revision)
    .where(_TABLE.c.slug == sa.bindparam("slug"))
    .execution_options(**BESIDE)
)


class _Local:
    """What one transaction read of the numbers, and which of them it changed."""

    def __init__(self) -> None:
        self.revisions: dict[str, Revisions | None] = {}
        self.changed: set[tuple[str, Number]] = set()


class _Memory:
    """The values of one database by what they are and of which conference."""

    def __init__(self) -> None:
        self._values: OrderedDict[tuple[object, str], tuple[int, Any]] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, key: tuple[object, str], number: int) -> tuple[int, Any] | None:
        """Return the number and the value kept under `key`, None when there is none for just this number."""
        with self._lock:
            kept = self._values.get(key)
            if kept is None or kept[0] != number:
                return None
            self._values.move_to_end(key)
            return kept

    def last(self, key: tuple[object, str]) -> Any:
        """Return the value kept under `key`, for whatever number; None when there is none."""
        with self._lock:
            kept = self._values.get(key)
            return kept[1] if kept else None

    def keep(self, key: tuple[object, str], value: tuple[int, Any]) -> None:
        """Keep a value in place of the earlier one."""
        with self._lock:
            self._values[key] = value
            self._values.move_to_end(key)
            if len(self._values) > MOST:
                self._values.popitem(last=False)


def _local(notes: Notes) -> _Local:
    found: _Local = notes.setdefault("revisions", _Local())
    return found


def _memory(database: Database) -> _Memory:
    found: _Memory = database.memory.setdefault("kept", _Memory())
    return found


def _bump(session: Session, conf: str, number: Number) -> None:
    session.flush()
    column = _TABLE.c[number]
    session.connection().execute(sa.update(_TABLE).where(_TABLE.c.slug == conf).values({column: column + 1}))
    _local(notes_of(session)).changed.add((conf, number))
