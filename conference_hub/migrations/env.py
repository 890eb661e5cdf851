"""Alembic's entry: works on the connection that `migrate.py` hands over."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from conference_hub.core.db import Base, Instant
from conference_hub.data import schema

assert schema.ALL_TABLES  # noqa: S101 - the import fills Base.metadata


def render_item(kind: str, item: Any, autogen_context: AutogenContext) -> str | Literal[False]:
    """Write `Instant` as SQLAlchemy's own type, so that old migrations do not depend on today's code."""
    del autogen_context
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Instant) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
    render_item=render_item,
)
with context.begin_transaction():
    context.run_migrations()
