"""What a crowd reads together: one statement for all who share a transaction, those included who still wait to.

Who is about to write says what their work will look up (`deferred.Expected`). The first who needs it asks for the
others too, and each of them finds it there. What is found so is the database's part: rows of the same transaction that
wait (`core/deferred.py`) are added by who reads. It ends with the first statement that sends something.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, Generic, TypeVar

from sqlalchemy.orm import Session

from conference_hub.core.deferred import deferred_of

T = TypeVar("T")


class Gathered(Generic[T]):
    """Something that a conference has under keys, read by `read(session, conf, keys)` with statements `BESIDE`.

    What is missing in its answer is not there. Declare it once at module level.
    """

    def __init__(self, read: Callable[[Session, str, Collection[str]], Mapping[str, T]]) -> None:
        self._read = read

    def of(self, session: Session, conf: str, key: str) -> T | None:
        """Return what there is under `key`, None when there is nothing."""
        deferred = deferred_of(session)
        if deferred is None:
            return self._read(session, conf, [key]).get(key)
        about = (self, conf)
        known: dict[str, T | None] = deferred.readings.setdefault(about, {})
        if key not in known:
            keys = {key, *deferred.expected.take(about)} - known.keys()
            known |= {**dict.fromkeys(keys), **self._read(session, conf, keys)}
        return known[key]

    def expect(self, session: Session, conf: str, keys: Collection[str]) -> None:
        """Say what those who share a session's transaction will ask for."""
        deferred = deferred_of(session)
        if deferred is not None:
            deferred.expected.add((self, conf), keys)


Expectation = tuple[Gathered[Any], str]
"""Something that will be looked up, and its key."""
