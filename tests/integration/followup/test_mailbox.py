"""Answers and returned mails in a real mailbox (Dovecot): each read once, through crashes and trouble."""

from __future__ import annotations

import imaplib
from dataclasses import replace

import pytest

from conference_hub.core.mail_server import Security
from conference_hub.core.mailbox import Mailbox
from conference_hub.core.received import MOST_BYTES
from conference_hub.followup.answers import said
from conference_hub.followup.invitations import Answer
from conference_hub.followup.model import OnlineSession
from conference_hub.outbox import imap, mailbox_store, reading
from conference_hub.outbox.mailbox_store import Reading
from conference_hub.web.hub import Hub
from tests.integration.followup.received import RECEIVED, bounce, facts, invitation, reply
from tests.integration.kinds import ON_SQLITE
from tests.model_day import FakeNow
from tests.services.dovecot import Dovecot

pytestmark = ON_SQLITE
"""One database is enough: what depends on it is in `test_received_mails.py`."""


def reading_of(hub: Hub, mailbox: Mailbox) -> Reading:
    with hub.database.reading() as db:
        found = mailbox_store.find_reading(db, mailbox.name)
    assert found is not None
    return found


def counts(found: Reading) -> tuple[int, int, int, int]:
    return found.answers, found.reports, found.ignored, found.unused


@pytest.fixture
def full(seeded: Hub, online: OnlineSession, dovecot: Dovecot) -> Dovecot:
    """A mailbox with an answer, a report, an out-of-office note and a person's mail."""
    dovecot.deliver(reply(seeded, online))
    dovecot.deliver(bounce(seeded)[1])
    dovecot.deliver((RECEIVED / "out-of-office.eml").read_bytes())
    dovecot.deliver(b"From: a@example.net\nSubject: a question\n\nWhere is the session?\n")
    return dovecot


def test_a_mailbox_is_read_and_what_a_person_wrote_stays_unread(
    seeded: Hub, full: Dovecot, now: FakeNow
) -> None:
    mailbox = full.mailbox()

    assert reading.read_mailbox(seeded, mailbox) == 4
    assert (said(invitation(seeded)), full.unseen()) == (Answer.ACCEPTED, 1)
    found = reading_of(seeded, mailbox)
    assert counts(found) == (1, 1, 1, 1)
    assert (found.read_at, found.unused_at, found.trouble, found.leased_until) == (
        now.instant,
        now.instant,
        "",
        None,
    )
    assert reading.read_mailbox(seeded, mailbox) == 0
    assert counts(reading_of(seeded, mailbox)) == (1, 1, 1, 1)


def test_what_was_handled_before_a_crash_is_handled_again_and_changes_nothing(
    seeded: Hub, full: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox = full.mailbox()
    with monkeypatch.context() as patched:
        patched.setattr(reading, "_further", interrupted)
        with pytest.raises(KeyboardInterrupt):
            reading.read_mailbox(seeded, mailbox)
    told, unseen = facts(seeded), full.unseen()

    assert reading.read_mailbox(seeded, mailbox) == 4
    assert (facts(seeded), unseen, full.unseen()) == (told, 4, 1)


def interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_mailbox_that_cannot_be_written_is_read_on_and_says_so_until_it_can(
    seeded: Hub, full: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox = full.mailbox()
    monkeypatch.setattr(reading, "AT_A_TIME", 2)
    with monkeypatch.context() as patched:
        patched.setattr(imap, "mark_read", read_only)

        assert [reading.read_mailbox(seeded, mailbox) for _ in range(2)] == [4, 0]
        found = reading_of(seeded, mailbox)
        assert (counts(found), found.trouble, full.unseen()) == ((1, 1, 1, 1), "INBOX is not writable", 4)
    assert reading.read_mailbox(seeded, mailbox) == 0
    assert reading_of(seeded, mailbox).trouble == ""


def read_only(*_: object) -> None:
    raise imaplib.IMAP4.readonly("INBOX is not writable")


def test_a_server_that_numbers_anew_is_read_from_the_first_mail(seeded: Hub, full: Dovecot) -> None:
    mailbox = full.mailbox()
    reading.read_mailbox(seeded, mailbox)
    with seeded.database.writing() as db:
        mailbox_store.save_reading(db, replace(reading_of(seeded, mailbox), uid_validity=1))
    told = facts(seeded)

    assert reading.read_mailbox(seeded, mailbox) == 4
    assert facts(seeded) == told


def test_many_mails_are_read_over_several_connections_and_a_large_one_is_left(
    seeded: Hub, online: OnlineSession, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "AT_A_TIME", 2)
    dovecot.deliver(b"Subject: large\n\n" + b"x" * MOST_BYTES)
    for answer in ("DECLINED", "TENTATIVE", "ACCEPTED", "DECLINED"):
        dovecot.deliver(reply(seeded, online, answer))

    assert reading.read_mailbox(seeded, dovecot.mailbox()) == 5
    assert (said(invitation(seeded)), dovecot.unseen()) == (Answer.DECLINED, 1)


def test_one_process_at_a_time_reads_a_mailbox(seeded: Hub, full: Dovecot, now: FakeNow) -> None:
    mailbox = full.mailbox()
    with seeded.database.writing() as db:
        assert mailbox_store.lease(db, mailbox.name, now.instant) is not None

    assert reading.read_mailbox(seeded, mailbox) == 0
    now.instant += mailbox_store.LEASE
    assert reading.read_mailbox(seeded, mailbox) == 4


def test_trouble_is_written_down_without_the_password_and_goes_away(seeded: Hub, full: Dovecot) -> None:
    right = full.mailbox()
    wrong = [
        full.mailbox(password="wrong horse"),
        replace(right, folder="Nowhere"),
        replace(right, port=1, folder="Elsewhere"),
    ]

    for mailbox in wrong:
        assert reading.read_mailbox(seeded, mailbox) == 0
        trouble = reading_of(seeded, mailbox).trouble
        assert trouble
        assert "horse" not in trouble
    assert reading.read_mailbox(seeded, right) == 4
    assert reading_of(seeded, right).trouble == ""


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_an_encrypted_connection_needs_a_certificate_that_is_trusted(
    seeded: Hub, full: Dovecot, security: Security, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox = full.mailbox(security)

    assert reading.read_mailbox(seeded, mailbox) == 0
    assert "certificate" in reading_of(seeded, mailbox).trouble.lower()
    monkeypatch.setenv("SSL_CERT_FILE", str(full.certificate))
    assert reading.read_mailbox(seeded, mailbox) == 4
