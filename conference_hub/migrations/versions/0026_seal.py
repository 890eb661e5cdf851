"""Keep how results are sealed, what was committed to before the ceremony, and who opened sealed content.

Revision ID: 0026
Revises: 0025
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "award_seal",
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("gate_order", sa.Boolean(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        _of_conference("award_seal"),
        sa.PrimaryKeyConstraint("conf", name=op.f("pk_award_seal")),
    )
    op.create_table(
        "award_commitment",
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("digests", sa.JSON(), nullable=False),
        _of_conference("award_commitment"),
        sa.PrimaryKeyConstraint("conf", "number", name=op.f("pk_award_commitment")),
    )
    op.create_table(
        "award_salt",
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("award_id", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        _of_conference("award_salt"),
        sa.PrimaryKeyConstraint("conf", "number", "award_id", name=op.f("pk_award_salt")),
    )
    op.create_table(
        "award_opening",
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("page", sa.String(), nullable=False),
        sa.Column("hour", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        _of_conference("award_opening"),
        sa.PrimaryKeyConstraint("conf", "actor", "page", "hour", name=op.f("pk_award_opening")),
    )
    op.create_index("ix_award_opening_conf", "award_opening", ["conf", "last_at"])


def downgrade() -> None:
    op.drop_index("ix_award_opening_conf", "award_opening")
    for table in ("award_opening", "award_salt", "award_commitment", "award_seal"):
        op.drop_table(table)


def _of_conference(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["conf"], ["conference.slug"], name=op.f(f"fk_{table}_conf"), ondelete="CASCADE"
    )
