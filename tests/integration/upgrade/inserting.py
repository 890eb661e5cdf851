"""Rows of a schema of before, written by statements since the classes of today have other columns."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from conference_hub.core.db import Instant


def insert(connection: sa.Connection, statements: Iterable[str], **meant: object) -> None:
    """Execute statements, each with those of the values that it names; `at` is an instant."""
    for statement in statements:
        values = {key: value for key, value in meant.items() if f":{key}" in statement}
        typed = sa.text(statement)
        if "at" in values:
            typed = typed.bindparams(sa.bindparam("at", type_=Instant()))
        connection.execute(typed, values)
