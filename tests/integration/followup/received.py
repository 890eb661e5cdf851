"""Mails that come to the hub about a session that a guest was invited to, as calendars and servers write them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import sqlalchemy as sa

from conference_hub.core.actor import Actor
from conference_hub.core.entries import JournalEntryRow
from conference_hub.core.stream import Stream
from conference_hub.followup import invitation_store
from conference_hub.followup.invitations import Invitation
from conference_hub.followup.model import OnlineSession, SessionId
from conference_hub.outbox.actions import put
from conference_hub.outbox.model import Draft, MailState
from conference_hub.outbox.tables import MailRow
from conference_hub.people.model import GuestId
from conference_hub.people.store import get_guest
from conference_hub.web.hub import Hub
from tests.model_day import CONF

RECEIVED = Path(__file__).parents[2] / "golden" / "received"
SESSION = SessionId("session-1")
KIM, LEE = GuestId("guest-001"), GuestId("guest-002")


def invitation(hub: Hub, guest: GuestId = KIM) -> Invitation:
    with hub.database.reading() as db:
        return invitation_store.get(db, CONF, SESSION, guest)


def reply(
    hub: Hub, online: OnlineSession, answer: str = "ACCEPTED", attendee: str | None = None, **changes: str
) -> bytes:
    """Return what a calendar sends."""
    with hub.database.reading() as db:
        address = attendee or get_guest(db, CONF, KIM).email
    lines = {
        "UID": online.uid,
        "DTSTAMP": f"{hub.now():%Y%m%dT%H%M%SZ}",
        "SEQUENCE": str(invitation(hub).sequence),
        **changes,
    }
    event = "".join(f"{name}:{value}\n" for name, value in lines.items())
    return (
        f"From: {address}\nTo: hub@example.com\nMIME-Version: 1.0\n"
        "Content-Type: text/calendar; charset=utf-8; method=REPLY\n\n"
        f"BEGIN:VCALENDAR\nMETHOD:REPLY\nVERSION:2.0\nBEGIN:VEVENT\n{event}"
        f"ATTENDEE;PARTSTAT={answer}:mailto:{address}\nEND:VEVENT\nEND:VCALENDAR\n"
    ).encode()


def run_reply(data: bytes, **environment: str) -> tuple[int, str, str]:
    """Run the command as a mail server does."""
    done = subprocess.run(
        [sys.executable, "-m", "conference_hub", "reply"],
        input=data,
        env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", **environment},
        capture_output=True,
        check=False,
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def bounce(hub: Hub) -> tuple[str, bytes]:
    """Send a mail, and return its id and the report that it came back."""
    draft = Draft(kind="test", to_name="", to_address="hong@example.net", subject="-", content="-")
    with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        mail = put(write, draft)
        write.session.execute(sa.update(MailRow).where(MailRow.id == mail).values(state=MailState.SENT))
    report = (RECEIVED / "bounce-postfix.eml").read_bytes()
    known = b"abcd234567@hub.example.com"
    return mail, report.replace(known, f"{mail}@{hub.settings.domain}".encode())


def facts(hub: Hub) -> list[str]:
    """Return the topics of all that was published of answers."""
    with hub.database.reading() as db:
        own = (JournalEntryRow.conf == CONF, JournalEntryRow.stream == Stream.OPERATOR)
        topics = db.scalars(sa.select(JournalEntryRow.topic).where(*own))
        return [topic for topic in topics if topic in {"InvitationAnswered", "AnswerHeld", "AnswerSettled"}]
