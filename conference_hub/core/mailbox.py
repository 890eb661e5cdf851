"""The mailbox to which answers and returned mails come, read from `HUB_IMAP_URL`."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from conference_hub.core.mail_server import LOOPBACK, Security

IMAP, IMAPS = 143, 993
"""The ports of RFC 9051."""
INBOX = "INBOX"


@dataclass(frozen=True, kw_only=True)
class Mailbox:
    """A folder of a mail account, and how it is reached."""

    host: str
    port: int
    security: Security
    user: str
    folder: str
    password: str = field(repr=False)

    @property
    def name(self) -> str:
        """What the mailbox is called where its state is kept, and on the desk; the password is not in it."""
        return f"{self.user}@{self.host}:{self.port}/{self.folder}"


def read_mailbox(url: str) -> Mailbox:
    """Read `imaps://user:password@host[:port][/folder]`, or `imap://` with STARTTLS.

    `?starttls=no` sends a password to this machine only. Raises ValueError, also for letters of user, password or
    folder other than ASCII: the standard library sends none.
    """
    parts = urlsplit(url)
    if (
        parts.scheme not in {"imap", "imaps"}
        or not parts.hostname
        or not parts.username
        or not parts.password
    ):
        raise ValueError(parts.scheme)
    security = _security(parts)
    user, password = unquote(parts.username), unquote(parts.password)
    folder = unquote(parts.path.strip("/")) or INBOX
    f"{user}{password}{folder}".encode("ascii")
    if not f"{user}{password}{folder}".isprintable():
        raise ValueError(folder)
    return Mailbox(
        host=parts.hostname,
        port=parts.port or (IMAPS if security is Security.TLS else IMAP),
        security=security,
        user=user,
        folder=folder,
        password=password,
    )


def _security(parts: SplitResult) -> Security:
    given = parse_qs(parts.query, strict_parsing=bool(parts.query))
    starttls = given.pop("starttls", ["yes"])[-1]
    if given or starttls not in {"yes", "no"}:
        raise ValueError(parts.query)
    if parts.scheme == "imaps":
        return Security.TLS
    if starttls == "yes":
        return Security.STARTTLS
    if parts.hostname not in LOOPBACK:
        raise ValueError(starttls)
    return Security.NONE
