"""Certificates from before there were any about the follow-up: they are about the day, and hold as before."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from conference_hub.attendance import certificate_store, store
from conference_hub.attendance.certificates import About
from conference_hub.attendance.model import AttendanceSetup
from conference_hub.core import migrate
from conference_hub.core.db import Database
from tests.integration.upgrade.inserting import insert

AT = datetime(2021, 12, 1, 9, tzinfo=UTC)
TEXT = json.dumps({"ko": "x"})
CONFERENCE = """
INSERT INTO conference (slug, title, host, venue, timezone, starts_at, ends_at, accent)
VALUES ('one', :text, :text, :text, 'Asia/Seoul', :at, :at, '#000000')
"""
SETUP = """
INSERT INTO attendance_setup (conf, count_idle, certificates, min_minutes, show_names)
VALUES ('one', :on, :on, 60, :on)
"""
CERTIFICATE = """
INSERT INTO certificate (conf, code, guest_id, name, minutes, ways, title, issuer, issued_at)
VALUES ('one', 'AAAA', 'guest-1', 'x', 60, '["hall"]', :text, :text, :at)
"""


def test_certificates_of_before_are_about_the_day(database_url: str) -> None:
    database = Database(database_url)
    migrate.upgrade(database, "0074")
    with database.engine.begin() as connection:
        insert(connection, (CONFERENCE, SETUP, CERTIFICATE), text=TEXT, at=AT, on=True)

    migrate.upgrade(database)

    with database.reading() as db:
        found = certificate_store.certificate_of(db, "one", "guest-1", About.DAY)
        assert found is not None
        assert (found.about, found.minutes, found.sessions, found.valid) == (About.DAY, 60, (), True)
        assert certificate_store.holders(db, "one", About.FOLLOW_UP) == set()
        assert store.find_setup(db, "one") == AttendanceSetup(
            certificates=True, min_minutes=60, show_names=True
        )
    database.close()
