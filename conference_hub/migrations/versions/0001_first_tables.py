"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "account",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("login", name=op.f("uq_account_login")),
    )
    op.create_table(
        "conference",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("host", sa.JSON(), nullable=False),
        sa.Column("venue", sa.JSON(), nullable=False),
        sa.Column("timezone", sa.String(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accent", sa.String(), nullable=False),
        sa.Column("channels", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_conference")),
    )
    op.create_table(
        "account_grant",
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_account_grant_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["conf"], ["conference.slug"], name=op.f("fk_account_grant_conf"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "conf", "role", name=op.f("pk_account_grant")),
    )
    op.create_table(
        "award_level",
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("label", sa.JSON(), nullable=False),
        sa.Column("honour", sa.JSON(), nullable=False),
        sa.Column("prize_won", sa.Integer(), nullable=True),
        sa.Column("reveal_style", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conf"], ["conference.slug"], name=op.f("fk_award_level_conf"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conf", "id", name=op.f("pk_award_level")),
    )
    op.create_table(
        "command",
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("command_id", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("request", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conf"], ["conference.slug"], name=op.f("fk_command_conf"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conf", "command_id", name=op.f("pk_command")),
    )
    op.create_table(
        "gate",
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["conf"], ["conference.slug"], name=op.f("fk_gate_conf"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("conf", "id", name=op.f("pk_gate")),
    )
    op.create_table(
        "guest",
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("label", sa.JSON(), nullable=True),
        sa.Column("organisation", sa.String(), nullable=True),
        sa.Column("guest_group", sa.String(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("seat", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conf"], ["conference.slug"], name=op.f("fk_guest_conf"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conf", "id", name=op.f("pk_guest")),
    )
    op.create_table(
        "journal_entry",
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("command_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conf"], ["conference.slug"], name=op.f("fk_journal_entry_conf"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conf", "stream", "seq", name=op.f("pk_journal_entry")),
    )
    with op.batch_alter_table("journal_entry", schema=None) as batch_op:
        batch_op.create_index("ix_journal_entry_subject", ["conf", "stream", "subject", "seq"], unique=False)

    op.create_table(
        "journal_stream",
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conf"], ["conference.slug"], name=op.f("fk_journal_stream_conf"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conf", "name", name=op.f("pk_journal_stream")),
    )
    op.create_table(
        "lane",
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("cue_id", sa.String(), nullable=True),
        sa.Column("held_since", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["conf"], ["conference.slug"], name=op.f("fk_lane_conf"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("conf", "id", name=op.f("pk_lane")),
    )
    op.create_table(
        "machine_token",
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["conf"], ["conference.slug"], name=op.f("fk_machine_token_conf"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("secret", name=op.f("pk_machine_token")),
    )
    op.create_table(
        "online_session",
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("description", sa.JSON(), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conf"], ["conference.slug"], name=op.f("fk_online_session_conf"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conf", "id", name=op.f("pk_online_session")),
        sa.UniqueConstraint("uid", name=op.f("uq_online_session_uid")),
    )
    op.create_table(
        "segment",
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("note", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conf"], ["conference.slug"], name=op.f("fk_segment_conf"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conf", "id", name=op.f("pk_segment")),
    )
    op.create_table(
        "sign_in_link",
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=True),
        sa.Column("guest_id", sa.String(), nullable=True),
        sa.Column("once", sa.Boolean(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_sign_in_link_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["conf"], ["conference.slug"], name=op.f("fk_sign_in_link_conf"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("secret", name=op.f("pk_sign_in_link")),
    )
    op.create_table(
        "web_session",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_web_session_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_web_session")),
        sa.UniqueConstraint("secret", name=op.f("uq_web_session_secret")),
    )
    op.create_table(
        "badge",
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("guest_id", sa.String(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["conf", "guest_id"],
            ["guest.conf", "guest.id"],
            name=op.f("fk_badge_conf_guest_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["conf"], ["conference.slug"], name=op.f("fk_badge_conf"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conf", "token", name=op.f("pk_badge")),
    )
    with op.batch_alter_table("badge", schema=None) as batch_op:
        batch_op.create_index(
            "uq_badge_valid",
            ["conf", "guest_id"],
            unique=True,
            sqlite_where=sa.text("revoked_at IS NULL"),
            postgresql_where=sa.text("revoked_at IS NULL"),
        )

    op.create_table(
        "cue",
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("segment_id", sa.String(), nullable=False),
        sa.Column("lane_id", sa.String(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("planned_start", sa.DateTime(timezone=True), nullable=False),
        sa.Column("planned_ms", sa.BigInteger(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("extension_ms", sa.BigInteger(), nullable=False),
        sa.Column("held_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("planned_ms > 0", name=op.f("ck_cue_planned")),
        sa.ForeignKeyConstraint(["conf", "lane_id"], ["lane.conf", "lane.id"], name="fk_cue_lane"),
        sa.ForeignKeyConstraint(
            ["conf", "segment_id"], ["segment.conf", "segment.id"], name="fk_cue_segment"
        ),
        sa.ForeignKeyConstraint(["conf"], ["conference.slug"], name=op.f("fk_cue_conf"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("conf", "id", name=op.f("pk_cue")),
        sa.UniqueConstraint("conf", "lane_id", "position", name="uq_cue_position"),
    )
    op.create_table(
        "personal_calendar",
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("guest_id", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conf", "guest_id"], ["guest.conf", "guest.id"], name=op.f("fk_personal_calendar_conf_guest_id")
        ),
        sa.ForeignKeyConstraint(
            ["conf"], ["conference.slug"], name=op.f("fk_personal_calendar_conf"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conf", "guest_id", name=op.f("pk_personal_calendar")),
        sa.UniqueConstraint("token", name=op.f("uq_personal_calendar_token")),
    )
    op.create_table(
        "presence",
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("guest_id", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_gate", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conf", "first_gate"], ["gate.conf", "gate.id"], name=op.f("fk_presence_conf_first_gate")
        ),
        sa.ForeignKeyConstraint(
            ["conf", "guest_id"],
            ["guest.conf", "guest.id"],
            name=op.f("fk_presence_conf_guest_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["conf"], ["conference.slug"], name=op.f("fk_presence_conf"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conf", "guest_id", name=op.f("pk_presence")),
    )
    op.create_table(
        "scan",
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("guest_id", sa.String(), nullable=True),
        sa.Column("gate_id", sa.String(), nullable=True),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("forced", sa.Boolean(), nullable=False),
        sa.Column("scanned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["conf", "gate_id"], ["gate.conf", "gate.id"], name=op.f("fk_scan_conf_gate_id")
        ),
        sa.ForeignKeyConstraint(
            ["conf", "guest_id"],
            ["guest.conf", "guest.id"],
            name=op.f("fk_scan_conf_guest_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["conf"], ["conference.slug"], name=op.f("fk_scan_conf"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("conf", "id", name=op.f("pk_scan")),
        sa.UniqueConstraint("conf", "number", name=op.f("uq_scan_conf_number")),
    )
    with op.batch_alter_table("scan", schema=None) as batch_op:
        batch_op.create_index("ix_scan_gate", ["conf", "gate_id", "verdict"], unique=False)
        batch_op.create_index("ix_scan_guest", ["conf", "guest_id", "number"], unique=False)

    op.create_table(
        "session_grant",
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("guest_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conf"], ["conference.slug"], name=op.f("fk_session_grant_conf"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["web_session.id"], name=op.f("fk_session_grant_session_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("session_id", "conf", "role", name=op.f("pk_session_grant")),
    )
    op.create_table(
        "sign_up",
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("guest_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conf", "guest_id"], ["guest.conf", "guest.id"], name=op.f("fk_sign_up_conf_guest_id")
        ),
        sa.ForeignKeyConstraint(
            ["conf", "session_id"],
            ["online_session.conf", "online_session.id"],
            name=op.f("fk_sign_up_conf_session_id"),
        ),
        sa.ForeignKeyConstraint(
            ["conf"], ["conference.slug"], name=op.f("fk_sign_up_conf"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conf", "session_id", "guest_id", name=op.f("pk_sign_up")),
    )
    op.create_table(
        "award",
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("level_id", sa.String(), nullable=False),
        sa.Column("lane_id", sa.String(), nullable=False),
        sa.Column("cue_id", sa.String(), nullable=False),
        sa.Column("call_order", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=True),
        sa.Column("organisation", sa.String(), nullable=True),
        sa.Column("guest_id", sa.String(), nullable=True),
        sa.Column("profile", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("revealed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["conf", "cue_id"], ["cue.conf", "cue.id"], name=op.f("fk_award_conf_cue_id")
        ),
        sa.ForeignKeyConstraint(
            ["conf", "guest_id"], ["guest.conf", "guest.id"], name=op.f("fk_award_conf_guest_id")
        ),
        sa.ForeignKeyConstraint(
            ["conf", "level_id"], ["award_level.conf", "award_level.id"], name=op.f("fk_award_conf_level_id")
        ),
        sa.ForeignKeyConstraint(
            ["conf"], ["conference.slug"], name=op.f("fk_award_conf"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conf", "id", name=op.f("pk_award")),
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table("award")
    op.drop_table("sign_up")
    op.drop_table("session_grant")
    with op.batch_alter_table("scan", schema=None) as batch_op:
        batch_op.drop_index("ix_scan_guest")
        batch_op.drop_index("ix_scan_gate")

    op.drop_table("scan")
    op.drop_table("presence")
    op.drop_table("personal_calendar")
    op.drop_table("cue")
    with op.batch_alter_table("badge", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_badge_valid",
            sqlite_where=sa.text("revoked_at IS NULL"),
            postgresql_where=sa.text("revoked_at IS NULL"),
        )

    op.drop_table("badge")
    op.drop_table("web_session")
    op.drop_table("sign_in_link")
    op.drop_table("segment")
    op.drop_table("online_session")
    op.drop_table("machine_token")
    op.drop_table("lane")
    op.drop_table("journal_stream")
    with op.batch_alter_table("journal_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_journal_entry_subject")

    op.drop_table("journal_entry")
    op.drop_table("guest")
    op.drop_table("gate")
    op.drop_table("command")
    op.drop_table("award_level")
    op.drop_table("account_grant")
    op.drop_table("conference")
    op.drop_table("account")
