"""Migration 0006 deletes the steps of corrections that are neither the next to undo nor the next to redo."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa

from conference_hub.core import migrate
from conference_hub.core.db import Database, Instant

AT = datetime(2021, 12, 2, tzinfo=UTC)
CONFERENCE = """
INSERT INTO conference (slug, title, host, venue, timezone, starts_at, ends_at, accent, channels)
VALUES ('bare', '{"ko": "x"}', '{"ko": "x"}', '{"ko": "x"}', 'Asia/Seoul', :at, :at, '#000000', '[]')
"""
STEP = """
INSERT INTO run_step (conf, run_id, number, subject, topic, fields, before, after, actor, by, at, undone_at, cleared)
VALUES ('bare', 'run-1', :number, :subject, :topic, '{}', '{}', '{}', 'system:test', 'test', :at, :undone_at, :cleared)
"""
STEPS = [
    (1, "award/passed", "AwardCorrected", None, False),
    (2, "award/passed", "AwardPresented", None, False),
    (3, "award/next-to-undo", "AwardRevealed", None, False),
    (4, "award/next-to-undo", "AwardCorrected", None, False),
    (5, "award/next-to-undo", "AwardPresented", AT, False),
    (6, "award/next-to-redo", "AwardRevealed", None, False),
    (7, "award/next-to-redo", "AwardCorrected", AT, False),
    (8, "award/redone-later", "AwardRevealed", AT, False),
    (9, "award/redone-later", "AwardCorrected", AT, False),
    (10, "award/cleared", "AwardCorrected", AT, True),
    (11, "award/cleared", "AwardPresented", AT, False),
]
ENDED = {1, 9, 10}


def test_corrections_that_are_on_offer_stay_and_others_go(database_url: str) -> None:
    database = Database(database_url)
    migrate.upgrade(database, "0005")
    instants = [sa.bindparam(name, type_=Instant()) for name in ("at", "undone_at")]
    with database.engine.begin() as connection:
        connection.execute(sa.text(CONFERENCE).bindparams(instants[0]), {"at": AT})
        for number, subject, topic, undone_at, cleared in STEPS:
            given = {"number": number, "subject": subject, "topic": topic, "cleared": cleared}
            connection.execute(
                sa.text(STEP).bindparams(*instants), {**given, "at": AT, "undone_at": undone_at}
            )

    migrate.upgrade(database, "0006")

    with database.reading() as db:
        left = set(db.scalars(sa.text("SELECT number FROM run_step")))
    database.close()
    assert left == {number for number, *_ in STEPS} - ENDED
