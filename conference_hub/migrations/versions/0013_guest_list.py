"""Keep groups as data of each conference, give guests numbers and further fields, and know which badges are printed.

Revision ID: 0013
Revises: 0012
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
GROUPS = (
    ("recipient", "수상자", "Award recipient"),
    ("official", "신규 공무원", "New official"),
    ("guest_of_honour", "내빈", "Guest of honour"),
    ("staff", "운영진", "Event staff"),
    ("attendee", "참석자", "Attendee"),
)
"""The groups that every conference had until now, by id: what guests have is one of these ids."""
TEXTS = ("phone", "pronunciation", "needs", "notes", "changed_by")


def upgrade() -> None:
    op.add_column("guest", sa.Column("number", sa.String(), nullable=False, server_default=""))
    for name in TEXTS:
        op.add_column("guest", sa.Column(name, sa.String(), nullable=True))
    op.add_column("guest", sa.Column("changed_at", INSTANT, nullable=True))
    _number_guests()
    op.create_index("uq_guest_number", "guest", ["conf", "number"], unique=True)
    op.add_column("badge", sa.Column("printed_at", INSTANT, nullable=True))
    op.add_column("badge", sa.Column("reprint", sa.Boolean(), nullable=False, server_default=sa.false()))
    _create_tables()
    _add_groups()


def downgrade() -> None:
    """Go back to fixed groups; those of the conference's own become `attendee`."""
    guest = sa.table("guest", sa.column("guest_group"))
    known = [group_id for group_id, *_ in GROUPS]
    op.execute(sa.update(guest).where(guest.c.guest_group.not_in(known)).values(guest_group="attendee"))
    for table in ("guest_disclosure", "badge_design", "guest_group"):
        op.drop_table(table)
    for name in ("reprint", "printed_at"):
        op.drop_column("badge", name)
    op.drop_index("uq_guest_number", "guest")
    for name in ("changed_at", *TEXTS, "number"):
        op.drop_column("guest", name)


def _number_guests() -> None:
    """Number the guests of each conference from 1, in the order of their ids."""
    op.execute(
        "UPDATE guest SET number = CAST((SELECT count(*) FROM guest AS other"
        " WHERE other.conf = guest.conf AND other.id <= guest.id) AS VARCHAR(20))"
    )


def _create_tables() -> None:
    op.create_table(
        "guest_group",
        *_key(),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("badge_label", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("colour", sa.String(), nullable=True),
        *_keys_of("guest_group", "conf", "id"),
    )
    op.create_table(
        "badge_design",
        _conf(),
        sa.Column("layout", sa.String(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("colours", sa.Boolean(), nullable=False),
        *_keys_of("badge_design", "conf"),
    )
    op.create_table(
        "guest_disclosure",
        *_key(),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("guests", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        *_keys_of("guest_disclosure", "conf", "id"),
    )
    op.create_index("ix_guest_disclosure_conf", "guest_disclosure", ["conf", "at"])


def _add_groups() -> None:
    connection = op.get_bind()
    conference = sa.table("conference", sa.column("slug"))
    group = sa.table(
        "guest_group",
        *(sa.column(name) for name in ("conf", "id", "position")),
        sa.column("title", sa.JSON()),
    )
    for slug in connection.execute(sa.select(conference.c.slug)).scalars().all():
        rows = [
            {"conf": slug, "id": group_id, "position": place, "title": {"ko": korean, "en": english}}
            for place, (group_id, korean, english) in enumerate(GROUPS, start=1)
        ]
        connection.execute(sa.insert(group), rows)


def _conf() -> sa.Column[str]:
    return sa.Column("conf", sa.String(), nullable=False)


def _key() -> tuple[sa.Column[str], ...]:
    return (_conf(), sa.Column("id", sa.String(), nullable=False))


def _keys_of(table: str, *names: str) -> tuple[Any, ...]:
    return (
        sa.ForeignKeyConstraint(
            ["conf"], ["conference.slug"], name=op.f(f"fk_{table}_conf"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint(*names, name=op.f(f"pk_{table}")),
    )
