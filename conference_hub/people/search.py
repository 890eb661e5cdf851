"""Finding a guest at the gate: by a part of name or organisation, by initial consonants, by seat."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from conference_hub.people.model import Guest

FIRST_SYLLABLE = 0xAC00
LAST_SYLLABLE = 0xD7A3
SYLLABLES_PER_INITIAL = 588
INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"


def find(guests: Iterable[Guest], wanted: str) -> list[Guest]:
    """Return the guests that `wanted` fits, those whose name begins with it first, else in the order given.

    Case and spaces do not matter; `ㅅㅇㅈ` finds 석용주. An empty `wanted` finds nobody.
    """
    needle = _plain(wanted)
    found = [guest for guest in guests if needle and _fits(guest, needle)]
    return sorted(found, key=lambda guest: not _begins(guest, needle))


def initials(text: str) -> str:
    """Return `text` with each Hangul syllable replaced by its initial consonant."""
    return "".join(_initial(letter) for letter in text)


def _fits(guest: Guest, needle: str) -> bool:
    texts = [guest.shown.ko, guest.shown.en, guest.organisation or "", guest.seat or ""]
    if any(needle in _plain(text) for text in texts):
        return True
    return all(letter in INITIALS for letter in needle) and needle in initials(_plain(guest.shown.ko))


def _begins(guest: Guest, needle: str) -> bool:
    name = _plain(guest.shown.ko)
    return name.startswith(needle) or initials(name).startswith(needle)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).casefold().split())


def _initial(letter: str) -> str:
    if not FIRST_SYLLABLE <= ord(letter) <= LAST_SYLLABLE:
        return letter
    return INITIALS[(ord(letter) - FIRST_SYLLABLE) // SYLLABLES_PER_INITIAL]
