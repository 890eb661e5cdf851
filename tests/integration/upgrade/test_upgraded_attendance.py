"""A database from before presence elsewhere was known: the gates say who attended, and somebody can connect."""

from __future__ import annotations

from conference_hub.attendance import actions, certificate_store, store
from conference_hub.attendance.model import AttendanceSetup, State
from conference_hub.attendance.reporting import lines
from conference_hub.conferences.store import get_conference
from conference_hub.core.actor import Actor
from conference_hub.people.store import all_guests
from conference_hub.web.hub import Hub
from tests.model_day import CONF


def test_attendance_begins_with_what_the_gates_knew(hub: Hub) -> None:
    with hub.database.reading() as db:
        guests, setup = all_guests(db, CONF), store.find_setup(db, CONF)
        before = list(lines(db, get_conference(db, CONF), guests, setup, hub.now()))
        counts = store.heads(db, CONF)
        certificates = list(certificate_store.all_certificates(db, CONF))
    absent = next(line.guest.id for line in before if line.standing.state is State.ABSENT)
    with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        actions.mark(write, absent, connected=True)
        actions.count(write)

    assert (setup, certificates, counts.total()) == (AttendanceSetup(), [], len(guests))
    assert any(line.standing.state is State.HALL for line in before)
    with hub.database.reading() as db:
        [span] = store.all_spans(db, CONF)
        assert (span.guest_id, span.ended_at) == (absent, None)
