"""Keep the sign-ups of those who withdraw, what each person was told of each session, and when changes are told.

Revision ID: 0064
Revises: 0063
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sign_up", sa.Column("status", sa.String(), nullable=False, server_default="taken"))
    op.add_column("online_session", sa.Column("notify_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_online_session_notify", "online_session", ["notify_at"])
    op.create_table(
        "invitation",
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("guest_id", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=True),
        sa.Column("told", sa.String(), nullable=True),
        sa.Column("stamp", sa.DateTime(timezone=True), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("host", sa.String(), nullable=True),
        sa.Column("organizer", sa.String(), nullable=True),
        sa.Column("attendee", sa.String(), nullable=True),
        sa.Column("mail_id", sa.String(), nullable=True),
        sa.Column("sent_sequence", sa.Integer(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("held_starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("held_ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("bounced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer_sequence", sa.Integer(), nullable=True),
        sa.Column("answer_stamp", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["conf"], ["conference.slug"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["conf", "session_id"], ["online_session.conf", "online_session.id"]),
        sa.ForeignKeyConstraint(["conf", "guest_id"], ["guest.conf", "guest.id"]),
        sa.PrimaryKeyConstraint("conf", "session_id", "guest_id"),
        sa.UniqueConstraint("token"),
    )
    op.create_index("ix_invitation_guest", "invitation", ["conf", "guest_id"])
    op.create_index("ix_invitation_mail", "invitation", ["mail_id"])
    op.create_table(
        "followup_setup",
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("cooling_min", sa.Integer(), nullable=False),
        sa.Column("hold", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["conf"], ["conference.slug"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("conf"),
    )


def downgrade() -> None:
    op.drop_table("followup_setup")
    op.drop_index("ix_invitation_mail", table_name="invitation")
    op.drop_index("ix_invitation_guest", table_name="invitation")
    op.drop_table("invitation")
    op.drop_index("ix_online_session_notify", table_name="online_session")
    op.drop_column("online_session", "notify_at")
    op.execute(sa.text("DELETE FROM sign_up WHERE status <> 'taken'"))
    op.drop_column("sign_up", "status")
