"""Badge tokens: 128 random bits in upper-case base32, which a small QR code holds and a person can type."""

from __future__ import annotations

import base64
import re
import secrets

BYTES = 16
TOKEN = re.compile(r"[A-Z2-7]{26}")
IN_ADDRESS = re.compile(r"(?<![A-Z2-7])[A-Z2-7]{26}(?![A-Z2-7])")
SEPARATORS = re.compile(r"[\s\u200b\u200e\u2060\ufeff\-_.·–—]+")
LOOK_ALIKE = str.maketrans("018", "OIB")


def new_token() -> str:
    """Return a fresh token: 26 characters `A-Z2-7`, with nothing about a person in it."""
    return base64.b32encode(secrets.token_bytes(BYTES)).decode().rstrip("=")


def read_token(text: str) -> str | None:
    """Return the token in what was scanned or typed, or None when there is none.

    Takes lower case, full-width letters, spaces, hyphens, digits typed for the letters they look like (0, 1
    and 8 are not in the alphabet), and an address that contains the token.
    """
    upper = _narrow(text).upper()
    if "://" in upper:
        found = IN_ADDRESS.search(upper)
        return found.group() if found else None
    compact = SEPARATORS.sub("", upper).translate(LOOK_ALIKE)
    return compact if TOKEN.fullmatch(compact) else None


def _narrow(text: str) -> str:
    """Replace full-width letters and digits (U+FF01 to U+FF5E) by the plain ones."""
    return "".join(chr(ord(c) - 0xFEE0) if "\uff01" <= c <= "\uff5e" else c for c in text)
