"""Answers and returned mails that come from a real mailbox (Dovecot), and by the command `reply`."""

from __future__ import annotations

import imaplib
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from email.message import Message
from pathlib import Path

import pytest
import sqlalchemy as sa

from conference_hub.calendars.replies import Reply, read_reply
from conference_hub.core.actor import Actor
from conference_hub.core.config import SettingsError, load
from conference_hub.core.entries import JournalEntryRow
from conference_hub.core.errors import Unavailable
from conference_hub.core.mail_server import Security
from conference_hub.core.mailbox import Mailbox
from conference_hub.core.received import MOST_BYTES
from conference_hub.core.stream import Stream
from conference_hub.followup import actions, answer_store, answering, invitation_store, store
from conference_hub.followup.answers import Stray, StrayKind, said
from conference_hub.followup.invitations import Answer, Invitation
from conference_hub.followup.model import OnlineSession, SessionId
from conference_hub.followup.tables import InvitationRow
from conference_hub.outbox import imap, mailbox_store, reading
from conference_hub.outbox.actions import put
from conference_hub.outbox.mailbox_store import Reading
from conference_hub.outbox.model import Draft, MailState
from conference_hub.outbox.receiving import Taken, take
from conference_hub.outbox.store import find_mail
from conference_hub.outbox.tables import MailRow
from conference_hub.people.model import GuestId
from conference_hub.people.store import get_guest
from conference_hub.web.hub import Hub, MailTaker
from tests.integration.kinds import ON_SQLITE
from tests.model_day import CONF, FakeNow
from tests.services.dovecot import PASSWORD, Dovecot

RECEIVED = Path(__file__).parents[2] / "golden" / "received"
SESSION = SessionId("session-1")
KIM, LEE = GuestId("guest-001"), GuestId("guest-002")


@pytest.fixture
def online(seeded: Hub, now: FakeNow) -> OnlineSession:
    """A session that a guest was invited to."""
    with seeded.database.reading() as db:
        found = store.get_session(db, CONF, SESSION)
    now.instant = found.starts_at - timedelta(days=1)
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        actions.sign_up(seeded, write, SESSION, KIM)
    return found


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


def bounce(hub: Hub) -> tuple[str, bytes]:
    """Send a mail, and return its id and the report that it came back."""
    draft = Draft(kind="test", to_name="", to_address="hong@example.net", subject="-", content="-")
    with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        mail = put(write, draft)
        write.session.execute(sa.update(MailRow).where(MailRow.id == mail).values(state=MailState.SENT))
    report = (RECEIVED / "bounce-postfix.eml").read_bytes()
    known = b"abcd234567@hub.example.com"
    return mail, report.replace(known, f"{mail}@{hub.settings.domain}".encode())


def strays(hub: Hub) -> list[Stray]:
    with hub.database.reading() as db:
        return answer_store.strays(db, CONF)


def facts(hub: Hub) -> list[str]:
    """Return the topics of all that was published of answers."""
    with hub.database.reading() as db:
        own = (JournalEntryRow.conf == CONF, JournalEntryRow.stream == Stream.OPERATOR)
        topics = db.scalars(sa.select(JournalEntryRow.topic).where(*own))
        return [topic for topic in topics if topic in {"InvitationAnswered", "AnswerHeld", "AnswerSettled"}]


def test_an_answer_of_a_known_address_counts_and_needs_no_organizer(
    seeded: Hub, online: OnlineSession
) -> None:
    assert take(seeded, reply(seeded, online, "TENTATIVE")) is Taken.ANSWER
    assert said(invitation(seeded)) is Answer.TENTATIVE


def test_an_answer_of_a_stranger_makes_no_guest(seeded: Hub, online: OnlineSession) -> None:
    with seeded.database.reading() as db:
        before = db.execute(sa.text("SELECT count(*) FROM guest")).scalar()

    assert take(seeded, reply(seeded, online, attendee="x@example.org", UID="nobody@example.org")) is (
        Taken.UNUSED
    )
    with seeded.database.reading() as db:
        assert db.execute(sa.text("SELECT count(*) FROM guest")).scalar() == before
    assert strays(seeded) == []


