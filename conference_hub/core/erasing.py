"""What becomes of personal data that are kept no longer: each feature declares it for its tables.

Rows that are about people go; of rows that stay, the columns that name them are emptied. What happened is kept as
figures, which name nobody.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

import sqlalchemy as sa

from conference_hub.core.db import Base
from conference_hub.core.text import Text

Condition = sa.ColumnElement[bool]


@dataclass(frozen=True, kw_only=True)
class Erasure:
    """The rows of a table that go, or with `blank` the columns of rows that stay, and what stands in them afterwards.

    `only` narrows the rows of the conference, `of` names rows that have no `conf`. `name` is what the record of a purge
    calls it, `words` (a msgid) what people read; a trace of work, such as the journal or the label of who changed
    something, has none: alone it is no reason to purge.
    """

    row: type[Base]
    name: str
    words: str = ""
    only: Condition | None = None
    of: Condition | None = None
    blank: Mapping[str, Any] = field(default_factory=dict)

    @property
    def table(self) -> sa.Table:
        """The table of the rows."""
        return cast("sa.Table", self.row.__table__)

    def condition(self, conf: str) -> Condition:
        """Return which rows of a conference are still to be erased."""
        meant = [self.table.c.conf == conf] if self.of is None else [self.of]
        if self.only is not None:
            meant.append(self.only)
        if self.blank:
            meant.append(sa.or_(*(_differs(self.table.c[key], value) for key, value in self.blank.items())))
        return sa.and_(*meant)

    def statement(self, condition: Condition) -> sa.Delete | sa.Update:
        """Return what erases the rows of `condition`."""
        if self.blank:
            return sa.update(self.table).where(condition).values(dict(self.blank))
        return sa.delete(self.table).where(condition)


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A number that is kept of people who are not: `title` says of what."""

    title: Text
    count: int


def _differs(column: sa.ColumnElement[Any], value: object) -> Condition:
    if value is None:
        return column.is_not(None)
    if isinstance(value, list | dict):
        return sa.cast(column, sa.Text) != json.dumps(value)
    return column != value
