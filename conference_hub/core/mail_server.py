"""The mail server that sends the hub's mails, read from `HUB_MAIL_URL`, and whom they come from (`HUB_MAIL_FROM`)."""

from __future__ import annotations

from dataclasses import dataclass, field
from email.headerregistry import Address
from email.utils import parseaddr
from enum import StrEnum
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

SUBMISSION, SUBMISSIONS = 587, 465
"""The ports of RFC 6409 and RFC 8314."""
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class Security(StrEnum):
    """How the connection is protected."""

    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


@dataclass(frozen=True, kw_only=True)
class MailServer:
    """Where mails are handed in."""

    host: str
    port: int
    security: Security
    user: str = ""
    password: str = field(default="", repr=False)


def read_mail_server(url: str) -> MailServer:
    """Read `smtp://user:password@host:587` or `smtps://user:password@host`.

    `smtp://` uses STARTTLS unless `?starttls=no`, which sends a password to this machine only. Raises ValueError,
    also for a user or password with other letters than ASCII: the standard library sends none.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or parts.path.strip("/"):
        raise ValueError(parts.scheme)
    security = _security(parts)
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    f"{user}{password}".encode("ascii")
    if user and security is Security.NONE and parts.hostname not in LOOPBACK:
        raise ValueError(security)
    return MailServer(
        host=parts.hostname,
        port=parts.port or (SUBMISSIONS if security is Security.TLS else SUBMISSION),
        security=security,
        user=user,
        password=password,
    )


def checked_sender(sender: str) -> str:
    """Return whom mails come from (`이름 <hub@example.com>`), as given; raises ValueError or IndexError."""
    name, address = parseaddr(sender)
    address.encode("ascii")
    if not Address(display_name=name, addr_spec=address).domain:
        raise ValueError(sender)
    return sender


def _security(parts: SplitResult) -> Security:
    given = parse_qs(parts.query, strict_parsing=bool(parts.query))
    starttls = given.pop("starttls", ["yes"])[-1]
    if given or starttls not in {"yes", "no"}:
        raise ValueError(parts.query)
    if parts.scheme == "smtps":
        return Security.TLS
    return Security.STARTTLS if starttls == "yes" else Security.NONE
