"""What is taken for an e-mail address and for a web address, wherever people or files give one."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

LONGEST_EMAIL = 254
"""RFC 5321, section 4.5.3.1.3, without the angle brackets."""
_EMAIL = re.compile(r"(?!.*\.\.)[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@(?:[A-Za-z0-9-]+\.)+[A-Za-z0-9-]{2,}")


def is_email(text: str) -> bool:
    """Return whether a mail server takes `text` as an address: plain characters, no quotes, a domain with a dot."""
    return len(text) <= LONGEST_EMAIL and _EMAIL.fullmatch(text) is not None


def is_web_address(text: str) -> bool:
    """Return whether `text` is the address of a page on the web, without a name or a password before its host."""
    return _host(text) is not None and not has_credentials(text)


def has_credentials(text: str) -> bool:
    """Return whether a name or a password stands before the host of a web address."""
    return _host(text) is not None and urlsplit(text).username is not None


def _host(text: str) -> str | None:
    try:
        parts = urlsplit(text)
        _ = parts.port  # raises for what is no number
    except ValueError:
        return None
    usable = parts.scheme in {"http", "https"} and text.isprintable() and " " not in text
    return parts.hostname if usable else None
