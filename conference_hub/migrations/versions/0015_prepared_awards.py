"""Give awards programmes, numbers, prizes in any currency and what is read out; let them wait for their place.

Revision ID: 0015
Revises: 0014
"""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

from conference_hub.core.ids import new_id

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

TEXTS = ("citation", "representative", "relation", "presenter", "read_by")
LEVEL = sa.table(
    "award_level",
    *(sa.column(name) for name in ("conf", "id", "rank", "programme_id")),
    sa.column("honour", sa.JSON()),
)
PROGRAMME = sa.table(
    "award_programme",
    *(sa.column(name) for name in ("conf", "id", "position")),
    sa.column("title", sa.JSON()),
    sa.column("honour", sa.JSON()),
)
AWARD = sa.table(
    "award",
    *(
        sa.column(name)
        for name in ("conf", "id", "lane_id", "cue_id", "call_order", "kind", "recipient", "number")
    ),
    sa.column("unnamed", sa.Boolean()),
)


def upgrade() -> None:
    op.create_table(
        "award_programme",
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("honour", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conf"], ["conference.slug"], name=op.f("fk_award_programme_conf"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conf", "id", name=op.f("pk_award_programme")),
    )
    op.add_column("award_level", sa.Column("prize_amount", sa.BigInteger(), nullable=True))
    op.execute("UPDATE award_level SET prize_amount = prize_won")
    op.drop_column("award_level", "prize_won")
    op.add_column(
        "award_level", sa.Column("prize_currency", sa.String(), nullable=False, server_default="KRW")
    )
    op.add_column("award_level", sa.Column("prize_text", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("award_level", sa.Column("programme_id", sa.String(), nullable=True))
    op.add_column("award_level", sa.Column("pace_s", sa.Integer(), nullable=True))
    op.add_column("award", sa.Column("number", sa.String(), nullable=True))
    op.add_column("award", sa.Column("unnamed", sa.Boolean(), nullable=True))
    for name in TEXTS:
        op.add_column("award", sa.Column(name, sa.String(), nullable=True))
    _make_programmes()
    _number_awards()
    with op.batch_alter_table("award") as batch_op:
        batch_op.alter_column("number", existing_type=sa.String(), nullable=False)
        batch_op.alter_column("unnamed", existing_type=sa.Boolean(), nullable=False)
        batch_op.alter_column("lane_id", existing_type=sa.String(), nullable=True)
        batch_op.alter_column("cue_id", existing_type=sa.String(), nullable=True)
        batch_op.create_unique_constraint(op.f("uq_award_conf_number"), ["conf", "number"])


def downgrade() -> None:
    """Awards without a place go, as do programmes, numbers and what is read out."""
    op.execute("DELETE FROM award WHERE cue_id IS NULL")
    with op.batch_alter_table("award") as batch_op:
        batch_op.drop_constraint(op.f("uq_award_conf_number"), type_="unique")
        batch_op.alter_column("lane_id", existing_type=sa.String(), nullable=False)
        batch_op.alter_column("cue_id", existing_type=sa.String(), nullable=False)
        for name in ("number", "unnamed", *TEXTS):
            batch_op.drop_column(name)
    op.add_column("award_level", sa.Column("prize_won", sa.Integer(), nullable=True))
    op.execute("UPDATE award_level SET prize_won = prize_amount WHERE prize_currency = 'KRW'")
    for name in ("prize_amount", "prize_currency", "prize_text", "programme_id", "pace_s"):
        op.drop_column("award_level", name)
    op.drop_table("award_programme")


def _make_programmes() -> None:
    """Make a programme of the levels of a conference that carry the same honour."""
    connection = op.get_bind()
    made: dict[tuple[str, str], str] = {}
    levels = sa.select(LEVEL).order_by(LEVEL.c.conf, LEVEL.c.rank, LEVEL.c.id)
    for level in connection.execute(levels).mappings().all():
        key = (level["conf"], json.dumps(level["honour"], sort_keys=True))
        if key not in made:
            made[key] = new_id()
            position = sum(conf == level["conf"] for conf, _ in made)
            connection.execute(sa.insert(PROGRAMME).values(_programme(level, made[key], position)))
        this = (LEVEL.c.conf == level["conf"], LEVEL.c.id == level["id"])
        connection.execute(sa.update(LEVEL).where(*this).values(programme_id=made[key]))


def _programme(level: sa.RowMapping, programme_id: str, position: int) -> dict[str, Any]:
    named = {"title": level["honour"], "honour": level["honour"]}
    return {"conf": level["conf"], "id": programme_id, "position": position, **named}


def _number_awards() -> None:
    """Number the awards of each conference as they are called; a person without a name is unnamed on purpose."""
    connection = op.get_bind()
    order = (AWARD.c.conf, AWARD.c.lane_id, AWARD.c.cue_id, AWARD.c.call_order, AWARD.c.id)
    counted: dict[str, int] = {}
    for award in connection.execute(sa.select(AWARD).order_by(*order)).mappings().all():
        conf = award["conf"]
        counted[conf] = counted.get(conf, 0) + 1
        unnamed = award["kind"] == "individual" and award["recipient"] is None
        this = (AWARD.c.conf == conf, AWARD.c.id == award["id"])
        values = {"number": str(counted[conf]), "unnamed": unnamed}
        connection.execute(sa.update(AWARD).where(*this).values(values))
