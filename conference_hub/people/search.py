"""Finding a guest at the gate: by a part of name or organisation, by initial consonants, by seat."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from conference_hub.people.model import Guest

FIRST_SYLLABLE = 0xAC00
LAST_SYLLABLE = 0xD7A3
SYLLABLES_PER_INITIAL = 588
INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"


@dataclass(frozen=True, kw_only=True)
class Searchable:
    """A guest with everything that a search compares, made once: `texts` are plain, `initials` are the name's."""

    guest: Guest
    name: str
    initials: str
    texts: tuple[str, ...]


def searchable(guest: Guest) -> Searchable:
    """Return a guest with what a search compares."""
    name = _plain(guest.shown.in_language("ko"))
    others = (guest.shown.in_language("en"), guest.organisation or "", guest.seat or "")
    return Searchable(
        guest=guest, name=name, initials=initials(name), texts=(name, *(_plain(text) for text in others))
    )


def find(entries: Iterable[Searchable], wanted: str) -> list[Guest]:
    """Return the guests that `wanted` fits, those whose name begins with it first, else in the order given.

    Case and spaces do not matter; `ㅅㅇㅈ` finds 석용주. An empty `wanted` finds nobody.
    """
    needle = _plain(wanted)
    only_initials = all(letter in INITIALS for letter in needle)
    found = [entry for entry in entries if needle and _fits(entry, needle, only_initials=only_initials)]
    return [entry.guest for entry in sorted(found, key=lambda entry: not _begins(entry, needle))]


def initials(text: str) -> str:
    """Return `text` with each Hangul syllable replaced by its initial consonant."""
    return "".join(_initial(letter) for letter in text)


def _fits(entry: Searchable, needle: str, *, only_initials: bool) -> bool:
    return any(needle in text for text in entry.texts) or (only_initials and needle in entry.initials)


def _begins(entry: Searchable, needle: str) -> bool:
    return entry.name.startswith(needle) or entry.initials.startswith(needle)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).casefold().split())


def _initial(letter: str) -> str:
    if not FIRST_SYLLABLE <= ord(letter) <= LAST_SYLLABLE:
        return letter
    return INITIALS[(ord(letter) - FIRST_SYLLABLE) // SYLLABLES_PER_INITIAL]
