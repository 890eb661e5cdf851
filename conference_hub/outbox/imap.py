"""Reads a mailbox by IMAP (RFC 9051) with the standard library. Blocks: call it by `Hub.offload`, in no transaction."""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from conference_hub.core.mail_server import Security
from conference_hub.core.mailbox import Mailbox
from conference_hub.core.received import MOST_BYTES

TIMEOUT_S = 30.0
MOST_OF_A_REASON = 300
MOST_UIDS = 1_000_000
SIZE = re.compile(rb"RFC822\.SIZE (\d{1,12})")
UID = re.compile(rb"UID (\d{1,12})")
FAILURES = (imaplib.IMAP4.error, OSError, ValueError)
"""What reading a mailbox may raise; `reason_of` says what it was."""


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A mail in the mailbox: its UID and its bytes, None for one that is too large to be read."""

    uid: int
    data: bytes | None


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """New mails, the oldest first; UIDs hold as long as `uid_validity` stays the same. `more` wait."""

    uid_validity: int
    letters: tuple[Letter, ...]
    more: bool


def fetch_new(mailbox: Mailbox, uid_validity: int, last_uid: int, most: int) -> Fetched:
    """Return mails behind `last_uid`, `most` at a time, and leave them unread; where UIDs changed, from the first one.

    Raises one of FAILURES.
    """
    with _opened(mailbox, readonly=True) as connection:
        validity = _validity(connection)
        after = last_uid if validity == uid_validity else 0
        _, found = connection.uid("SEARCH", f"UID {after + 1}:*")
        words = (found[0] or b"").split()[:MOST_UIDS]
        uids = sorted(uid for uid in map(int, words) if uid > after)  # n:* has the last one in any case
        letters = tuple(_letters(connection, uids[:most]))
        return Fetched(uid_validity=validity, letters=letters, more=len(uids) > most)


def mark_read(mailbox: Mailbox, uid_validity: int, uids: Sequence[int]) -> None:
    """Mark mails as read, unless UIDs changed meanwhile; raises one of FAILURES."""
    with _opened(mailbox, readonly=False) as connection:
        if uids and _validity(connection) == uid_validity:
            _ok(connection.uid("STORE", ",".join(map(str, uids)), "+FLAGS.SILENT", r"(\Seen)"))


def reason_of(error: Exception) -> str:
    """Return what went wrong, without what was sent."""
    words = " ".join(str(error).removeprefix("b'").removesuffix("'").split())
    return (words or type(error).__name__)[:MOST_OF_A_REASON]


def _letters(connection: imaplib.IMAP4, uids: Sequence[int]) -> Iterator[Letter]:
    for uid in uids:
        size = _size(connection, uid)
        if size is None:
            continue  # deleted meanwhile
        yield Letter(uid=uid, data=_body(connection, uid) if size <= MOST_BYTES else None)


def _size(connection: imaplib.IMAP4, uid: int) -> int | None:
    answer = _ok(connection.uid("FETCH", str(uid), "(UID RFC822.SIZE)"))
    line = next((one for one in answer if isinstance(one, bytes) and UID.search(one)), b"")
    found = SIZE.search(line)
    return int(found[1]) if found else None


def _body(connection: imaplib.IMAP4, uid: int) -> bytes:
    answer = _ok(connection.uid("FETCH", str(uid), "(BODY.PEEK[])"))
    return next((one[1] for one in answer if isinstance(one, tuple)), b"")


@contextmanager
def _opened(mailbox: Mailbox, *, readonly: bool) -> Iterator[imaplib.IMAP4]:
    connection = _connected(mailbox)
    try:
        if mailbox.security is Security.STARTTLS:
            connection.starttls(ssl.create_default_context())
        connection.login(mailbox.user, mailbox.password)
        folder = mailbox.folder.replace("\\", r"\\").replace('"', r"\"")
        _ok(connection.select(f'"{folder}"', readonly=readonly))
        yield connection
    finally:
        with suppress(*FAILURES):
            connection.logout()


def _connected(mailbox: Mailbox) -> imaplib.IMAP4:
    if mailbox.security is Security.TLS:
        context = ssl.create_default_context()
        return imaplib.IMAP4_SSL(mailbox.host, mailbox.port, ssl_context=context, timeout=TIMEOUT_S)
    return imaplib.IMAP4(mailbox.host, mailbox.port, timeout=TIMEOUT_S)


def _validity(connection: imaplib.IMAP4) -> int:
    _, found = connection.response("UIDVALIDITY")
    return int(found[0]) if found and found[0] else 0


def _ok(answer: tuple[str, Sequence[Any]]) -> Sequence[Any]:
    """Return what the server said; raises IMAP4.error when it refused."""
    kind, data = answer
    if kind != "OK":
        said = data[0] if data and isinstance(data[0], bytes) else b""
        raise imaplib.IMAP4.error(said.decode("utf-8", "replace"))
    return data
