"""Let people register: what is set and asked, who registered, which consents they gave, and invitations.

Revision ID: 0019
Revises: 0018
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _make_setup()
    _make_questions()
    _make_registrations()
    _make_given()
    _make_invitations()


def downgrade() -> None:
    for table in ("invitation", "consent_given", "consent", "question", "setup"):
        op.drop_table(f"registration_{table}")
    op.drop_table("registration")


def _make_setup() -> None:
    op.create_table(
        "registration_setup",
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("opening", sa.String(), nullable=False),
        sa.Column("opens_at", INSTANT, nullable=True),
        sa.Column("closes_at", INSTANT, nullable=True),
        sa.Column("approval", sa.Boolean(), nullable=False),
        sa.Column("waiting_list", sa.Boolean(), nullable=False),
        sa.Column("capacity", sa.JSON(), nullable=False),
        sa.Column("notice", sa.JSON(), nullable=True),
        sa.Column("notice_version", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("conf", name=op.f("pk_registration_setup")),
        _of_conference("registration_setup"),
    )


def _make_questions() -> None:
    op.create_table(
        "registration_question",
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("label", sa.JSON(), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("conf", "id", name=op.f("pk_registration_question")),
        _of_conference("registration_question"),
    )
    op.create_table(
        "registration_consent",
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("conf", "id", name=op.f("pk_registration_consent")),
        _of_conference("registration_consent"),
    )


def _make_registrations() -> None:
    op.create_table(
        "registration",
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("address_key", "address", "name")),
        sa.Column("organisation", sa.String(), nullable=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("mode", "language", "state")),
        sa.Column("answers", sa.JSON(), nullable=False),
        *(sa.Column(name, INSTANT, nullable=False) for name in ("created_at", "queued_at")),
        sa.Column("notice_version", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=True) for name in ("guest_id", "invitation_id")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("link_number", "revision")),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("conf", "id", name=op.f("pk_registration")),
        sa.UniqueConstraint("conf", "address_key", name=op.f("uq_registration_conf_address_key")),
        _of_conference("registration"),
    )
    op.create_index("ix_registration_conf_state", "registration", ["conf", "state", "mode"])
    op.create_index("ix_registration_conf_guest_id", "registration", ["conf", "guest_id"])


def _make_given() -> None:
    table = "registration_consent_given"
    op.create_table(
        table,
        *(sa.Column(name, sa.String(), nullable=False) for name in ("conf", "registration_id", "consent_id")),
        sa.Column("given_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("withdrawn_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint(
            "conf", "registration_id", "consent_id", "given_at", name=op.f(f"pk_{table}")
        ),
        sa.ForeignKeyConstraint(
            ["conf", "registration_id"],
            ["registration.conf", "registration.id"],
            name=op.f(f"fk_{table}_conf_registration_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["conf", "consent_id"],
            ["registration_consent.conf", "registration_consent.id"],
            name=op.f(f"fk_{table}_conf_consent_id"),
        ),
        _of_conference(table),
    )


def _make_invitations() -> None:
    op.create_table(
        "registration_invitation",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("conf", "id", "code", "title")),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("most", sa.Integer(), nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("revoked_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("conf", "id", name=op.f("pk_registration_invitation")),
        sa.UniqueConstraint("code", name=op.f("uq_registration_invitation_code")),
        _of_conference("registration_invitation"),
    )


def _of_conference(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["conf"], ["conference.slug"], name=op.f(f"fk_{table}_conf"), ondelete="CASCADE"
    )