def test_an_answer_from_an_alias_waits_on_the_desk_until_it_is_assigned(
    seeded: Hub, online: OnlineSession
) -> None:
    data = reply(seeded, online, "DECLINED", attendee="Alias@example.org")
    assert take(seeded, data) is Taken.ANSWER
    assert take(seeded, data) is Taken.ANSWER
    [stray] = strays(seeded)
    assert (stray.kind, stray.address, stray.answer) == (
        StrayKind.ALIAS,
        "alias@example.org",
        Answer.DECLINED,
    )

    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        counted = answering.assign(write, stray.id, KIM)

    assert (counted, said(invitation(seeded)), strays(seeded)) == (True, Answer.DECLINED, [])


@pytest.mark.parametrize(
    ("name", "kind"),
    [("counter-exchange", StrayKind.COUNTER), ("reply-delegated", StrayKind.DELEGATED)],
)
def test_a_proposal_and_a_delegation_are_shown_and_change_nothing(
    seeded: Hub, online: OnlineSession, name: str, kind: StrayKind
) -> None:
    with seeded.database.reading() as db:
        address = get_guest(db, CONF, KIM).email or ""
    data = (RECEIVED / f"{name}.eml").read_bytes()
    data = data.replace(b"kim@ministry.example.org", address.encode()).replace(
        b"session-1.best-practice-2021@hub.example.com", online.uid.encode()
    )

    assert take(seeded, data) is Taken.ANSWER
    [stray] = strays(seeded)
    assert (stray.kind, stray.guest_id, said(invitation(seeded))) == (kind, KIM, None)


def test_an_outdated_answer_is_ignored(seeded: Hub, online: OnlineSession, now: FakeNow) -> None:
    take(seeded, reply(seeded, online, "DECLINED"))
    earlier = f"{now.instant - timedelta(hours=1):%Y%m%dT%H%M%SZ}"

    assert take(seeded, reply(seeded, online, DTSTAMP=earlier)) is Taken.IGNORED
    assert said(invitation(seeded)) is Answer.DECLINED
    with seeded.database.writing() as db:
        invitation_store.save(db, replace(invitation(seeded), sequence=4))
    assert take(seeded, reply(seeded, online, SEQUENCE="3")) is Taken.IGNORED
    assert said(invitation(seeded)) is None


def test_answers_of_strangers_end_somewhere(
    seeded: Hub, online: OnlineSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "MOST_STRAYS", 2)

    found = [take(seeded, reply(seeded, online, attendee=f"a{number}@example.org")) for number in range(3)]

    assert found == [Taken.ANSWER, Taken.ANSWER, Taken.IGNORED]


def test_a_returned_mail_is_marked_once_and_a_forged_report_marks_none(
    seeded: Hub, online: OnlineSession
) -> None:
    mail, report = bounce(seeded)

    assert take(seeded, report.replace(mail.encode(), b"nobody2345")) is Taken.IGNORED
    assert take(seeded, report) is Taken.REPORT
    with seeded.database.reading() as db:
        found = find_mail(db, mail)
    assert found is not None
    assert found.state is MailState.BOUNCED
    assert found.last_error == "550 5.1.1 <hong@example.net>: Recipient address rejected: User unknown"


def test_a_mail_that_waits_is_not_marked_by_a_report(seeded: Hub, online: OnlineSession) -> None:
    mail, report = bounce(seeded)
    with seeded.database.writing() as db:
        db.execute(sa.update(MailRow).where(MailRow.id == mail).values(state=MailState.WAITING))

    take(seeded, report)

    with seeded.database.reading() as db:
        found = find_mail(db, mail)
    assert found is not None
    assert found.state is MailState.WAITING


POISON = {
    "comments in a sender": ("(" * 3_900, "utf-8", "ab"),
    "half a character": ("a@example.net", "unicode_escape", r"a\ud800b"),
    "nothing": ("a@example.net", "utf-8", "a\0b"),
}
"""What stands in a mail that a database or Python's parser does not take: sender, charset, UID."""


@pytest.mark.parametrize("kind", POISON)
def test_a_mail_that_is_made_to_break_the_reading_is_for_a_person(
    seeded: Hub, online: OnlineSession, kind: str
) -> None:
    sender, charset, uid = POISON[kind]
    data = reply(seeded, online, UID=uid).replace(b"charset=utf-8", f"charset={charset}".encode())
    data = data.replace(b"From: ", f"From: {sender} ".encode())

    assert take(seeded, data) is Taken.UNUSED


