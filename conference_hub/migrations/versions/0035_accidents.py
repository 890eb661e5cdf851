"""Keep how an award was deferred, that its recipient is absent, and as what somebody stands in.

"Deferred" is no state any more: such an award is sealed, and marked. Undo, followers and stored answers know it so too.

Revision ID: 0035
Revises: 0034
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

AWARD = sa.table(
    "award",
    *(sa.column(name, sa.String()) for name in ("kind", "representative", "state", "stand_in")),
    sa.column("deferred", sa.Boolean()),
)
JSON_COLUMNS = (
    ("journal_entry", ("conf", "stream", "seq"), ("body",)),
    ("command", ("conf", "command_id"), ("answer",)),
    ("run_step", ("conf", "run_id", "number"), ("before", "after")),
)
"""Where awards are written as JSON: the table, its key and the columns."""
OLD = "deferred"
Change = Callable[[dict[str, Any]], dict[str, Any]]


def upgrade() -> None:
    for name in ("deferred", "absent"):
        op.add_column("award", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("award", sa.Column("stand_in", sa.String(), nullable=False, server_default=""))
    named = sa.case((AWARD.c.kind == "individual", "proxy"), else_="representative")
    op.execute(sa.update(AWARD).where(AWARD.c.representative.is_not(None)).values(stand_in=named))
    op.execute(sa.update(AWARD).where(AWARD.c.state == OLD).values(state="sealed", deferred=True))
    _rewrite(_marked)


def downgrade() -> None:
    op.execute(
        sa.update(AWARD).where(AWARD.c.deferred, AWARD.c.state == "sealed").values(state=OLD, deferred=False)
    )
    _rewrite(_unmarked)
    for name in ("stand_in", "absent", "deferred"):
        op.drop_column("award", name)


def _rewrite(change: Change) -> None:
    """Write every JSON object anew that says how far an award has come and is deferred."""
    connection = op.get_bind()
    for name, key, columns in JSON_COLUMNS:
        found = sa.table(
            name, *(sa.column(one) for one in key), *(sa.column(one, sa.JSON()) for one in columns)
        )
        held = sa.or_(*(sa.cast(found.c[one], sa.Text).contains(f'"{OLD}"') for one in columns))
        for row in connection.execute(sa.select(found).where(held)).mappings().all():
            mine = [found.c[one] == row[one] for one in key]
            values = {one: _within(row[one], change) for one in columns}
            connection.execute(sa.update(found).where(*mine).values(values))


def _within(value: Any, change: Change) -> Any:
    if isinstance(value, list):
        return [_within(one, change) for one in value]
    if not isinstance(value, dict):
        return value
    inner = {key: _within(one, change) for key, one in value.items()}
    return change(inner) if "revealed_at" in inner and "state" in inner else inner


def _marked(award: dict[str, Any]) -> dict[str, Any]:
    return {**award, "state": "sealed", "deferred": True} if award["state"] == OLD else award


def _unmarked(award: dict[str, Any]) -> dict[str, Any]:
    plain = {key: value for key, value in award.items() if key != "deferred"}
    return {**plain, "state": OLD} if award.get("deferred") and award["state"] == "sealed" else plain
