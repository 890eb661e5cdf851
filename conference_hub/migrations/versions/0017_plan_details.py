"""Keep of a plan what a cue sheet says: numbers, soft starts, notes by department, speakers, colours; and its changes.

Cues get the numbers 1, 2, … in the order of their lanes, as the JSON of earlier versions is read.

Revision ID: 0017
Revises: 0016
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.engine import Connection

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

DEPARTMENTS = [
    {"id": "mc", "title": {"ko": "MC 멘트", "en": "MC script"}},
    {"id": "video", "title": {"ko": "영상", "en": "Video"}},
    {"id": "sound", "title": {"ko": "음향", "en": "Sound"}},
    {"id": "light", "title": {"ko": "조명", "en": "Lighting"}},
    {"id": "remarks", "title": {"ko": "비고", "en": "Remarks"}},
]
PLAN = sa.table("plan", sa.column("conf"), sa.column("lanes", sa.JSON()))
LANE = sa.table("plan_lane", sa.column("conf"), sa.column("id"), sa.column("cues", sa.JSON()))


def upgrade() -> None:
    for table, columns in _columns().items():
        for column in columns:
            op.add_column(table, column)
    _number(op.get_bind())


def downgrade() -> None:
    for table, columns in _columns().items():
        for column in columns:
            op.drop_column(table, column.name)


def _columns() -> dict[str, tuple[sa.Column[Any], ...]]:
    departments = json.dumps(DEPARTMENTS, ensure_ascii=False)
    return {
        "plan": (_json("departments", departments), _text("by")),
        "plan_segment": (_given_text("room"), _json("speakers", "[]"), _flag("public", default=True)),
        "plan_lane": (_given_text("colour"), _given_text("room")),
        "plan_cue": (
            *_cue_columns(),
            _flag("fixed", default=True),
            _flag("skipped", default=False),
            _json("notes", "{}"),
        ),
        "plan_version": tuple(
            sa.Column(name, sa.JSON(none_as_null=True), nullable=True)
            for name in ("note", "changes", "cancelled")
        ),
        "run_cue": _cue_columns(),
    }


def _cue_columns() -> tuple[sa.Column[Any], ...]:
    return (
        _text("number"),
        _given_text("colour"),
        sa.Column("warn_s", sa.Integer(), nullable=True),
        sa.Column("danger_s", sa.Integer(), nullable=True),
        _json("speakers", "[]"),
    )


def _number(connection: Connection) -> None:
    for plan in connection.execute(sa.select(PLAN)).mappings().all():
        numbers = enumerate(_cues(connection, plan["conf"], plan["lanes"]), start=1)
        values = [{"of": plan["conf"], "cue": cue, "next": str(number)} for number, cue in numbers]
        for name in ("plan_cue", "run_cue") if values else ():
            table = sa.table(name, sa.column("conf"), sa.column("id"), sa.column("number"))
            this = sa.and_(table.c.conf == sa.bindparam("of"), table.c.id == sa.bindparam("cue"))
            connection.execute(sa.update(table).where(this).values(number=sa.bindparam("next")), values)


def _cues(connection: Connection, conf: str, lanes: list[str]) -> Iterator[str]:
    rows = connection.execute(sa.select(LANE).where(LANE.c.conf == conf)).mappings()
    inside = {row["id"]: row["cues"] for row in rows}
    for lane in lanes:
        yield from inside[lane]


def _text(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.String(), nullable=False, server_default="")


def _given_text(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.String(), nullable=True)


def _json(name: str, default: str) -> sa.Column[Any]:
    return sa.Column(name, sa.JSON(), nullable=False, server_default=default)


def _flag(name: str, *, default: bool) -> sa.Column[Any]:
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.true() if default else sa.false())