def test_a_mail_that_breaks_a_taker_is_for_a_person_but_waits_while_the_storage_does_not_work(
    seeded: Hub, online: OnlineSession, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(error: Exception) -> Callable[..., bool]:
        def take(*_: object) -> bool:
            raise error

        return take

    data = reply(seeded, online)
    seeded.mail_takers = [MailTaker(read=read_reply, take=broken(RuntimeError("words of a stranger")))]
    assert take(seeded, data) is Taken.UNUSED
    assert "RuntimeError" in caplog.text
    assert "stranger" not in caplog.text
    seeded.mail_takers = [MailTaker(read=read_reply, take=broken(Unavailable(reason="locked")))]
    with pytest.raises(Unavailable):
        take(seeded, data)


def test_a_mail_is_parsed_beside_the_requests(seeded: Hub, online: OnlineSession) -> None:
    beside: list[str] = []

    def offload(work: Callable[..., object], *args: object) -> object:
        beside.append("begins")
        found = work(*args)
        beside.append("ends")
        return found

    def reads(mail: Message) -> Reply | None:
        beside.append("parses")
        return read_reply(mail)

    seeded.offload = offload
    seeded.mail_takers = [replace(answering.ANSWERS_BY_MAIL, read=reads)]

    assert take(seeded, reply(seeded, online)) is Taken.ANSWER
    assert beside == ["begins", "parses", "ends"]


def test_an_answer_counts_by_the_address_that_was_invited_and_by_that_of_today(
    seeded: Hub, online: OnlineSession
) -> None:
    with seeded.database.writing() as db:
        invitation_store.save(db, replace(invitation(seeded), attendee="Old@example.org"))

    for address, answer in (("old@example.org", Answer.DECLINED), (None, Answer.ACCEPTED)):
        assert take(seeded, reply(seeded, online, answer.name, attendee=address)) is Taken.ANSWER
        assert said(invitation(seeded)) is answer


def test_only_the_invitation_that_is_answered_is_loaded(seeded: Hub, online: OnlineSession) -> None:
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        actions.sign_up(seeded, write, SESSION, LEE)
    data, loaded = reply(seeded, online), set[str]()

    def note(row: InvitationRow, _context: object) -> None:
        loaded.add(row.guest_id)

    sa.event.listen(InvitationRow, "load", note)
    try:
        assert take(seeded, data) is Taken.ANSWER
    finally:
        sa.event.remove(InvitationRow, "load", note)
    assert loaded == {KIM}


def test_an_answer_from_an_address_of_two_people_waits_on_the_desk(
    seeded: Hub, online: OnlineSession
) -> None:
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        actions.sign_up(seeded, write, SESSION, LEE)
    with seeded.database.writing() as db:
        address = get_guest(db, CONF, KIM).email
        invitation_store.save(db, replace(invitation(seeded, LEE), attendee=address))

    assert take(seeded, reply(seeded, online, "DECLINED")) is Taken.ANSWER

    [stray] = strays(seeded)
    assert (stray.kind, stray.guest_id, stray.answer) == (StrayKind.SHARED, None, Answer.DECLINED)
    assert (said(invitation(seeded)), said(invitation(seeded, LEE))) == (None, None)
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        assert answering.assign(write, stray.id, LEE)
    assert (said(invitation(seeded)), said(invitation(seeded, LEE))) == (None, Answer.DECLINED)


# From here on with a real server, of which one database is enough.


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


@ON_SQLITE
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


@ON_SQLITE
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


@ON_SQLITE
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


@ON_SQLITE
def test_a_server_that_numbers_anew_is_read_from_the_first_mail(seeded: Hub, full: Dovecot) -> None:
    mailbox = full.mailbox()
    reading.read_mailbox(seeded, mailbox)
    with seeded.database.writing() as db:
        mailbox_store.save_reading(db, replace(reading_of(seeded, mailbox), uid_validity=1))
    told = facts(seeded)

    assert reading.read_mailbox(seeded, mailbox) == 4
    assert facts(seeded) == told


@ON_SQLITE
def test_many_mails_are_read_over_several_connections_and_a_large_one_is_left(
    seeded: Hub, online: OnlineSession, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "AT_A_TIME", 2)
    dovecot.deliver(b"Subject: large\n\n" + b"x" * MOST_BYTES)
    for answer in ("DECLINED", "TENTATIVE", "ACCEPTED", "DECLINED"):
        dovecot.deliver(reply(seeded, online, answer))

    assert reading.read_mailbox(seeded, dovecot.mailbox()) == 5
    assert (said(invitation(seeded)), dovecot.unseen()) == (Answer.DECLINED, 1)


@ON_SQLITE
def test_one_process_at_a_time_reads_a_mailbox(seeded: Hub, full: Dovecot, now: FakeNow) -> None:
    mailbox = full.mailbox()
    with seeded.database.writing() as db:
        assert mailbox_store.lease(db, mailbox.name, now.instant) is not None

    assert reading.read_mailbox(seeded, mailbox) == 0
    now.instant += mailbox_store.LEASE
    assert reading.read_mailbox(seeded, mailbox) == 4


@ON_SQLITE
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


@ON_SQLITE
@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_an_encrypted_connection_needs_a_certificate_that_is_trusted(
    seeded: Hub, full: Dovecot, security: Security, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox = full.mailbox(security)

    assert reading.read_mailbox(seeded, mailbox) == 0
    assert "certificate" in reading_of(seeded, mailbox).trouble.lower()
    monkeypatch.setenv("SSL_CERT_FILE", str(full.certificate))
    assert reading.read_mailbox(seeded, mailbox) == 4


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("imaps://hub%40example.com:p%2Fw@mail.example.com", (993, Security.TLS, "INBOX")),
        ("imap://hub:pw@mail.example.com:1143/Answers", (1143, Security.STARTTLS, "Answers")),
        ("imap://hub:pw@127.0.0.1?starttls=no", (143, Security.NONE, "INBOX")),
    ],
)
def test_the_setting_is_read(url: str, expected: tuple[int, Security, str]) -> None:
    mailbox = load({"HUB_IMAP_URL": url}, demo=True).mailbox

    assert mailbox is not None
    assert (mailbox.port, mailbox.security, mailbox.folder) == expected
    assert "pw" not in repr(mailbox) + mailbox.name
    assert load({}, demo=True).mailbox is None


