"""The numbers by which files and people name a guest: the list gives the next whole number to whoever has none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from conference_hub.people.model import Guest

KEPT_NUMBERS = 50_000
"""Numbers whose key is remembered: a page of the list sorts all guests."""


def with_numbers(guests: Sequence[Guest], taken: Iterable[str]) -> Iterator[Guest]:
    """Yield the guests, each with a number: those without one get whole numbers above all that are `taken`.

    A number that was given up is not given again, while a higher one is in use.
    """
    stated = [guest.number for guest in guests if guest.number]
    last = max(map(_whole, [*taken, *stated]), default=0)
    for guest in guests:
        if guest.number:
            yield guest
        else:
            last += 1
            yield replace(guest, number=str(last))


@lru_cache(maxsize=KEPT_NUMBERS)
def in_order(number: str) -> tuple[bool, int, str]:
    """Return the key by which numbers are sorted: whole numbers by size, then the others by their letters."""
    whole = _whole(number)
    return (not _is_whole(number), whole, number)


def _whole(number: str) -> int:
    return int(number) if _is_whole(number) else 0


def _is_whole(number: str) -> bool:
    return number.isascii() and number.isdigit()
