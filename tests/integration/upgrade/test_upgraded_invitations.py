"""Invitations from before people were told that they wait: what their readers were told stays, and nobody waits."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from conference_hub.core import migrate
from conference_hub.core.db import Database
from conference_hub.followup import invitation_store
from conference_hub.followup.invitations import Invitation, Told
from conference_hub.followup.model import SessionId
from conference_hub.people.model import GuestId
from tests.integration.upgrade.inserting import insert

AT = datetime(2021, 12, 1, 9, tzinfo=UTC)
TEXT = json.dumps({"ko": "x"})
ROWS = (
    (
        "INSERT INTO conference (slug, title, host, venue, timezone, starts_at, ends_at, accent)"
        " VALUES ('one', :text, :text, :text, 'Asia/Seoul', :at, :at, '#000000')"
    ),
    (
        "INSERT INTO guest (conf, id, guest_group, mode, email)"
        " VALUES ('one', 'guest-1', '', 'onsite', 'a@example.com')"
    ),
    (
        "INSERT INTO online_session (conf, id, title, starts_at, ends_at, uid, sequence, status, changed_at)"
        " VALUES ('one', 'session-1', :text, :at, :at, 'uid', 0, 'scheduled', :at)"
    ),
    (
        "INSERT INTO invitation (conf, session_id, guest_id, token, sequence, told, stamp, attendee, mail_id)"
        " VALUES ('one', 'session-1', 'guest-1', 'secret', 0, 'request', :at, 'a@example.com', 'mail-1')"
    ),
)


def test_who_was_invited_before_is_not_told_to_wait(database_url: str) -> None:
    database = Database(database_url)
    migrate.upgrade(database, "0079")
    with database.engine.begin() as connection:
        insert(connection, ROWS, text=TEXT, at=AT)

    migrate.upgrade(database)

    with database.reading() as db:
        found = invitation_store.find(db, "one", "session-1", "guest-1")
    database.close()
    assert found == Invitation(
        conf="one",
        session_id=SessionId("session-1"),
        guest_id=GuestId("guest-1"),
        token="secret",
        sequence=0,
        told=Told.REQUEST,
        stamp=AT,
        attendee="a@example.com",
        mail_id="mail-1",
    )
    assert found.address == "a@example.com"
