"""Counts and the like that facts change, kept in memory for the head of the operator's stream at which they were true.

Every change of what is counted publishes a fact, so a number of the head stands for one state. A writer
notes the new value after publishing; a reader that finds another head, because somebody else published, counts anew.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from sqlalchemy.orm import Session

from conference_hub.conferences.kept import Revisions, unchanged_revisions
from conference_hub.core.db import Database
from conference_hub.core.journal import Write, forget_note
from conference_hub.core.stream import Stream

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class _Version:
    """The state at which a value was true; the revisions tell a conference from an earlier one of the same name."""

    revisions: Revisions
    head: int


class KeptByHead(Generic[T]):
    """A value of each conference, made by `make(session, conf)`. Declare it once at module level.

    Values are shared by all requests: they must not be changed, and must not be rows of a session.
    """

    def __init__(self, make: Callable[[Session, str], T]) -> None:
        self._make = make

    def of(self, write: Write) -> T:
        """Return the value as it is now in the transaction; raises what `make` raises.

        Ask before anything is written that it counts.
        """
        found: tuple[_Version, Any] | None = write.noted((self, write.conf))
        if found is None or found[0] != _version(write):
            return self._make(write.session, write.conf)
        return cast("T", found[1])

    def note(self, write: Write, value: T) -> None:
        """Say what the value is after the facts that were published so far."""
        version = _version(write)
        if version is not None:
            write.note((self, write.conf), (version, value))

    def forget(self, database: Database, conf: str, *, but_at: int | None = None) -> None:
        """Drop what memory holds of a conference, but for a value that was true at the head `but_at`."""

        def is_outdated(found: tuple[_Version, Any]) -> bool:
            return found[0].head != but_at

        forget_note(database, (self, conf), if_outdated=is_outdated)


def _version(write: Write) -> _Version | None:
    revisions = unchanged_revisions(write.session, write.conf)
    return _Version(revisions=revisions, head=write.heads[Stream.OPERATOR]) if revisions else None