@pytest.mark.parametrize(
    "url",
    [
        "imap://hub:pw@mail.example.com?starttls=no",
        "imaps://mail.example.com",
        "imaps://hub@mail.example.com",
        "smtp://hub:pw@mail.example.com",
        "imaps://hub:%ED%95%9C@mail.example.com",
        "imaps://hub:p%0D%0Aw@mail.example.com",
        "imaps://hub:pw@mail.example.com?tls=1",
    ],
)
def test_a_setting_that_cannot_be_used_is_named_without_its_password(url: str) -> None:
    with pytest.raises(SettingsError, match="HUB_IMAP_URL") as refused:
        load({"HUB_IMAP_URL": url}, demo=True)
    assert "pw" not in str(refused.value)


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


@pytest.fixture
def environment(seeded: Hub) -> dict[str, str]:
    return {
        "HUB_DATABASE_URL": seeded.database.url.render_as_string(hide_password=False),
        "HUB_SECRET_KEY": "s" * 40,
        "HUB_PUBLIC_URL": seeded.settings.public_url,
    }


@ON_SQLITE
def test_the_command_takes_an_answer(seeded: Hub, online: OnlineSession, environment: dict[str, str]) -> None:
    assert run_reply(reply(seeded, online), **environment) == (0, "answer\n", "")
    assert said(invitation(seeded)) is Answer.ACCEPTED
    assert run_reply(b"x" * (2 * MOST_BYTES), **environment)[:2] == (0, "unused\n")


def test_the_command_asks_the_mail_server_to_keep_a_mail_that_it_cannot_take(tmp_path: Path) -> None:
    nowhere = {"HUB_DATA_DIR": str(tmp_path), "HUB_SECRET_KEY": "s" * 40}
    unset = run_reply(b"Subject: -\n\n", HUB_DATA_DIR=str(tmp_path))
    no_hub = run_reply(b"Subject: -\n\n", HUB_PUBLIC_URL="https://hub.example.com", **nowhere)

    assert [unset[0], no_hub[0]] == [75, 75]
    assert PASSWORD not in unset[2]
    assert no_hub[2].startswith("conference-hub: ")
