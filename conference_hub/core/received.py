"""A mail that somebody sent to the hub, read with bounded work: whoever writes to the hub's address is a stranger.

Python's parser of mails takes quadratic time over some inputs (many parts, long headers with many parameters), so
what no mail program writes is refused before it is parsed.
"""

from __future__ import annotations

import codecs
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
MOST_OF_A_TEXT = 200_000
"""Bytes of a part that are read as text."""
MOST_DEPTH = 10
_STRUCTURE = re.compile(
    rb"(?im)^content-(?:type|disposition|transfer-encoding):[^\r\n]*(?:[\r\n]+[ \t][^\r\n]*)*"
)
_HEADER = re.compile(rb"(?m)^[!-9;-~]{1,80}:")
_DELIMITER = re.compile(rb"(?m)^--")
_NO_TEXT = re.compile("[\x00\ud800-\udfff]")
"""What no database takes as text."""
CHARSETS = frozenset(
    {
        *("ascii", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"),
        *(f"iso8859-{number}" for number in (*range(1, 12), *range(13, 17))),
        *(f"cp{number}" for number in range(1250, 1259)),
        *("koi8-r", "koi8-u", "mac-roman", "tis-620"),
        *("cp949", "euc_kr", "johab", "iso2022_kr"),
        *("cp932", "shift_jis", "euc_jp", "iso2022_jp", "iso2022_jp_1", "iso2022_jp_2"),
        *("gb2312", "gbk", "gb18030", "big5", "big5hkscs", "cp950"),
    }
)
"""The charsets in which mail programs write, as Python names them. Others that Python knows are no charsets of mails:
some take quadratic time (punycode), some write what is no text (unicode_escape)."""


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
        opens = part.get_content_maintype() != "message" or into_messages
        if opens and depth < MOST_DEPTH:
            waiting += [(one, depth + 1) for one in reversed(parts_within(part))]


def parts_within(part: Message) -> list[Message]:
    """Return the parts that stand in a part; what is text is not decoded for it."""
    payload = part.get_payload() if part.is_multipart() else ()
    return [one for one in payload if isinstance(one, Message)]


def text_of(part: Message) -> str:
    """Return the text of a part, cut at MOST_OF_A_TEXT; what cannot be decoded, or stored, is replaced."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    return _as_text(data[:MOST_OF_A_TEXT].decode(_charset(part), "replace"))


def field_of(mail: Message, name: str) -> str:
    """Return a header field in one line, cut at a length that is safe to read; empty when there is none."""
    try:
        return " ".join(_as_text(str(mail.get(name, ""))[:MOST_OF_A_FIELD]).split())
    except (ValueError, LookupError):
        return ""


def address_in(words: str) -> str:
    """Return the address in a header field, in small letters; empty for none, and for comments in comments."""
    try:
        return parseaddr(words[:MOST_OF_A_FIELD])[1].casefold()
    except RecursionError:
        return ""


def _charset(part: Message) -> str:
    """Return in which of CHARSETS a part is written, UTF-8 where it names none of them."""
    try:
        found = codecs.lookup(part.get_content_charset() or "utf-8").name
    except (ValueError, LookupError, TypeError):
        return "utf-8"
    return found if found in CHARSETS else "utf-8"


def _as_text(words: str) -> str:
    return _NO_TEXT.sub("\ufffd", words)
