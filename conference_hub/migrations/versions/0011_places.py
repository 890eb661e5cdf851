"""Rooms; channels and their video sources in tables of their own, with the time at which their links become public.

Revision ID: 0011
Revises: 0010
"""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
CONFERENCE = sa.table("conference", sa.column("slug"), sa.column("channels", sa.JSON))
CHANNEL = sa.table(
    "channel",
    *(sa.column(name) for name in ("conf", "id", "kind")),
    sa.column("title", sa.JSON),
    sa.column("url"),
    sa.column("opened_at", INSTANT),
    sa.column("position", sa.Integer),
)
KINDS = frozenset({"hall", "metaverse", "meeting", "broadcast"})


def upgrade() -> None:
    _make_tables()
    now = datetime.now(UTC)
    for slug, channels in op.get_bind().execute(sa.select(CONFERENCE)).all():
        rows = [_row(slug, channel, position, now) for position, channel in enumerate(channels, start=1)]
        if rows:
            op.bulk_insert(CHANNEL, rows)
    op.drop_column("conference", "channels")


def downgrade() -> None:
    op.add_column("conference", sa.Column("channels", sa.JSON(), nullable=False, server_default="[]"))
    bind = op.get_bind()
    for (slug,) in bind.execute(sa.select(CONFERENCE.c.slug)).all():
        rows = bind.execute(sa.select(CHANNEL).where(CHANNEL.c.conf == slug).order_by(CHANNEL.c.position))
        channels = [
            {"id": row.id, "kind": row.kind, "label": row.title, "url": row.url if row.opened_at else None}
            for row in rows
        ]
        bind.execute(sa.update(CONFERENCE).where(CONFERENCE.c.slug == slug).values(channels=channels))
    for table in ("video", "channel", "room"):
        op.drop_table(table)


def _row(slug: str, channel: dict[str, object], position: int, now: datetime) -> dict[str, object]:
    """A link that was there was public and stays so; one that is entered later is kept back until somebody opens it."""
    kind = channel["kind"] if channel["kind"] in KINDS else "other"
    return {
        "conf": slug,
        "id": channel["id"],
        "kind": kind,
        "title": channel["label"],
        "url": channel["url"],
        "opened_at": now if channel["url"] else None,
        "position": position,
    }


def _make_tables() -> None:
    op.create_table(
        "room",
        *_key(),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("note", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        *_constraints("room"),
    )
    op.create_table(
        "channel",
        *_key(),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("opens_at", INSTANT, nullable=True),
        sa.Column("opened_at", INSTANT, nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        *_constraints("channel"),
    )
    op.create_table(
        "video",
        *_key(),
        sa.Column("channel_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("captions_url", sa.String(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conf", "channel_id"],
            ["channel.conf", "channel.id"],
            name="fk_video_conf_channel_id",
            ondelete="CASCADE",
        ),
        *_constraints("video"),
    )
    op.create_index("ix_video_channel", "video", ["conf", "channel_id"])


def _key() -> tuple[sa.Column[str], sa.Column[str]]:
    return sa.Column("conf", sa.String(), nullable=False), sa.Column("id", sa.String(), nullable=False)


def _constraints(table: str) -> tuple[sa.Constraint, ...]:
    return (
        sa.ForeignKeyConstraint(["conf"], ["conference.slug"], name=f"fk_{table}_conf", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("conf", "id", name=f"pk_{table}"),
    )
