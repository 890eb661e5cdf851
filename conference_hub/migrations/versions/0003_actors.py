"""Say by id who acted, and keep no rendered text in stored answers; number what organisers configure.

Revision ID: 0003
Revises: 0002
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

UNKNOWN = "system:before-0003"
"""Who acted before actors had ids: only the label is known, and it stays beside."""

ROLE_NAMES = {"organiser": "주최자", "operator": "진행 감독", "emcee": "사회자", "staff": "현장 접수"}
STATE_FORBIDS = 409
"""Refusals of any other status may be gone later, and are not stored any more."""


def upgrade() -> None:
    for table in ("journal_entry", "scan"):
        _add_text(table, "actor", UNKNOWN)
    _add_text("command", "actor", UNKNOWN)
    op.drop_column("command", "by")
    _add_text("session_grant", "name", "")
    _name_grants()
    _add_text("web_session", "device_id", "")
    op.execute("UPDATE web_session SET device_id = id")
    for column in ("revision", "people_revision"):
        op.add_column("conference", sa.Column(column, sa.Integer(), nullable=False, server_default="0"))
    _take_text_out_of_answers()


def downgrade() -> None:
    op.drop_column("conference", "people_revision")
    op.drop_column("conference", "revision")
    op.drop_column("web_session", "device_id")
    op.drop_column("session_grant", "name")
    _add_text("command", "by", "?")
    for table in ("command", "journal_entry", "scan"):
        op.drop_column(table, "actor")


def _add_text(table: str, column: str, value: str) -> None:
    """Add a column with `value` in each row. Without batch mode: SQLite would drop the rows that refer to a table."""
    op.add_column(table, sa.Column(column, sa.String(), nullable=False, server_default=value))


def _name_grants() -> None:
    """Give each role that a link gave the name that its browser had; a guest's is looked up when it is shown.

    A browser had the name of its last link only: where a guest's link was among them, the name may be the guest's, and
    the other roles are called by their own names.
    """
    columns: list[sa.ColumnClause[str]] = [
        sa.column(name) for name in ("session_id", "role", "guest_id", "name")
    ]
    grants = sa.table("session_grant", *columns)
    others = sa.table("session_grant", *(sa.column(name) for name in ("session_id", "guest_id"))).alias(
        "other"
    )
    sessions = sa.table("web_session", sa.column("id"), sa.column("name"))
    name = sa.select(sessions.c.name).where(sessions.c.id == grants.c.session_id).scalar_subquery()
    of_guest = sa.exists().where(others.c.session_id == grants.c.session_id, others.c.guest_id.is_not(None))
    role = sa.case(ROLE_NAMES, value=grants.c.role, else_=grants.c.role)
    work_of_guest = sa.and_(grants.c.guest_id.is_(None), of_guest)
    op.execute(sa.update(grants).values(name=sa.case((work_of_guest, role), else_=name)))


def _take_text_out_of_answers() -> None:
    commands = sa.table("command", sa.column("conf"), sa.column("command_id"), sa.column("answer", sa.JSON()))
    connection = op.get_bind()
    for conf, command_id, answer in connection.execute(sa.select(commands)).all():
        this = (commands.c.conf == conf, commands.c.command_id == command_id)
        shorter = _without_text(answer)
        if "error" in answer and answer["error"]["status"] != STATE_FORBIDS:
            connection.execute(sa.delete(commands).where(*this))
        elif shorter != answer:
            connection.execute(sa.update(commands).where(*this).values(answer=shorter))


def _without_text(answer: dict[str, Any]) -> dict[str, Any]:
    """Replace a fact by its number, and a person by the guest's id."""
    if "error" in answer:
        detail = answer["error"]["detail"]
        if "changed" not in detail:
            return answer
        changed = [fact["seq"] for fact in detail["changed"]]
        return {"error": {**answer["error"], "detail": {**detail, "changed": changed}}}
    done = answer["ok"]
    if "fact" in done:
        return {"ok": {"seq": done["fact"]["seq"]}}
    if "person" in done:
        rest = {key: value for key, value in done.items() if key != "person"}
        return {"ok": {**rest, "guest": done["person"]["guest"]}}
    return answer
