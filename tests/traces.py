"""Where a text is kept: in the rows of every table, and in everything that the process can reach."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable, Iterator
from types import CodeType, FrameType, FunctionType, ModuleType
from typing import Any

import sqlalchemy as sa

from conference_hub.core.db import Database
from conference_hub.data.schema import ALL_TABLES

OPAQUE = (ModuleType, FrameType, CodeType)
"""What the search does not enter: from there everything is reachable, the test too."""
OURS = "conference_hub"


def rows_with(database: Database, text: str) -> list[tuple[str, dict[str, Any]]]:
    """Return `(table, row)` for each row of all tables that holds `text` in any column, inside JSON too."""
    with database.reading() as db:
        return [
            (table.name, dict(row))
            for table in ALL_TABLES
            for row in db.execute(sa.select(table)).mappings()
            if text in str(dict(row))
        ]


def kept_with(text: str, *roots: object) -> list[str]:
    """Return every string that holds `text`, as text or as bytes, reachable from `roots` and our modules' globals."""
    gc.collect()
    return sorted(
        {found for found in _texts([*roots, *_globals()]) if text in found or _escaped(text) in found}
    )


def _escaped(text: str) -> str:
    return text.encode("unicode_escape").decode()


def _globals() -> Iterator[object]:
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == OURS:
            yield from vars(module).values()


def _texts(roots: Iterable[object]) -> Iterator[str]:
    seen: set[int] = set()
    waiting = list(roots)
    while waiting:
        one = waiting.pop()
        if id(one) in seen or isinstance(one, OPAQUE):
            continue
        seen.add(id(one))
        match one:
            case str():
                yield one
            case bytes() | bytearray():
                yield one.decode(errors="replace")
            case FunctionType():
                waiting += [one.__closure__, one.__defaults__, one.__kwdefaults__, one.__dict__]
            case _:
                waiting += gc.get_referents(one)
