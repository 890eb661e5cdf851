"""A mail that somebody sent to the hub, read with bounded work: whoever writes to the hub's address is a stranger.

Python's parser of mails takes quadratic time over some inputs (many parts, long headers with many parameters), so
what no mail program writes is refused before it is parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message
from email.policy import compat32
from email.utils import parseaddr

MOST_BYTES = 1024 * 1024
MOST_DELIMITERS = 1_000
"""Lines that may begin a part."""
MOST_BOUNDARIES = 40
MOST_HEADERS = 5_000
MOST_OF_A_FIELD = 4_000
"""Characters of a header field that says how its part is to be read."""
MOST_PARTS = 100
MOST_DEPTH = 10
_STRUCTURE = re.compile(
    rb"(?im)^content-(?:type|disposition|transfer-encoding):[^\r\n]*(?:[\r\n]+[ \t][^\r\n]*)*"
)
_HEADER = re.compile(rb"(?m)^[!-9;-~]{1,80}:")
_DELIMITER = re.compile(rb"(?m)^--")


class UnreadableMail(ValueError):
    """A mail that cannot be read; the words say why, for the log."""


def read_mail(data: bytes) -> Message:
    """Return a mail; raises UnreadableMail for one that is too large, or made to be hard to read."""
    if len(data) > MOST_BYTES:
        raise UnreadableMail("too large")
    if len(_DELIMITER.findall(data)) > MOST_DELIMITERS or data.lower().count(b"boundary") > MOST_BOUNDARIES:
        raise UnreadableMail("too many parts")
    if len(_HEADER.findall(data)) > MOST_HEADERS:
        raise UnreadableMail("too many header fields")
    if any(len(found[0]) > MOST_OF_A_FIELD for found in _STRUCTURE.finditer(data)):
        raise UnreadableMail("a header field is too long")
    try:
        return message_from_bytes(data, policy=compat32)
    except (MessageError, RecursionError, ValueError, LookupError) as error:
        raise UnreadableMail(type(error).__name__) from error


def parts_of(mail: Message, *, into_messages: bool = False) -> Iterator[Message]:
    """Yield the parts of a mail, itself first, in their order; those of mails within it only on demand."""
    waiting, yielded = [(mail, 0)], 0
    while waiting and yielded < MOST_PARTS:
        part, depth = waiting.pop()
        yield part
        yielded += 1
        payload = part.get_payload()
        opens = part.get_content_maintype() != "message" or into_messages
        if isinstance(payload, list) and opens and depth < MOST_DEPTH:
            inner = [one for one in payload if isinstance(one, Message)]
            waiting += [(one, depth + 1) for one in reversed(inner)]


def text_of(part: Message) -> str:
    """Return the text of a part, whatever its encoding; what cannot be decoded is replaced."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    charset = _charset(part)
    try:
        return data.decode(charset, "replace")
    except (LookupError, ValueError):
        return data.decode("utf-8", "replace")


def field_of(mail: Message, name: str) -> str:
    """Return a header field in one line, cut at a length that is safe to read; empty when there is none."""
    try:
        return " ".join(str(mail.get(name, ""))[:MOST_OF_A_FIELD].split())
    except (ValueError, LookupError):
        return ""


def address_in(words: str) -> str:
    """Return the address in a header field, in small letters; empty for none."""
    return parseaddr(words[:MOST_OF_A_FIELD])[1].casefold()


def _charset(part: Message) -> str:
    try:
        return part.get_content_charset() or "utf-8"
    except (ValueError, LookupError, TypeError):
        return "utf-8"
