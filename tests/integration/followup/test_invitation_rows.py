"""Who withdraws keeps a row that counts nowhere, and what a person was told is kept beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import sqlalchemy as sa

from conference_hub.core import migrate
from conference_hub.core.actor import Actor
from conference_hub.core.db import Database
from conference_hub.followup import actions, invitation_store, sign_up_store
from conference_hub.followup.invitations import Answer, Invitation, Told
from conference_hub.followup.model import SessionId
from conference_hub.followup.tables import SignUpRow
from conference_hub.people.model import GuestId
from conference_hub.web.hub import Hub
from tests.integration.checkin.test_scan_times_migration import BEFORE, run
from tests.model_day import CONF, FakeNow

SESSION = SessionId("session-1")
KIM, LEE = GuestId("guest-001"), GuestId("guest-002")
AT = datetime(2021, 12, 3, 1, tzinfo=UTC)
LATER = datetime(2021, 12, 6, 5, tzinfo=UTC)
HELD = """
INSERT INTO invitation (conf, session_id, guest_id, token, host, attendee, held_starts_at)
    VALUES ('bare', 's', 'guest-1', 'x', 'zoom.us', 'kim@a', :at)
"""
SIGNED_UP = """
INSERT INTO online_session (conf, id, title, description, starts_at, ends_at, url, uid, sequence, status, changed_at,
    capacity) VALUES ('bare', 's', '{"ko": "x"}', NULL, :at, :later, NULL, 's@hub', 0, 'scheduled', :at, 1);
INSERT INTO sign_up (conf, session_id, guest_id, at) VALUES ('bare', 's', 'guest-1', :at)
"""


def act(hub: Hub, action: str, guest: str) -> None:
    with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        getattr(actions, action)(hub, write, SESSION, guest)


def places(hub: Hub) -> list[str]:
    with hub.database.reading() as db:
        return [one.guest_id for one in sign_up_store.sign_ups(db, CONF, SESSION)]


def test_who_withdraws_counts_nowhere_and_stays_a_row(seeded: Hub, now: FakeNow) -> None:
    now.instant = AT
    act(seeded, "sign_up", KIM)
    act(seeded, "sign_up", LEE)

    act(seeded, "withdraw", KIM)

    assert places(seeded) == [LEE]
    with seeded.database.reading() as db:
        assert sign_up_store.signed_up(db, CONF) == {SESSION: 1}
        assert sign_up_store.session_ids_of_guest(db, CONF, KIM) == []
        rows = db.execute(sa.select(SignUpRow.guest_id, SignUpRow.status).order_by(SignUpRow.guest_id)).all()
    assert [tuple(row) for row in rows] == [(KIM, "withdrawn"), (LEE, "taken")]


def test_who_comes_back_stands_behind_those_who_stayed(seeded: Hub, now: FakeNow) -> None:
    now.instant = AT
    act(seeded, "sign_up", KIM)
    act(seeded, "sign_up", LEE)
    act(seeded, "withdraw", KIM)
    now.instant = LATER

    act(seeded, "sign_up", KIM)

    assert places(seeded) == [LEE, KIM]


def test_an_invitation_is_kept_as_it_is_and_found_by_its_secret(seeded: Hub) -> None:
    told = Invitation(
        conf=CONF,
        session_id=SESSION,
        guest_id=KIM,
        token="secret",
        sequence=3,
        told=Told.CANCEL,
        stamp=AT,
        starts_at=AT,
        ends_at=LATER,
        host="zoom.us",
        organizer="hub@example.com",
        attendee="kim@example.com",
        mail_id="mail-1",
        waiting_at="kim@example.com",
        waiting_mail_id="mail-2",
        sent_sequence=2,
        sent_at=AT,
        held_starts_at=AT,
        held_ends_at=LATER,
        held_host="zoom.us",
        held_attendee="kim@example.org",
        bounced_at=AT,
        answer=Answer.TENTATIVE,
        answered_at=AT,
        answer_sequence=2,
        answer_stamp=AT,
    )
    with seeded.database.writing() as db:
        invitation_store.save(db, replace(told, sequence=2))
        invitation_store.save(db, told)

    with seeded.database.reading() as db:
        assert invitation_store.find_by_token(db, "secret") == told
        assert invitation_store.find_by_token(db, "Secret") is None
        assert invitation_store.of_session(db, CONF, SESSION) == {KIM: told}
        assert invitation_store.of_guest(db, CONF, KIM) == {SESSION: told}
        assert invitation_store.of_guest(db, CONF, LEE) == {}


def test_who_is_taken_off_the_list_leaves_no_invitation(seeded: Hub, now: FakeNow) -> None:
    now.instant = AT
    act(seeded, "sign_up", KIM)
    with seeded.database.writing() as db:
        first = invitation_store.ensure(db, CONF, SESSION, KIM)
        assert invitation_store.ensure(db, CONF, SESSION, KIM) == first
        invitation_store.ensure(db, CONF, SESSION, LEE)

    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        actions.leave(seeded, write, [KIM])

    with seeded.database.reading() as db:
        assert list(invitation_store.of_session(db, CONF, SESSION)) == [LEE]
        assert db.scalars(sa.select(SignUpRow.guest_id)).all() == []


def test_places_from_before_0064_are_taken_and_nobody_was_told(database_url: str) -> None:
    database = Database(database_url)
    migrate.upgrade(database, "0003")
    run(database, BEFORE)
    migrate.upgrade(database, "0063")
    run(database, SIGNED_UP)

    migrate.upgrade(database)

    with database.reading() as db:
        assert [one.guest_id for one in sign_up_store.sign_ups(db, "bare", "s")] == ["guest-1"]
        assert sign_up_store.session_ids_of_guest(db, "bare", "guest-1") == ["s"]
        assert invitation_store.of_session(db, "bare", "s") == {}
    database.close()


def test_what_was_held_before_0074_says_who_holds_it(database_url: str) -> None:
    database = Database(database_url)
    migrate.upgrade(database, "0003")
    run(database, BEFORE)
    migrate.upgrade(database, "0063")
    run(database, SIGNED_UP)
    migrate.upgrade(database, "0073")
    run(database, HELD)

    migrate.upgrade(database)

    with database.reading() as db:
        held = invitation_store.get(db, "bare", "s", "guest-1")
        assert (held.held_host, held.held_attendee) == ("zoom.us", "kim@a")
        assert sign_up_store.first_sequence(db, "bare", "s") == 0
    database.close()
