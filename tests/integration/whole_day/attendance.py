"""Presence elsewhere: a dozen guests who follow, are counted, and are taken off the list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import count as numbers

from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.attendance.actions import count, end_forgotten, leave, note_changes
from conference_hub.attendance.certificate_actions import give
from conference_hub.attendance.certificate_actions import leave as forget_certificates
from conference_hub.attendance.certificate_store import all_certificates
from conference_hub.attendance.model import ABSENT, AttendanceSetup, Source
from conference_hub.attendance.reporting import Line
from conference_hub.attendance.spans import Attended
from conference_hub.attendance.store import find_setup, spans_of
from conference_hub.attendance.watching import Watchers
from conference_hub.checkin.guest_actions import register_guests, remove_guests
from conference_hub.conferences.store import get_conference
from conference_hub.core.journal import Write
from conference_hub.core.sighted import mark_of
from conference_hub.people.model import Guest, GuestId, Mode
from tests.integration.whole_day.sending import Sender, Step
from tests.small_conference import OTHER

CROWD = [
    Guest(
        id=GuestId(f"remote-{number:02}"),
        name=f"원격 {number}",
        label=None,
        organisation=None,
        group=None,
        mode=Mode.ONLINE,
    )
    for number in range(12)
]


def attendance(sender: Sender) -> Iterator[Step]:
    """Let a dozen guests connect, count them, and take them off the list."""
    yield sender.written("a crowd", ("GuestsRegistered",), lambda write: register_guests(write, CROWD))
    yield sender.written("connect", ("PresenceNoted",), _connect)
    yield sender.written("count", ("AttendanceCounted",), count)
    organiser = sender.sign_in(Role.ORGANISER, conf=OTHER)
    marked = f"desk/attendance/people/{CROWD[1].id}"
    yield sender.form(organiser, marked, "PresenceNoted", connected="on")
    told = {"listed": f"{CROWD[2].name}\n{CROWD[3].name}", "confirmed": "on", "source": "zoom"}
    yield sender.form(organiser, "desk/attendance/list", "PresenceNoted", **told)
    yield sender.form(
        organiser, "desk/attendance/settings", "AttendanceSetUp", seen=mark_of(AttendanceSetup())
    )
    yield sender.shown(organiser, "desk/attendance/file", "GuestsDisclosed", reason="report")
    yield from _certificates(sender, organiser)
    yield sender.written("a process that is no more", ("PresenceNoted",), _end_first)
    yield sender.written("off the list", ("PresenceNoted", "CertificateRevoked", "GuestsRemoved"), _remove)
    yield sender.written("count again", ("AttendanceCounted",), count)


def _certificates(sender: Sender, organiser: FlaskClient) -> Iterator[Step]:
    """Give certificates to two guests, as if it were over, and revoke one."""
    yield sender.form(
        organiser, "desk/attendance/settings", "AttendanceSetUp", certificates="on", seen=_setup(sender)
    )
    yield sender.written("certificates", ("CertificatesGiven",), _give)
    with sender.hub.database.reading() as db:
        code = next(all_certificates(db, OTHER)).code
    yield sender.form(organiser, f"desk/attendance/certificates/{code}/revoke", "CertificateRevoked")


def _setup(sender: Sender) -> str:
    with sender.hub.database.reading() as db:
        return mark_of(find_setup(db, OTHER))


def _give(write: Write) -> None:
    conference = get_conference(write.session, OTHER)
    over = replace(conference, starts_at=write.at - timedelta(hours=2), ends_at=write.at - timedelta(hours=1))
    hour = Attended(minutes=60, sources=frozenset({Source.SOCKET}))
    lines = [Line(guest=guest, standing=ABSENT, attended=hour) for guest in CROWD[:2]]
    give(write, over, lines, lambda _text: True)


def _connect(write: Write) -> None:
    ids = numbers()
    watchers = Watchers(lambda: f"span-{next(ids)}")
    for guest in CROWD:
        watchers.seen(f"sid-{guest.id}", OTHER, guest.id, write.at, visible=True)
    note_changes(write, watchers.changes(OTHER, write.at), "worker")


def _end_first(write: Write) -> None:
    end_forgotten(write, spans_of(write.session, OTHER, [CROWD[0].id]))


def _remove(write: Write) -> None:
    remove_guests(write, [guest.id for guest in CROWD], ties=[], leaving=[leave, forget_certificates])
