"""Find the mails that are sent next, and those whose time is over, without reading all that wait.

Revision ID: 0067
Revises: 0066
"""

from __future__ import annotations

from alembic import op

revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_mail_sending_id", table_name="mail")
    op.create_index("ix_mail_sending_id", "mail", ["sending_id", "state", "created_at", "number"])
    op.create_index("ix_mail_state_expires_at", "mail", ["state", "expires_at"])


def downgrade() -> None:
    op.drop_index("ix_mail_state_expires_at", table_name="mail")
    op.drop_index("ix_mail_sending_id", table_name="mail")
    op.create_index("ix_mail_sending_id", "mail", ["sending_id", "state"])
