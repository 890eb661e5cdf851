"""Keep of a mail its calendar, order and expiry, and which mails were sent by one act.

Revision ID: 0066
Revises: 0065
"""

from __future__ import annotations

from itertools import groupby

import sqlalchemy as sa
from alembic import op

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None

MAIL = sa.table("mail", *map(sa.column, ("id", "conf", "number", "created_at")))
TEXTS = ("calendar", "order_key", "once_key", "unsubscribe", "language", "sending_id")
INSTANTS = ("tried_at", "expires_at")
INDEXES = {
    "ix_mail_conf_number": ["conf", "number"],
    "ix_mail_conf_order_key": ["conf", "order_key", "number"],
    "ix_mail_sending_id": ["sending_id", "state"],
    "ix_mail_tried_at": ["tried_at"],
}


def upgrade() -> None:
    op.add_column("mail", sa.Column("number", sa.Integer(), nullable=False, server_default="0"))
    for name in TEXTS:
        op.add_column("mail", sa.Column(name, sa.String(), nullable=True))
    for name in INSTANTS:
        op.add_column("mail", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    _number()
    for name, columns in INDEXES.items():
        op.create_index(name, "mail", columns)
    op.create_index("ix_mail_conf_once_key", "mail", ["conf", "once_key"], unique=True)
    op.create_table(
        "mail_sending",
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["conf"], ["conference.slug"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("conf", "id"),
    )


def _number() -> None:
    """Count the mails of each conference in the order in which they were written."""
    connection = op.get_bind()
    rows = connection.execute(
        sa.select(MAIL.c.conf, MAIL.c.id).order_by(MAIL.c.conf, MAIL.c.created_at, MAIL.c.id)
    ).all()
    counted = [
        {"of": mail, "counted": number}
        for _conf, mails in groupby(rows, key=lambda row: row.conf)
        for number, (_, mail) in enumerate(mails, start=1)
    ]
    if counted:
        statement = sa.update(MAIL).where(MAIL.c.id == sa.bindparam("of"))
        connection.execute(statement.values(number=sa.bindparam("counted")), counted)


def downgrade() -> None:
    op.drop_table("mail_sending")
    op.drop_index("ix_mail_conf_once_key", table_name="mail")
    for name in INDEXES:
        op.drop_index(name, table_name="mail")
    for name in ("number", *TEXTS, *INSTANTS):
        op.drop_column("mail", name)
