"""Finding a guest by a part of name, organisation, seat, number or party, and by initial consonants.

Gate and desk find the same people. Case, spaces, punctuation and accents do not matter, nor does the order of the
words: `obrien` finds Siobhán O’Brien-Smythe, `Uzumaki Naruto` finds Naruto Uzumaki.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from conference_hub.people.model import Guest

FIRST_SYLLABLE = 0xAC00
LAST_SYLLABLE = 0xD7A3
SYLLABLES_PER_INITIAL = 588
INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
KEPT_TEXTS = 50_000
"""Texts whose plain form is remembered: a list is read again after each change of it, and most of it is the same."""
PLAIN = str.maketrans({"đ": "d", "ø": "o", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})
"""Letters that Unicode does not take apart into a letter and an accent."""


@dataclass(frozen=True, kw_only=True)
class Searchable:
    """A guest with everything that a search compares, made once: `text` is plain, `initials` are the name's.

    `private` is what only the desk compares: e-mail and phone. Each line of a text is compared by itself: plain
    letters hold no end of a line.
    """

    guest: Guest
    name: str
    initials: str
    text: str
    private: str


def searchable(guest: Guest) -> Searchable:
    """Return a guest with what a search compares."""
    name = _plain(guest.shown.in_language("ko"))
    others = (
        guest.shown.in_language("en"),
        guest.pronunciation or "",
        guest.organisation or "",
        guest.seat or "",
        guest.number,
        guest.party or "",
    )
    return Searchable(
        guest=guest,
        name=name,
        initials=initials(name),
        text="\n".join((name, *(_plain(text) for text in others if text))),
        private="\n".join(_plain(text) for text in (guest.email, guest.phone) if text),
    )


def find(entries: Iterable[Searchable], wanted: str, *, private: bool = False) -> list[Guest]:
    """Return the guests that `wanted` fits, those whose name begins with it first, else in the order given.

    `ㅅㅇㅈ` and `석ㅇㅈ` find 석용주. An empty `wanted` finds nobody. `private`: e-mail and phone are compared, too.
    """
    asked = _asked(wanted)
    if not asked.needle:
        return []
    found = [
        entry
        for entry in entries
        if asked.fits(entry.text, entry.name, entry.initials) or (private and asked.needle in entry.private)
    ]
    return [entry.guest for entry in sorted(found, key=lambda entry: not _begins(entry, asked.needle))]


def holds(texts: Iterable[str | None], wanted: str) -> bool:
    """Return whether texts of anything fit `wanted` by the rules by which guests are found; the first is its name."""
    asked, plain = _asked(wanted), [_plain(text) if text else "" for text in texts]
    return bool(asked.needle) and asked.fits("\n".join(plain), plain[0], initials(plain[0]))


def initials(text: str) -> str:
    """Return `text` with each Hangul syllable replaced by its initial consonant."""
    return "".join(_initial(letter) for letter in text)


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """What somebody searches for: all of it in a row, and word by word.

    `partly` finds names by initial consonants beside whole syllables, as when somebody is still typing.
    """

    needle: str
    words: tuple[str, ...]
    only_initials: bool
    partly: re.Pattern[str] | None

    def fits(self, text: str, name: str, name_initials: str) -> bool:
        """Return whether a plain text, or the plain name in it, is what is searched for."""
        return (
            self.needle in text
            or (self.only_initials and self.needle in name_initials)
            or (self.partly is not None and self.partly.search(name) is not None)
            or (len(self.words) > 1 and all(word in text for word in self.words))
        )


def _asked(wanted: str) -> _Asked:
    needle = _plain(wanted)
    only_initials = all(letter in INITIALS for letter in needle)
    some = not only_initials and any(letter in INITIALS for letter in needle)
    return _Asked(
        needle=needle,
        words=tuple(_plain(word) for word in wanted.split()),
        only_initials=only_initials,
        partly=re.compile("".join(map(_any_syllable, needle))) if some else None,
    )


def _any_syllable(letter: str) -> str:
    """Return the pattern of a letter; that of an initial consonant fits every syllable that begins with it, too."""
    if letter not in INITIALS:
        return re.escape(letter)
    first = FIRST_SYLLABLE + INITIALS.index(letter) * SYLLABLES_PER_INITIAL
    return f"[{letter}{chr(first)}-{chr(first + SYLLABLES_PER_INITIAL - 1)}]"


def _begins(entry: Searchable, needle: str) -> bool:
    return entry.name.startswith(needle) or entry.initials.startswith(needle)


@lru_cache(maxsize=KEPT_TEXTS)
def _plain(text: str) -> str:
    """Return letters and digits alone, lower case, without accents; Hangul in whole syllables."""
    folded = text.casefold()
    if not text.isascii():
        folded = unicodedata.normalize("NFC", folded).translate(PLAIN)
        folded = "".join(map(_bare, folded))
    return "".join(letter for letter in folded if letter.isalnum())


def _bare(letter: str) -> str:
    """Return a letter without its accents; `㈜` becomes `(주)`."""
    if letter in INITIALS or FIRST_SYLLABLE <= ord(letter) <= LAST_SYLLABLE:
        return letter
    apart = unicodedata.normalize("NFKD", letter)
    return unicodedata.normalize("NFC", "".join(one for one in apart if not unicodedata.combining(one)))


def _initial(letter: str) -> str:
    if not FIRST_SYLLABLE <= ord(letter) <= LAST_SYLLABLE:
        return letter
    return INITIALS[(ord(letter) - FIRST_SYLLABLE) // SYLLABLES_PER_INITIAL]
