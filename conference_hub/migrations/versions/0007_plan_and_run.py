"""Store the plan apart from what happened to it, and give runs tables of their own (decision 0011).

Revision ID: 0007
Revises: 0006
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.engine import Connection

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
LIVE = "run-1"
RECENT = 10
Row = dict[str, Any]


def upgrade() -> None:
    connection = op.get_bind()
    _create_plan()
    _create_run()
    for conf in connection.execute(sa.text("SELECT DISTINCT conf FROM lane ORDER BY conf")).scalars().all():
        _move(connection, conf)
    with op.batch_alter_table("award") as batch_op:
        batch_op.drop_constraint("fk_award_conf_cue_id", type_="foreignkey")
        batch_op.create_foreign_key("fk_award_conf_cue_id", "plan_cue", ["conf", "cue_id"], ["conf", "id"])
    for table in ("cue", "lane", "segment"):
        op.drop_table(table)


def downgrade() -> None:
    """Put plan and run together again; rehearsals, and what was planned and not applied, are lost."""
    connection = op.get_bind()
    _create_together()
    steps = sa.table("run_step", sa.column("run_id"))
    connection.execute(sa.delete(steps).where(steps.c.run_id != LIVE))
    run = _table("run")
    for live in connection.execute(sa.select(run).where(run.c.id == LIVE)).mappings().all():
        _move_back(connection, live["conf"], live["plan_revision"])
    with op.batch_alter_table("award") as batch_op:
        batch_op.drop_constraint("fk_award_conf_cue_id", type_="foreignkey")
        batch_op.create_foreign_key("fk_award_conf_cue_id", "cue", ["conf", "cue_id"], ["conf", "id"])
    for table in (
        *("run_cue", "run_lane", "run"),
        *("plan_version", "plan_cue", "plan_lane", "plan_segment", "plan"),
    ):
        op.drop_table(table)


def _create_together() -> None:
    op.create_table(
        "segment",
        *_segment_columns(),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("conf", "id", name=op.f("pk_segment")),
        _of_conference("segment"),
    )
    op.create_table(
        "lane",
        _conf(),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("cue_id", sa.String(), nullable=True),
        sa.Column("held_since", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("conf", "id", name=op.f("pk_lane")),
        _of_conference("lane"),
    )
    op.create_table(
        "cue",
        *_cue_columns(),
        sa.Column("position", sa.Integer(), nullable=False),
        *_progress_columns(),
        sa.CheckConstraint("planned_ms > 0", name=op.f("ck_cue_planned")),
        sa.ForeignKeyConstraint(["conf", "lane_id"], ["lane.conf", "lane.id"], name="fk_cue_lane"),
        sa.ForeignKeyConstraint(
            ["conf", "segment_id"], ["segment.conf", "segment.id"], name="fk_cue_segment"
        ),
        sa.PrimaryKeyConstraint("conf", "id", name=op.f("pk_cue")),
        sa.UniqueConstraint("conf", "lane_id", "position", name="uq_cue_position"),
        _of_conference("cue"),
    )


def _move_back(connection: Connection, conf: str, plan_revision: int) -> None:
    """Make one set of rows of the live run and of the plan that it follows."""
    versions = _table("plan_version")
    followed = sa.and_(versions.c.conf == conf, versions.c.revision == plan_revision)
    content = connection.execute(sa.select(versions.c.content).where(followed)).scalar_one()
    lanes, cues = (_live_rows(connection, name, conf) for name in ("run_lane", "run_cue"))
    segments = enumerate(content["segments"], start=1)
    planned = enumerate(content["lanes"], start=1)
    _insert(connection, "segment", [{**one, "conf": conf, "position": place} for place, one in segments])
    _insert(
        connection,
        "lane",
        [{**lanes[one["id"]], "title": one["title"], "position": place} for place, one in planned],
    )
    _insert(
        connection,
        "cue",
        [
            {**cues[cue_id], "position": place}
            for lane in lanes.values()
            for place, cue_id in enumerate(lane["cues"], start=1)
        ],
    )


def _live_rows(connection: Connection, name: str, conf: str) -> dict[str, Row]:
    table = _table(name)
    found = sa.select(table).where(table.c.conf == conf, table.c.run_id == LIVE)
    return {
        row["id"]: {key: _utc(value) if isinstance(value, datetime) else value for key, value in row.items()}
        for row in connection.execute(found).mappings()
    }


def _create_plan() -> None:
    op.create_table(
        "plan",
        _conf(),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.Column("segments", sa.JSON(), nullable=False),
        sa.Column("lanes", sa.JSON(), nullable=False),
        sa.Column("runs", sa.Integer(), nullable=False),
        sa.Column("versions", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("conf", name=op.f("pk_plan")),
        _of_conference("plan"),
    )
    op.create_table(
        "plan_segment",
        *_segment_columns(),
        sa.PrimaryKeyConstraint("conf", "id", name=op.f("pk_plan_segment")),
        _of_conference("plan_segment"),
    )
    op.create_table(
        "plan_lane",
        _conf(),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("cues", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("conf", "id", name=op.f("pk_plan_lane")),
        _of_conference("plan_lane"),
    )
    op.create_table(
        "plan_cue",
        *_cue_columns(),
        sa.CheckConstraint("planned_ms > 0", name=op.f("ck_plan_cue_planned")),
        sa.ForeignKeyConstraint(
            ["conf", "segment_id"],
            ["plan_segment.conf", "plan_segment.id"],
            name=op.f("fk_plan_cue_conf_segment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["conf", "lane_id"], ["plan_lane.conf", "plan_lane.id"], name=op.f("fk_plan_cue_conf_lane_id")
        ),
        sa.PrimaryKeyConstraint("conf", "id", name=op.f("pk_plan_cue")),
        _of_conference("plan_cue"),
    )
    op.create_table(
        "plan_version",
        _conf(),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("published_at", INSTANT, nullable=True),
        sa.Column("by", sa.String(), nullable=True),
        sa.Column("actor", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("conf", "revision", name=op.f("pk_plan_version")),
        sa.UniqueConstraint("conf", "number", name=op.f("uq_plan_version_conf_number")),
        _of_conference("plan_version"),
    )


def _create_run() -> None:
    op.create_table(
        "run",
        _conf(),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("plan_revision", sa.Integer(), nullable=False),
        sa.Column("began_at", INSTANT, nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conf", "plan_revision"],
            ["plan_version.conf", "plan_version.revision"],
            name=op.f("fk_run_conf_plan_revision"),
        ),
        sa.PrimaryKeyConstraint("conf", "id", name=op.f("pk_run")),
        _of_conference("run"),
    )
    op.create_table(
        "run_lane",
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("run_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("cues", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("cue_id", sa.String(), nullable=True),
        sa.Column("held_since", INSTANT, nullable=True),
        sa.Column("recent", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conf", "run_id"],
            ["run.conf", "run.id"],
            name=op.f("fk_run_lane_conf_run_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("conf", "run_id", "id", name=op.f("pk_run_lane")),
    )
    op.create_table(
        "run_cue",
        *_cue_columns(),
        sa.Column("run_id", sa.String(), nullable=False),
        *_progress_columns(),
        sa.CheckConstraint("planned_ms > 0", name=op.f("ck_run_cue_planned")),
        sa.ForeignKeyConstraint(
            ["conf", "run_id", "lane_id"],
            ["run_lane.conf", "run_lane.run_id", "run_lane.id"],
            name=op.f("fk_run_cue_conf_run_id_lane_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("conf", "run_id", "id", name=op.f("pk_run_cue")),
    )


def _conf() -> sa.Column[str]:
    return sa.Column("conf", sa.String(), nullable=False)


def _segment_columns() -> tuple[sa.Column[Any], ...]:
    return (
        _conf(),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("note", sa.JSON(none_as_null=True), nullable=True),
    )


def _cue_columns() -> tuple[sa.Column[Any], ...]:
    return (
        _conf(),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("segment_id", sa.String(), nullable=False),
        sa.Column("lane_id", sa.String(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("planned_start", INSTANT, nullable=False),
        sa.Column("planned_ms", sa.BigInteger(), nullable=False),
    )


def _progress_columns() -> tuple[sa.Column[Any], ...]:
    """What happened to a cue."""
    return (
        sa.Column("started_at", INSTANT, nullable=True),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("extension_ms", sa.BigInteger(), nullable=False),
        sa.Column("held_ms", sa.BigInteger(), nullable=False),
    )


def _of_conference(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["conf"], ["conference.slug"], name=op.f(f"fk_{table}_conf"), ondelete="CASCADE"
    )


def _move(connection: Connection, conf: str) -> None:
    """Make the rows of one conference the first revision of its plan, its first version, and its live run."""
    segments, lanes, cues = (_rows(connection, name, conf) for name in ("segment", "lane", "cue"))
    laid_at, by, actor = _laid(connection, conf)
    inside = {lane["id"]: [cue for cue in cues if cue["lane_id"] == lane["id"]] for lane in lanes}
    plan = {
        "conf": conf,
        "revision": 1,
        "changed_at": laid_at,
        "segments": _ids(segments),
        "lanes": _ids(lanes),
        "runs": 1,
        "versions": 1,
    }
    version = {
        "conf": conf,
        "revision": 1,
        "content": _content(segments, lanes, inside),
        "number": 1,
        "published_at": laid_at,
        "by": by,
        "actor": actor,
    }
    run = {
        "conf": conf,
        "id": LIVE,
        "kind": "live",
        "plan_revision": 1,
        "began_at": laid_at,
        "by": by,
        "actor": actor,
    }
    _insert(connection, "plan", [plan])
    _insert(connection, "plan_segment", segments)
    _insert(connection, "plan_lane", [{**lane, "cues": _ids(inside[lane["id"]])} for lane in lanes])
    _insert(connection, "plan_cue", cues)
    _insert(connection, "plan_version", [version])
    _insert(connection, "run", [run])
    _insert(
        connection,
        "run_lane",
        [
            {
                **lane,
                "run_id": LIVE,
                "cues": _ids(inside[lane["id"]]),
                "recent": list(_recent(connection, conf, lane["id"])),
            }
            for lane in lanes
        ],
    )
    _insert(connection, "run_cue", [{**cue, "run_id": LIVE} for cue in cues])


def _laid(connection: Connection, conf: str) -> tuple[datetime, str, str]:
    """Return when the plan was laid, and by whom; without the fact, when the conference began."""
    entries = _table("journal_entry")
    laid = (
        sa.select(entries.c.at, entries.c.by, entries.c.actor)
        .where(entries.c.conf == conf, entries.c.stream == "public", entries.c.topic == "AgendaPlanned")
        .order_by(entries.c.seq.desc())
        .limit(1)
    )
    row = connection.execute(laid).first()
    if row is not None:
        return _utc(row[0]), row[1], row[2]
    conference = _table("conference")
    starts_at = connection.execute(
        sa.select(conference.c.starts_at).where(conference.c.slug == conf)
    ).scalar_one()
    return _utc(starts_at), "migration", "system:migration"


def _recent(connection: Connection, conf: str, lane_id: str) -> Iterator[Row]:
    """Yield the last commands of a lane, the newest first, as operators were shown them."""
    entries = _table("journal_entry")
    found = (
        sa.select(entries)
        .where(entries.c.conf == conf, entries.c.stream == "operator", entries.c.subject == f"lane/{lane_id}")
        .order_by(entries.c.seq.desc())
        .limit(RECENT)
    )
    for entry in connection.execute(found).mappings():
        own = {name: value for name, value in entry["body"].items() if name != "docs"}
        yield {
            **own,
            "topic": entry["topic"],
            "at": _text(entry["at"]),
            "by": entry["by"],
            "actor": entry["actor"],
        }


def _content(segments: list[Row], lanes: list[Row], inside: dict[str, list[Row]]) -> Row:
    return {
        "segments": [
            {"id": one["id"], "kind": one["kind"], "title": one["title"], "note": one["note"]}
            for one in segments
        ],
        "lanes": [
            {
                "id": lane["id"],
                "title": lane["title"],
                "cues": [
                    {
                        "id": cue["id"],
                        "segment": cue["segment_id"],
                        "title": cue["title"],
                        "planned_start": _text(cue["planned_start"]),
                        "planned_s": _seconds(cue["planned_ms"]),
                    }
                    for cue in inside[lane["id"]]
                ],
            }
            for lane in lanes
        ],
    }


def _rows(connection: Connection, name: str, conf: str) -> list[Row]:
    table = _table(name)
    found = sa.select(table).where(table.c.conf == conf).order_by(table.c.position, table.c.id)
    return [
        {key: _utc(value) if isinstance(value, datetime) else value for key, value in row.items()}
        for row in connection.execute(found).mappings()
    ]


def _insert(connection: Connection, name: str, rows: Iterable[Row]) -> None:
    table = _table(name)
    rows = [{key: value for key, value in row.items() if key in table.c} for row in rows]
    if rows:
        connection.execute(sa.insert(table), rows)


def _table(name: str) -> sa.Table:
    """Return a table as it is now; JSON columns that SQLite does not tell from text are named here."""
    connection = op.get_bind()
    table = sa.Table(name, sa.MetaData(), autoload_with=connection)
    for column in table.columns:
        if column.name in {"segments", "lanes", "title", "note", "cues", "content", "recent", "body"}:
            column.type = sa.JSON(none_as_null=True)
        if column.name in {"changed_at", "published_at", "began_at", "held_since", "at", "starts_at"} or (
            column.name in {"planned_start", "started_at", "ended_at"}
        ):
            column.type = INSTANT
    return table


def _ids(rows: Iterable[Row]) -> list[str]:
    return [row["id"] for row in rows]


def _utc(instant: datetime) -> datetime:
    return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)


def _text(instant: datetime) -> str:
    return _utc(instant).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _seconds(milliseconds: int) -> float:
    return milliseconds // 1000 if milliseconds % 1000 == 0 else milliseconds / 1000
