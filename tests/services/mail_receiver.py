"""A mail server in its own process (aiosmtpd): keeps what it takes in a file, and answers some addresses otherwise.

Run as `python -m tests.services.mail_receiver PORT FILE [--certificate CERTIFICATE KEY] [--implicit] [--login A:B]`
Addresses that begin with `unknown` are refused for good, with `later` for now; for one that begins with `huge` the
whole letter is refused, for `closes` the connection ends without an answer to it. A letter is in the file before its
sender hears that it was taken.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import json
import os
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from conference_hub.core.mail_server import MailServer, Security
from tests.services.machine import free_port, program, running

CERTIFICATE = (
    "req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out certificate.pem -days 2 -subj /CN=localhost "
    "-addext subjectAltName=DNS:localhost"
)
HOST = "127.0.0.1"


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A letter that the server took, over its `connection`-th connection."""

    sender: str
    to: str
    message: EmailMessage
    content: bytes
    connection: int
    tls: bool

    @property
    def mail_id(self) -> str:
        """The id of the mail in the outbox."""
        return str(self.message["Message-ID"]).removeprefix("<").partition("@")[0]

    @property
    def text(self) -> str:
        """What it says."""
        body = self.message.get_body(("plain",))
        assert body is not None
        return str(body.get_content())


@dataclass(frozen=True, kw_only=True)
class MailReceiver:
    """The running server: where it is, and what it took."""

    server: MailServer
    file: Path
    certificate: Path | None = None

    @property
    def environment(self) -> dict[str, str]:
        """What a hub that sends here has in its environment: without encryption."""
        return {
            "HUB_MAIL_URL": f"smtp://{self.server.host}:{self.server.port}?starttls=no",
            "HUB_MAIL_FROM": "hub@example.com",
        }

    @property
    def taken(self) -> list[Taken]:
        """What it took, in order."""
        lines = self.file.read_text(encoding="utf-8").splitlines(keepends=True)
        return [_taken(json.loads(line)) for line in lines if line.endswith("\n")]

    def forget(self) -> None:
        """Forget what it took."""
        os.truncate(self.file, 0)


@contextmanager
def receiving(
    directory: Path, security: Security = Security.NONE, *, login: str = "", port: int | None = None
) -> Iterator[MailReceiver]:
    """Run a mail server until the block ends."""
    directory.mkdir(parents=True, exist_ok=True)
    port, file = port or free_port(), directory / "taken.jsonl"
    file.touch()
    command = [sys.executable, "-m", "tests.services.mail_receiver", str(port), str(file)]
    certificate = None
    if security is not Security.NONE:
        certificate = directory / "certificate.pem"
        subprocess.run(
            [program("openssl"), *CERTIFICATE.split()], cwd=directory, check=True, capture_output=True
        )
        command += ["--certificate", str(certificate), str(directory / "key.pem")]
    if security is Security.TLS:
        command.append("--implicit")
    user, _, word = login.partition(":")
    if login:
        command += ["--login", login]
    host = HOST if security is Security.NONE else "localhost"
    server = MailServer(host=host, port=port, security=security, user=user, password=word)
    with running(command, port, directory / "log"):
        yield MailReceiver(server=server, file=file, certificate=certificate)


@pytest.fixture(scope="session")
def one_mail_receiver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailReceiver]:
    """One mail server for the whole run."""
    with receiving(tmp_path_factory.mktemp("mail")) as receiver:
        yield receiver


@pytest.fixture
def mail_receiver(one_mail_receiver: MailReceiver) -> MailReceiver:
    """A mail server that took nothing yet."""
    one_mail_receiver.forget()
    return one_mail_receiver


def _taken(line: dict[str, str | int | bool]) -> Taken:
    content = base64.b64decode(str(line["content"]))
    message = message_from_bytes(content, policy=default)
    assert isinstance(message, EmailMessage)
    return Taken(
        sender=str(line["sender"]),
        to=str(line["to"]),
        message=message,
        content=content,
        connection=int(line["connection"]),
        tls=bool(line["tls"]),
    )


class Keeping:
    """What the server does with letters."""

    def __init__(self, file: Path) -> None:
        self._file = file.open("ab")
        self._connections: dict[int, int] = {}

    async def handle_RCPT(  # noqa: N802 - named by aiosmtpd
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Refuse an address for good or for now, or take it."""
        if address.startswith("unknown"):
            return "550 5.1.1 no such person"
        if address.startswith("later"):
            return "451 4.7.1 come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep a letter, then say so."""
        to = envelope.rcpt_tos[0]
        assert server.transport is not None
        encrypted = server.transport.get_extra_info("ssl_object") is not None
        if to.startswith("huge"):
            return "552 5.3.4 message too big"
        if to.startswith("closes"):
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
            return "250 OK"
        number = self._connections.setdefault(id(session), len(self._connections))
        content = base64.b64encode(bytes(envelope.original_content or b"")).decode()
        line = {"sender": envelope.mail_from, "to": to, "content": content, "connection": number}
        self._file.write(json.dumps({**line, "tls": encrypted}).encode() + b"\n")
        self._file.flush()
        return "250 OK"


async def _serve(arguments: argparse.Namespace) -> None:
    context = None
    if arguments.certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*arguments.certificate)
    keeping = Keeping(arguments.file)

    def authenticated(
        _server: object, _session: object, _envelope: object, _how: str, data: object
    ) -> AuthResult:
        given = f"{getattr(data, 'login', b'').decode()}:{getattr(data, 'password', b'').decode()}"
        return AuthResult(success=given == arguments.login, handled=False)

    def protocol() -> SMTP:
        upgrade = context if not arguments.implicit else None
        return SMTP(
            keeping,
            hostname="localhost",
            tls_context=upgrade,
            require_starttls=upgrade is not None,
            authenticator=authenticated if arguments.login else None,
            auth_required=bool(arguments.login),
            auth_require_tls=upgrade is not None,
        )

    implicit = context if arguments.implicit else None
    server = await asyncio.get_running_loop().create_server(protocol, HOST, arguments.port, ssl=implicit)
    async with server:
        await server.serve_forever()


def _parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    parser.add_argument("file", type=Path)
    parser.add_argument("--certificate", nargs=2)
    parser.add_argument("--implicit", action="store_true")
    parser.add_argument("--login", default="")
    return parser.parse_args()


if __name__ == "__main__":
    asyncio.run(_serve(_parsed()))
