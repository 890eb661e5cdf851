"""What the client of mail servers makes of their answers, and of servers that hang, close or die."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from conference_hub.core.mail_server import MailServer, Security
from conference_hub.outbox import smtp
from conference_hub.outbox.message import Letter
from conference_hub.outbox.retries import Deferred, Delivered, Outcome, Rejected, Unreachable
from conference_hub.outbox.smtp import Connection
from tests.services.mail_receiver import MailReceiver, receiving

LETTER = Letter(
    id="mail",
    sender="hub@example.com",
    to="hong@example.com",
    content=b"Message-ID: <mail@hub>\r\nSubject: x\r\nContent-Type: text/plain\r\n\r\n.\r\nline\r\n",
)
READY = ("220 ready", "250 hello")
TAKES = ("250 sender ok", "250 recipient ok", "354 go on", "250 2.0.0 taken")


def delivered(server: MailServer, *letters: Letter) -> list[Outcome]:
    connection = Connection(server)
    try:
        return [connection.deliver(letter) for letter in letters]
    finally:
        connection.close()


@contextmanager
def scripted(*connections: tuple[str, ...]) -> Iterator[MailServer]:
    """A server that says these lines, one for each command, over one connection after the other.

    `hang` says nothing until the client has gone; after the last line of a connection it ends. The content of a letter
    is one command; `cut` ends the connection in the middle of it.
    """
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        for lines in connections:
            with suppress(OSError):
                peer, _ = listener.accept()
                with peer, peer.makefile("rb") as heard:
                    _say(peer, heard, lines)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield MailServer(host="127.0.0.1", port=listener.getsockname()[1], security=Security.NONE)
    finally:
        listener.close()
        thread.join(timeout=30)


def _say(peer: socket.socket, heard: object, lines: tuple[str, ...]) -> None:
    read = heard.readline  # type: ignore[attr-defined]
    content = False
    for number, line in enumerate(lines):
        if number and line == "cut":
            heard.read(5)  # type: ignore[attr-defined]
            return
        if number:
            while read() not in {b".\r\n", b""} and content:
                pass
        if line == "hang":
            while read():
                pass
            return
        peer.sendall(f"{line}\r\n".encode())
        content = line.startswith("354")


def test_a_letter_arrives_as_it_is(mail_receiver: MailReceiver) -> None:
    assert delivered(mail_receiver.server, LETTER) == [Delivered()]

    (taken,) = mail_receiver.taken
    assert (taken.sender, taken.to, taken.content) == (LETTER.sender, LETTER.to, LETTER.content)


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_a_password_and_letters_go_over_an_encrypted_connection(
    security: Security, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with receiving(tmp_path, security, login="hub:p%@: word") as receiver:
        monkeypatch.setenv("SSL_CERT_FILE", str(receiver.certificate))

        assert delivered(receiver.server, LETTER) == [Delivered()]

        assert [taken.tls for taken in receiver.taken] == [True]
        (refused,) = delivered(replace(receiver.server, password="wrong"), LETTER)
        assert refused == Unreachable(reason="535 5.7.8 Authentication credentials invalid")


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_nothing_goes_to_a_server_whose_certificate_nobody_knows(security: Security, tmp_path: Path) -> None:
    with receiving(tmp_path, security) as receiver:
        (outcome,) = delivered(receiver.server, LETTER)

        assert isinstance(outcome, Unreachable)
        assert "certificate verify failed" in outcome.reason
        assert receiver.taken == []


def test_nothing_goes_to_a_server_without_encryption_where_it_is_wanted(mail_receiver: MailReceiver) -> None:
    (outcome,) = delivered(replace(mail_receiver.server, security=Security.STARTTLS), LETTER)

    assert isinstance(outcome, Unreachable)
    assert mail_receiver.taken == []


@pytest.mark.parametrize(
    ("lines", "outcome"),
    [
        (TAKES, Delivered()),
        (("530 5.7.0 sign in first", "250 reset"), Unreachable(reason="530 5.7.0 sign in first")),
        (("550 5.7.1 sender not allowed", "250 reset"), Unreachable(reason="550 5.7.1 sender not allowed")),
        (("553 5.7.1 not your sender", "250 reset"), Unreachable(reason="553 5.7.1 not your sender")),
        (("552 5.2.2 sender over quota", "250 reset"), Unreachable(reason="552 5.2.2 sender over quota")),
        (("451 4.7.1 too many", "250 reset"), Unreachable(reason="451 4.7.1 too many")),
        (("421 4.7.0 not now",), Unreachable(reason="421 4.7.0 not now")),
        (("552 5.3.4 too big", "250 reset"), Rejected(reason="552 5.3.4 too big")),
        (("552 message too big", "250 reset"), Rejected(reason="552 message too big")),
        (("452 4.3.1 no room for it", "250 reset"), Deferred(reason="452 4.3.1 no room for it")),
        ((TAKES[0], "251 will forward", *TAKES[2:]), Delivered()),
        ((TAKES[0], "450 4.2.0 greylisted", "250 reset"), Deferred(reason="450 4.2.0 greylisted")),
        (
            (TAKES[0], "550-5.1.1 no\r\n550 5.1.1 one", "250 reset"),
            Rejected(reason="550 5.1.1 no 5.1.1 one"),
        ),
        ((*TAKES[:2], "554 5.6.0 no content", "250 reset"), Rejected(reason="554 5.6.0 no content")),
        ((*TAKES[:3], "452 4.3.1 disk full", "250 reset"), Deferred(reason="452 4.3.1 disk full")),
        ((*TAKES[:3], "what?", "250 reset"), Deferred(reason="-1 ?")),
        ((TAKES[0], "421 4.3.2 shutting down"), Deferred(reason="421 4.3.2 shutting down")),
        ((*TAKES[:3], "cut"), Deferred(reason="Connection unexpectedly closed")),
        ((*TAKES[:2], "cut"), Deferred(reason="Connection unexpectedly closed")),
    ],
)
def test_answers_say_what_becomes_of_a_letter(lines: tuple[str, ...], outcome: Outcome) -> None:
    with scripted((*READY, *lines)) as server:
        assert delivered(server, LETTER) == [outcome]


@pytest.mark.parametrize("lines", [("554 5.7.1 not you",), ("421 too many connections",), ("nonsense",), ()])
def test_a_server_that_does_not_serve_says_nothing_of_the_letter(lines: tuple[str, ...]) -> None:
    with scripted(lines) as server:
        (outcome,) = delivered(server, LETTER)

    assert isinstance(outcome, Unreachable)


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        (("hang",), Unreachable),
        ((READY[0], "hang"), Unreachable),
        ((*READY, "hang"), Deferred),
        ((*READY, *TAKES[:1], "hang"), Deferred),
        ((*READY, *TAKES[:3], "hang"), Deferred),
    ],
)
def test_a_server_that_hangs_holds_nobody_for_ever(
    lines: tuple[str, ...], kind: type[Outcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp, "TIMEOUT_S", 0.3)
    monkeypatch.setattr(smtp, "TAKING_S", 0.3)

    with scripted(lines) as server:
        (outcome,) = delivered(server, LETTER)

    assert isinstance(outcome, kind)


@pytest.mark.parametrize(
    "closing", [(), ("421 4.4.2 idle too long",), ("250 sender ok", "421 enough letters")]
)
def test_a_connection_that_ended_between_letters_is_opened_anew(closing: tuple[str, ...]) -> None:
    with scripted((*READY, *TAKES, *closing), (*READY, *TAKES)) as server:
        assert delivered(server, LETTER, LETTER) == [Delivered(), Delivered()]


def test_letters_after_a_refused_one_go_over_the_same_connection() -> None:
    with scripted((*READY, TAKES[0], "550 no", "250 reset", *TAKES)) as server:
        assert delivered(server, LETTER, LETTER) == [Rejected(reason="550 no"), Delivered()]
