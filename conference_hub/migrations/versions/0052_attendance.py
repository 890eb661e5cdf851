"""Keep who took part from elsewhere when, and how many were where.

Revision ID: 0052
Revises: 0051
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "remote_span",
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("guest_id", sa.String(), nullable=False),
        sa.Column("watch", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("worker", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conf"], ["conference.slug"], name=op.f("fk_remote_span_conf"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["conf", "guest_id"],
            ["guest.conf", "guest.id"],
            name=op.f("fk_remote_span_conf_guest_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("conf", "id", name=op.f("pk_remote_span")),
    )
    op.create_index("ix_remote_span_guest", "remote_span", ["conf", "guest_id", "began_at"])
    op.create_index("ix_remote_span_open", "remote_span", ["conf", "ended_at"])
    op.create_table(
        "attendance_count",
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("about", sa.Integer(), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conf"], ["conference.slug"], name=op.f("fk_attendance_count_conf"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conf", name=op.f("pk_attendance_count")),
    )


def downgrade() -> None:
    op.drop_table("attendance_count")
    op.drop_table("remote_span")
