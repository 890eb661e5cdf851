"""The rows of answers and attendance in a database of the version before them."""

from __future__ import annotations

from datetime import UTC, datetime

from conference_hub.core import migrate
from conference_hub.core.db import Database
from conference_hub.followup import answer_store
from conference_hub.followup.answers import Stray, StrayId, StrayKind
from conference_hub.followup.invitations import Answer
from conference_hub.followup.joining import Joined, JoinedBy
from conference_hub.followup.model import SessionId
from conference_hub.outbox.mailbox_store import Reading, find_reading, lease, save_reading
from conference_hub.people.model import GuestId
from tests.integration.checkin.test_scan_times_migration import BEFORE, run
from tests.integration.followup.test_invitation_rows import SIGNED_UP

AT = datetime(2021, 12, 3, 1, tzinfo=UTC)
SESSION, GUEST = SessionId("s"), GuestId("guest-1")


def test_a_hub_from_before_0068_keeps_answers_attendance_and_a_mailbox(database_url: str) -> None:
    database = Database(database_url)
    migrate.upgrade(database, "0003")
    run(database, BEFORE)
    migrate.upgrade(database, "0063")
    run(database, SIGNED_UP)
    migrate.upgrade(database, "0067")

    migrate.upgrade(database)

    joined = Joined(session_id=SESSION, guest_id=GUEST, joined_at=AT, minutes=50, source=JoinedBy.REPORT)
    stray = Stray(
        id=StrayId("a"),
        session_id=SESSION,
        guest_id=None,
        address="alias@example.org",
        kind=StrayKind.ALIAS,
        answer=Answer.ACCEPTED,
        sequence=1,
        stamp=AT,
        comment="",
        received_at=AT,
    )
    with database.writing() as db:
        assert (answer_store.strays(db, "bare"), answer_store.joined(db, "bare", SESSION)) == ([], {})
        answer_store.save_joined(db, "bare", joined)
        answer_store.save_stray(db, "bare", stray)
        save_reading(db, Reading(name="hub@mail", uid_validity=2**32 - 1, last_uid=2**32 - 1, read_at=AT))
    with database.writing() as db:
        assert answer_store.strays(db, "bare", SESSION) == [stray]
        assert answer_store.joined(db, "bare", SESSION) == {GUEST: joined}
        assert lease(db, "hub@mail", AT) is not None
        assert lease(db, "hub@mail", AT) is None
    with database.reading() as db:
        found = find_reading(db, "hub@mail")
        assert found is not None
        assert found.last_uid == 2**32 - 1
    database.close()
