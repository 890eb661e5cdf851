"""Names where strangers can read them: `홍*동`. It is split into words, never into family and given name."""

from __future__ import annotations

import unicodedata

STAR = "*"
SYLLABIC = ("HANGUL", "CJK", "HIRAGANA", "KATAKANA")
SHORT = 2


def mask(name: str) -> str:
    """Return `name` with most letters of each word replaced by stars.

    A word of Korean, Chinese or Japanese script keeps its first and last letter (`홍길동` → `홍*동`), one of
    two letters only the first (`정철` → `정*`); any other word keeps its first letter (`John Smith` →
    `J*** S****`). A name of one letter becomes a star.
    """
    words = unicodedata.normalize("NFC", name).split()
    if len(words) == 1 and len(words[0]) == 1:
        return STAR
    return " ".join(_mask_word(word) for word in words)


def _mask_word(word: str) -> str:
    if len(word) <= SHORT or not unicodedata.name(word[0], "").startswith(SYLLABIC):
        return word[0] + STAR * (len(word) - 1)
    return word[0] + STAR * (len(word) - 2) + word[-1]
