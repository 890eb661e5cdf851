"""Say of each mail what it tells to whom, so that a newer one about the same replaces it; earlier mails stay alone.

Revision ID: 0023
Revises: 0022
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("mail", sa.Column("about", sa.String(), nullable=True))
    op.create_index("ix_mail_conf_about", "mail", ["conf", "about"])


def downgrade() -> None:
    op.drop_index("ix_mail_conf_about", table_name="mail")
    op.drop_column("mail", "about")
