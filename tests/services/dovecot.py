"""A Dovecot of our own: a real IMAP server with one account, whose mails lie in a directory of its own."""

import getpass
import imaplib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from conference_hub.core.mail_server import Security
from conference_hub.core.mailbox import Mailbox
from tests.services.machine import free_port, program, running
from tests.services.mail_receiver import CERTIFICATE

USER, PASSWORD = "hub@example.com", "correct-horse"
OWNER = "dovecot"
"""Whom Debian's package makes; root may not own the mails."""
CONFIGURATION = """
protocols = imap
listen = 127.0.0.1
base_dir = {home}/run
log_path = {home}/log
state_dir = {home}/state
default_internal_user = {owner}
default_internal_group = {group}
default_login_user = {owner}
mail_location = maildir:{home}/mail
ssl = yes
ssl_cert = <{certificate}
ssl_key = <{key}
disable_plaintext_auth = no
first_valid_uid = 1
auth_mechanisms = plain
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={home}/home
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


@dataclass(frozen=True, kw_only=True)
class Dovecot:
    """A running server; `certificate` is the file that a client must trust."""

    port: int
    tls_port: int
    certificate: Path

    def mailbox(
        self, security: Security = Security.NONE, password: str = PASSWORD, folder: str = "INBOX"
    ) -> Mailbox:
        """Return the mailbox as the hub's settings have it."""
        port = self.tls_port if security is Security.TLS else self.port
        host = "127.0.0.1" if security is Security.NONE else "localhost"
        return Mailbox(host=host, port=port, security=security, user=USER, folder=folder, password=password)

    @contextmanager
    def opened(self) -> Iterator[imaplib.IMAP4]:
        """Give a connection of another client."""
        with imaplib.IMAP4("127.0.0.1", self.port) as connection:
            connection.login(USER, PASSWORD)
            connection.select()
            yield connection

    def deliver(self, data: bytes, *flags: str) -> None:
        """Put a mail into the inbox."""
        with self.opened() as connection:
            kind, _ = connection.append("INBOX", " ".join(flags), "", data)
            assert kind == "OK"

    def unseen(self) -> int:
        """Return how many mails are unread."""
        with self.opened() as connection:
            _, found = connection.search(None, "UNSEEN")
            return len(found[0].split())


@pytest.fixture
def dovecot() -> Iterator[Dovecot]:
    """Run a server for one test, as an unprivileged user also where the tests are root's."""
    server = program("dovecot")
    home = Path(tempfile.mkdtemp(prefix="hub-dovecot-"))
    as_root = os.geteuid() == 0
    owner = OWNER if as_root else getpass.getuser()
    try:
        certificate, key = home / "certificate.pem", home / "key.pem"
        openssl = [program("openssl"), *CERTIFICATE.split()]
        subprocess.run(openssl, cwd=home, check=True, capture_output=True)
        for name in ("run", "state", "home", "mail"):
            (home / name).mkdir()
        for path in (home, *home.iterdir()) if as_root else ():
            shutil.chown(path, owner, owner)
        here = home.stat()
        port, tls_port = free_port(), free_port()
        settings = home / "dovecot.conf"
        settings.write_text(
            CONFIGURATION.format(
                home=home,
                owner=owner,
                group=home.group(),
                certificate=certificate,
                key=key,
                password=PASSWORD,
                uid=here.st_uid,
                gid=here.st_gid,
                port=port,
                tls_port=tls_port,
            ),
            encoding="utf-8",
        )
        if as_root:
            shutil.chown(settings, owner, owner)  # whatever another test made of the umask
        command = [server, "-F", "-c", str(settings)]
        with running(command, port, home / "output", user=owner if as_root else None):
            yield Dovecot(port=port, tls_port=tls_port, certificate=certificate)
    finally:
        shutil.rmtree(home, ignore_errors=True)
