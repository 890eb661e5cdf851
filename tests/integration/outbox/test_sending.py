"""Sending what waits, to a real SMTP server in this process: once, again after trouble, and never what is settled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from conference_hub.core.actor import Actor
from conference_hub.core.mail_server import MailServer, Security
from conference_hub.data.pruning import prune
from conference_hub.outbox import sending, smtp, store
from conference_hub.outbox.actions import put
from conference_hub.outbox.message import Letter
from conference_hub.outbox.model import Draft, Mail, MailState
from conference_hub.outbox.retries import Deferred, Delivered, Outcome, Rejected
from conference_hub.web.hub import Hub
from tests.model_day import CONF, FakeNow
from tests.services.machine import free_port

LINK = "https://hub.example.com/link#secret"


class Inbox:
    """An SMTP server that keeps what it takes, and refuses addresses by their first letters."""

    def __init__(self) -> None:
        self.taken: list[Envelope] = []

    async def handle_RCPT(  # noqa: N802 - named by aiosmtpd
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address.startswith("unknown"):
            return "550 5.1.1 no such person"
        if address.startswith("later"):
            return "451 4.7.1 come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.taken.append(envelope)
        return "250 OK"

    @property
    def letters(self) -> list[tuple[str, str, str]]:
        """To whom, the Message-ID and the text of each mail taken."""
        read = [
            message_from_bytes(bytes(envelope.original_content or b""), policy=default)
            for envelope in self.taken
        ]
        assert all(isinstance(one, EmailMessage) for one in read)
        return [(str(one["To"]), str(one["Message-ID"]), _text_of(one)) for one in read]


def _text_of(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def server(inbox: Inbox) -> Iterator[MailServer]:
    port = free_port()
    controller = Controller(inbox, hostname="127.0.0.1", port=port)
    controller.start()
    yield MailServer(host="127.0.0.1", port=port, security=Security.NONE, sender="Office <hub@example.com>")
    controller.stop()


def write(hub: Hub, address: str, link: str | None = LINK, about: str | None = None) -> str:
    text = "여기: {link}" if link else "링크 없음"
    with hub.journal.writing(CONF, actor=Actor.system("test")) as writing:
        return put(
            writing,
            Draft(
                kind="test",
                to_name="홍길동",
                to_address=address,
                subject="제목",
                content=text,
                link=link,
                about=about,
            ),
        )


def found(hub: Hub, mail_id: str) -> Mail:
    with hub.database.reading() as db:
        return store.get_mail(db, CONF, mail_id)


def states(hub: Hub) -> dict[str, int]:
    with hub.database.reading() as db:
        return {state.value: number for state, number in store.counts(db, CONF).items() if number}


def test_what_waits_is_sent_once_and_its_link_is_forgotten(
    seeded: Hub, server: MailServer, inbox: Inbox
) -> None:
    mail = write(seeded, "hong@example.com")

    tried = [sending.send_waiting(seeded, server, smtp.deliver) for _ in range(2)]

    assert tried == [1, 0]
    assert inbox.letters == [
        ("홍길동 <hong@example.com>", f"<{mail}@127.0.0.1>", f"여기: {LINK}\r\n"),
    ]
    assert (found(seeded, mail).state, found(seeded, mail).link) == (MailState.SENT, None)
    assert found(seeded, mail).settled_at == seeded.now()


def test_one_refused_address_keeps_no_other_mail_back(seeded: Hub, server: MailServer, inbox: Inbox) -> None:
    unknown, later, good = (write(seeded, f"{name}@example.com") for name in ("unknown", "later", "good"))

    sending.send_waiting(seeded, server, smtp.deliver)

    assert [to for to, _, _ in inbox.letters] == ["홍길동 <good@example.com>"]
    assert found(seeded, unknown).last_error == "550 5.1.1 no such person"
    assert found(seeded, later).last_error == "451 4.7.1 come back later"
    assert [found(seeded, mail).state.value for mail in (unknown, later, good)] == [
        "failed",
        "waiting",
        "sent",
    ]


def test_a_mail_goes_out_when_the_server_is_back(
    seeded: Hub, server: MailServer, inbox: Inbox, now: FakeNow
) -> None:
    mail = write(seeded, "hong@example.com")
    sending.send_waiting(seeded, replace(server, port=1), smtp.deliver)
    waiting = found(seeded, mail)
    sending.send_waiting(seeded, server, smtp.deliver)
    assert (waiting.state, inbox.letters) == (MailState.WAITING, [])

    now.forward(seconds=61)
    sending.send_waiting(seeded, server, smtp.deliver)

    assert (waiting.attempts, "refused" in waiting.last_error) == (1, True)
    assert (found(seeded, mail).state, len(inbox.letters)) == (MailState.SENT, 1)


def test_a_mail_whose_sender_died_is_sent_again_with_the_same_message_id(
    seeded: Hub, server: MailServer, inbox: Inbox, now: FakeNow
) -> None:
    mail = write(seeded, "hong@example.com")

    def die_after(sent_to: MailServer, letters: Sequence[Letter]) -> list[Outcome]:
        smtp.deliver(sent_to, letters)
        raise SystemExit

    with pytest.raises(SystemExit):
        sending.send_waiting(seeded, server, die_after)
    assert sending.send_waiting(seeded, server, smtp.deliver) == 0

    now.forward(seconds=301)
    sending.send_waiting(seeded, server, smtp.deliver)

    assert [number for _, number, _ in inbox.letters] == [f"<{mail}@127.0.0.1>"] * 2
    assert found(seeded, mail).state is MailState.SENT


def test_a_newer_mail_about_the_same_is_sent_alone(
    seeded: Hub, server: MailServer, inbox: Inbox, now: FakeNow
) -> None:
    other = write(seeded, "hong@example.com", about="guest/2")
    older = write(seeded, "hong@example.com", about="guest/1")
    now.forward(seconds=1)
    newer = write(seeded, "hong@example.com", about="guest/1")

    assert sending.send_waiting(seeded, server, smtp.deliver) == 2
    assert {number for _, number, _ in inbox.letters} == {f"<{one}@127.0.0.1>" for one in (other, newer)}
    assert (found(seeded, older).state, found(seeded, older).link) == (MailState.REPLACED, None)


@pytest.mark.parametrize("outcome", [Deferred(reason="451"), Rejected(reason="550"), Delivered()])
def test_a_mail_that_is_replaced_while_it_is_sent_is_not_tried_again(
    seeded: Hub, server: MailServer, now: FakeNow, outcome: Outcome
) -> None:
    older = write(seeded, "hong@example.com", about="guest/1")

    def deliver(_server: MailServer, letters: Sequence[Letter]) -> list[Outcome]:
        now.forward(seconds=1)
        if states(seeded) == {"sending": 1}:
            write(seeded, "hong@example.com", about="guest/1")
            return [outcome]
        return [Delivered()] * len(letters)

    sending.send_waiting(seeded, server, deliver)

    assert found(seeded, older).state is (MailState.SENT if outcome == Delivered() else MailState.REPLACED)
    assert states(seeded).get("waiting", 0) == 0


def test_nobody_waits_for_the_mail_server(seeded: Hub, server: MailServer) -> None:
    """While mails are being sent no transaction is open: others write, and read what is being sent."""
    write(seeded, "hong@example.com")
    seen: list[dict[str, int]] = []

    def deliver(_server: MailServer, letters: Sequence[Letter]) -> list[Outcome]:
        if not seen:
            write(seeded, "other@example.com")
        seen.append(states(seeded))
        return [Delivered()] * len(letters)

    sending.send_waiting(seeded, server, deliver)

    assert seen == [{"sending": 1, "waiting": 1}, {"sent": 1, "sending": 1}]


def test_an_unusable_address_fails_without_being_sent(seeded: Hub, server: MailServer, inbox: Inbox) -> None:
    mail = write(seeded, "홍@example.com")

    sending.send_waiting(seeded, server, smtp.deliver)

    assert (found(seeded, mail).state, found(seeded, mail).last_error, inbox.letters) == (
        MailState.FAILED,
        "no mail address: '홍@example.com'",
        [],
    )


def test_settled_mails_are_deleted_after_ninety_days(seeded: Hub, server: MailServer, now: FakeNow) -> None:
    write(seeded, "hong@example.com")
    sending.send_waiting(seeded, server, smtp.deliver)
    write(seeded, "other@example.com")

    prune(seeded.database, now() + timedelta(days=91), lambda _seconds: None)

    assert states(seeded) == {"waiting": 1}
