"""Header fields of mails (RFC 5322, RFC 2047): one line of words, Korean ones too, whole in every mail program.

The newer interface of the standard library loses blanks between long words of a subject that has other letters than
ASCII (seen with Python 3.11); the older one, `email.header`, does not.
"""

from __future__ import annotations

import unicodedata
from email.header import Header
from email.headerregistry import Address
from email.utils import formataddr, parseaddr

LONGEST_LINE = 76
"""Characters of a line with encoded words (RFC 2047)."""


def words(text: str) -> str:
    """Return the value of a field of words; line breaks and control characters are blanks."""
    line = one_line(text)
    if _plain(line):
        return line
    return Header(line, "utf-8", maxlinelen=LONGEST_LINE, header_name="Subject").encode()


def mailbox(name: str, address: str) -> str:
    """Return the value of a field that names one person; raises ValueError for what is no address."""
    check_address(address)
    shown = one_line(name)
    if _plain(shown):
        return formataddr((shown, address))
    value = Header(shown, "utf-8", maxlinelen=LONGEST_LINE, header_name="From")
    value.append(f"<{address}>", "us-ascii")
    return value.encode()


def read_mailbox(text: str) -> tuple[str, str]:
    """Return name and address of `Name <address>`."""
    return parseaddr(text)


def check_address(address: str) -> None:
    """Refuse what cannot stand in a header as the address of one person; raises ValueError."""
    try:
        address.encode("ascii")
        _local, _domain = address.split("@")
        Address(addr_spec=address)
    except (ValueError, IndexError) as error:
        message = f"no mail address: {address!r}"
        raise ValueError(message) from error


def one_line(text: str) -> str:
    """Return a text on one line, without control characters and halves of letters."""
    whole = text.encode("utf-8", "replace").decode()
    printed = "".join(" " if unicodedata.category(letter) == "Cc" else letter for letter in whole)
    return " ".join(printed.split())


def _plain(line: str) -> bool:
    """Return whether a text can stand in a header as it is, and is not taken for an encoded one."""
    return line.isascii() and "=?" not in line
