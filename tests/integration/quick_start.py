"""What makes hundreds of applications cheap to start in one process; nothing that a test judges changes."""

from __future__ import annotations

from collections.abc import Callable

from argon2 import PasswordHasher
from sqlalchemy.engine import Engine
from sqlalchemy.util import LRUCache

QUICK_HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""Argon2id like the product's, with the smallest cost: a hash takes microseconds instead of 200 ms and 64 MiB."""


STATEMENTS = 4_000
"""How many compiled statements are kept: more than the product and its tests have."""


class KnownStatements:
    """Makes engines that compile a statement once for all of them: SQLAlchemy keeps it by its dialect, in one engine.

    They share the dialect of the first of them that was connected, which is when a dialect learns whom it speaks to.
    """

    def __init__(self, make: Callable[[str], Engine]) -> None:
        self._make = make
        self._first: Engine | None = None

    def engine(self, url: str) -> Engine:
        """Return a new engine for `url`."""
        engine = self._make(url)
        if self._first is None or self._first.dialect.server_version_info is None:
            engine._compiled_cache = LRUCache(STATEMENTS)
            self._first = engine
        else:
            engine.dialect = self._first.dialect
            engine._compiled_cache = self._first._compiled_cache
        return engine
