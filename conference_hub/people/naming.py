"""What people type or paste into a field, as it is kept: without invisible characters, in one spelling, never split.

A name is one text. Nothing here guesses which part of it is the family name.
"""

from __future__ import annotations

import re
import unicodedata

INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
"""Zero-width spaces, soft hyphens, byte order marks and marks of direction. Joiners stay: some scripts need them."""


def clean_line(text: str) -> str:
    """Return a text of one line: NFC, no invisible characters, single spaces, none at the ends."""
    visible = INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return " ".join(visible.split())


def clean_text(text: str) -> str:
    """Return a text of several lines, each as `clean_line` gives it; empty lines at the ends go."""
    return "\n".join(clean_line(line) for line in text.splitlines()).strip("\n")


def clean_email(text: str) -> str:
    """Return an address as it is kept and compared: no spaces inside, lower case."""
    return "".join(clean_line(text).split()).lower()


def hid_something(text: str) -> bool:
    """Return whether a text had characters that nobody sees, so that its sender is told that they were taken out."""
    return bool(INVISIBLE.search(text))
