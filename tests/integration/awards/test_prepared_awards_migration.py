"""Migrations 0015 and 0016 forward and back: awards get numbers and programmes, sessions series; both leave again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import command

from conference_hub.core import migrate
from conference_hub.core.db import Database, Instant

AT = datetime(2021, 12, 2, tzinfo=UTC)
BEFORE = "0014"
ROWS = """
INSERT INTO conference (slug, title, host, venue, timezone, starts_at, ends_at, accent, state)
VALUES ('bare', '{"ko": "x"}', '{"ko": "x"}', '{"ko": "x"}', 'Asia/Seoul', :at, :at, '#000000', 'ready');
INSERT INTO plan_segment (conf, id, kind, title) VALUES ('bare', 's', 'ceremony', '{"ko": "x"}');
INSERT INTO plan_lane (conf, id, title, cues) VALUES ('bare', 'hall', '{"ko": "x"}', '["c"]');
INSERT INTO plan_cue (conf, id, segment_id, lane_id, title, planned_start, planned_ms)
VALUES ('bare', 'c', 's', 'hall', '{"ko": "x"}', :at, 1000);
INSERT INTO award_level (conf, id, rank, label, honour, prize_won, reveal_style)
VALUES ('bare', 'grand', 1, '{"ko": "대상"}', '{"ko": "장관상"}', 5000, 'individual'),
       ('bare', 'low', 2, '{"ko": "장려상"}', '{"ko": "장관상"}', NULL, 'roll');
INSERT INTO award (conf, id, level_id, lane_id, cue_id, call_order, kind, recipient, state)
VALUES ('bare', 'b', 'grand', 'hall', 'c', 1, 'individual', NULL, 'sealed'),
       ('bare', 'a', 'low', 'hall', 'c', 2, 'organisation', NULL, 'sealed');
INSERT INTO online_session (conf, id, title, starts_at, ends_at, uid, sequence, status, changed_at)
VALUES ('bare', 'o', '{"ko": "x"}', :at, :at, 'u', 0, 'scheduled', :at)
"""


def test_awards_and_sessions_of_earlier_versions_come_forward_and_go_back(database_url: str) -> None:
    database = Database(database_url)
    migrate.upgrade(database, BEFORE)
    with database.engine.begin() as connection:
        for statement in ROWS.split(";"):
            bound = [sa.bindparam("at", type_=Instant())] if ":at" in statement else []
            connection.execute(sa.text(statement).bindparams(*bound), {"at": AT} if bound else {})
    before = _rows(database)

    migrate.upgrade(database, "0016")
    with database.engine.connect() as connection:
        awards = connection.execute(sa.text("SELECT id, number, unnamed FROM award ORDER BY number")).all()
        levels = connection.execute(
            sa.text("SELECT programme_id, prize_amount FROM award_level ORDER BY rank")
        )
        ((first, amount), (second, nothing)) = levels.all()
        session = connection.execute(sa.text("SELECT series_id, waits FROM online_session")).one()
    assert [(one, number, bool(unnamed)) for one, number, unnamed in awards] == [
        ("b", "1", True),
        ("a", "2", False),
    ]
    assert (first == second, first is not None, amount, nothing) == (True, True, 5000, None)
    assert (session[0], bool(session[1])) == (None, False)

    with database.engine.begin() as connection:
        command.downgrade(migrate._config(connection), BEFORE)
    assert _rows(database) == before
    database.close()


def _rows(database: Database) -> dict[str, list[Any]]:
    with database.engine.connect() as connection:
        return {
            table: list(connection.execute(sa.text(f"SELECT {columns} FROM {table} ORDER BY id")))  # noqa: S608
            for table, columns in (
                ("award_level", "id, rank, prize_won, reveal_style"),
                ("award", "id, level_id, lane_id, cue_id, call_order, kind, recipient, state"),
                ("online_session", "id, status, sequence"),
            )
        }
