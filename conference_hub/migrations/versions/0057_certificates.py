"""Keep certificates of attendance.

Revision ID: 0057
Revises: 0056
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "certificate",
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("guest_id", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("organisation", sa.String(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("ways", sa.JSON(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("issuer", sa.JSON(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["conf"], ["conference.slug"], name=op.f("fk_certificate_conf"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conf", "code", name=op.f("pk_certificate")),
    )
    op.create_index("ix_certificate_guest", "certificate", ["conf", "guest_id"])


def downgrade() -> None:
    op.drop_table("certificate")
