"""Badge tokens: 128 random bits in upper-case base32, which a small QR code holds and a person can type.

`static/js/checkin/reading/token.js` reads in the same way; tests/golden/badge-codes.json holds both to it.
"""

from __future__ import annotations

import base64
import re
import secrets
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

BYTES = 16
LENGTH = 26
TOKENS = re.compile(r"(?:[A-Z2-7]{26})+")
"""One token, or several that ran together because the scanner sent nothing between them."""
IN_ADDRESS = re.compile(r"(?<![A-Z0-9])[A-Z2-7]{26}(?![A-Z0-9])")
SCHEME = re.compile(r"(?=HTTPS?://)")
HOST = re.compile(r"(?:HTTPS?:)?//[^/?#]*|^[^/?#]*\.[^/?#]*(?=/)")
ESCAPES = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)
"""What frames a code (STX, ETX, EOT, GS) or marks the direction and joining of letters."""
BLANKS = re.compile(r"[\t-\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
SEPARATORS = re.compile(r"[\t-\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\-_.·–—]+")
SYMBOLOGY = re.compile(r"\][A-Z][0-9A-Z]")
"""The AIM identifier that a reader can put before a code: `]Q1` for a QR code."""
SIGNS = re.compile(r"[^A-Z0-9\t-\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\-_.·–—]+")
LOOK_ALIKE = str.maketrans("018", "OIB")
CAPITALS = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def new_token() -> str:
    """Return a fresh token: 26 characters `A-Z2-7`, with nothing about a person in it."""
    return base64.b32encode(secrets.token_bytes(BYTES)).decode().rstrip("=")


def read_token(text: str) -> str | None:
    """Return the token in what was scanned or typed, or None when there is none, or more than one."""
    tokens = read_tokens(text)
    return tokens[0] if len(tokens) == 1 else None


def read_tokens(text: str) -> tuple[str, ...]:
    """Return the tokens in what was scanned or typed, in their order; two scans that ran together are two.

    Takes lower case, full-width letters, spaces, hyphens, digits typed for the letters they look like (0, 1
    and 8 are not in the alphabet), what readers put around a code (AIM identifiers, control characters, quotes,
    a word before it), and an address that contains the token, with or without its scheme, percent-encoded too.
    The host of an address is never a token.
    """
    plain = UNSEEN.sub("", _narrow(_unescaped(text))).translate(CAPITALS)
    if "/" in plain:
        return tuple(token for address in SCHEME.split(plain) for token in _in_address(address))
    return next((found for found in _readings(plain) if found), ())


def _in_address(address: str) -> list[str]:
    found: list[str] = IN_ADDRESS.findall(HOST.sub("", address.strip(), count=1))
    return list(dict.fromkeys(found))


def _readings(plain: str) -> Iterator[tuple[str, ...]]:
    """Read the whole, then what signs divide, then what signs and blanks divide."""
    framed = SYMBOLOGY.sub("*", plain)
    yield _whole(plain)
    yield tuple(token for piece in SIGNS.split(framed) for token in _whole(piece))
    yield tuple(token for piece in SIGNS.split(BLANKS.sub("*", framed)) for token in _whole(piece))


def _whole(piece: str) -> tuple[str, ...]:
    compact = SEPARATORS.sub("", piece).translate(LOOK_ALIKE)
    if not TOKENS.fullmatch(compact):
        return ()
    return tuple(compact[start : start + LENGTH] for start in range(0, len(compact), LENGTH))


def _narrow(text: str) -> str:
    """Replace full-width letters and digits (U+FF01 to U+FF5E) by the plain ones."""
    return "".join(chr(ord(c) - 0xFEE0) if "\uff01" <= c <= "\uff5e" else c for c in text)


def _unescaped(text: str) -> str:
    """Decode `%XX`; what is no UTF-8 stays as it is."""
    return ESCAPES.sub(_decoded, text)


def _decoded(match: re.Match[str]) -> str:
    try:
        return unquote_to_bytes(match.group()).decode()
    except UnicodeDecodeError:
        return match.group()
