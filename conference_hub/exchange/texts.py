"""Texts as they come from files: composed, without what nobody sees, without spaces around."""

from __future__ import annotations

import re
import unicodedata

from conference_hub.core.errors import msg
from conference_hub.exchange.faults import Message

UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ud800-\udfff\ufeff]"
)
"""Controls, zero-width characters and direction marks; joiners (U+200C, U+200D) stay where a script needs them."""
JOINER = re.compile("(?<![\u0600-\u0dff\U0001f000-\U0001ffff\u2600-\u27bf\ufe0f])[\u200c\u200d]")
"""A joiner behind a letter of a script that does not join: Latin, Hangul, Han."""
LINES = re.compile("\r\n|\r|\u2028|\u2029")

CLEANED = Message(text=msg("보이지 않는 문자를 지웠습니다."))


def clean_line(text: str) -> tuple[str, Message | None]:
    """Return a text of one line as it is kept, and what to say when unseen characters were taken out."""
    kept, remark = _clean(text)
    return " ".join(kept.split()), remark


def clean_lines(text: str) -> tuple[str, Message | None]:
    """Return a text of several lines as it is kept, as `clean_line` does."""
    kept, remark = _clean(text)
    return "\n".join(line.strip() for line in kept.split("\n")).strip(), remark


def _clean(text: str) -> tuple[str, Message | None]:
    lines = LINES.sub("\n", text)
    seen = JOINER.sub("", UNSEEN.sub("", lines))
    return unicodedata.normalize("NFC", seen), CLEANED if seen != lines else None
