"""Keep what lies over the stage of each lane.

Revision ID: 0028
Revises: 0027
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "stage_layer",
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("lane_id", sa.String(), nullable=False),
        sa.Column("layer", sa.String(), nullable=True),
        sa.Column("text", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conf"], ["conference.slug"], name=op.f("fk_stage_layer_conf"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conf", "lane_id", name=op.f("pk_stage_layer")),
    )


def downgrade() -> None:
    op.drop_table("stage_layer")
