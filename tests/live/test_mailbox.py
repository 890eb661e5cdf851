"""The real server reads a real mailbox over TLS beside its other work, and the answer counts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pytest

from conference_hub.app import make_hub
from conference_hub.core.actor import Actor
from conference_hub.core.config import load
from conference_hub.followup import actions, invitation_store, store
from conference_hub.followup.answers import said
from conference_hub.followup.invitations import Answer, Invitation
from conference_hub.followup.model import SessionId
from conference_hub.outbox.mailbox_store import find_reading
from conference_hub.people.store import all_guests
from conference_hub.web.hub import Hub
from tests.live.server_process import HubServer
from tests.model_day import CONF
from tests.services.dovecot import PASSWORD, USER, Dovecot
from tests.services.machine import wait_until

LONG_S = 120.0


@pytest.fixture
def server(tmp_path: Path, dovecot: Dovecot) -> Iterator[HubServer]:
    """A server with a mailbox."""
    account = f"{quote(USER, safe='')}:{quote(PASSWORD, safe='')}"
    one = HubServer(
        directory=tmp_path / "hub",
        extra_env={
            "HUB_IMAP_URL": f"imaps://{account}@localhost:{dovecot.tls_port}",
            "SSL_CERT_FILE": str(dovecot.certificate),
        },
    )
    one.start()
    yield one
    if one.running:
        one.kill()


@pytest.fixture
def hub(server: HubServer) -> Iterator[Hub]:
    """The hub's database as another process has it open."""
    one = make_hub(load(server.environment(), demo=True))
    yield one
    one.database.close()


def test_the_server_reads_its_mailbox(server: HubServer, hub: Hub, dovecot: Dovecot) -> None:
    with hub.database.reading() as db:
        session_id = SessionId(store.public_sessions(db, CONF)[0].id)
        guest = next(one for one in all_guests(db, CONF) if one.email)
    with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        online = store.get_session(write.session, CONF, session_id)
        actions.sign_up(hub, write, online.id, guest.id)
    stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    dovecot.deliver(
        (
            f"From: {guest.email}\r\nContent-Type: text/calendar; charset=utf-8; method=REPLY\r\n\r\n"
            f"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:{online.uid}\r\nDTSTAMP:{stamp}\r\n"
            f"SEQUENCE:{invitation(hub, session_id, guest.id).sequence}\r\n"
            f"ATTENDEE;PARTSTAT=DECLINED:mailto:{guest.email}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        ).encode()
    )

    def answered() -> bool:
        return said(invitation(hub, session_id, guest.id)) is Answer.DECLINED

    wait_until(answered, "the answer", within_s=LONG_S)
    wait_until(lambda: dovecot.unseen() == 0, "the mark", within_s=LONG_S)
    mailbox = hub.settings.mailbox
    assert mailbox is not None
    with hub.database.reading() as db:
        found = find_reading(db, mailbox.name)
    assert found is not None
    assert found.trouble == ""


def invitation(hub: Hub, session_id: SessionId, guest_id: str) -> Invitation:
    with hub.database.reading() as db:
        return invitation_store.get(db, CONF, session_id, guest_id)
