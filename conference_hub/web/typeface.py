"""Fonts of letters that the interface does not say, made of the font that set-up made of all of them.

HarfBuzz takes letters out of it in less than a millisecond; `tools/fonts.mjs` made it, and says what it is.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator
from functools import cache, lru_cache

import uharfbuzz

from conference_hub.core.files import STATIC
from conference_hub.web.assets import FONTS, HASH_LENGTH, manifest

TYPE = "font/ttf"
KEPT_FONTS = 32
"""Fonts that stay in memory once they are made: most have less than 20 kB."""


def letters_of(text: str) -> frozenset[str]:
    """Return the characters of a text that only the fonts have that pages load on demand."""
    return frozenset(set(text) & _all_letters())


def digest_of(letters: frozenset[str]) -> str:
    """Return by what a font of these letters is known in addresses; another version of the typeface has another."""
    said = "".join((manifest(FONTS)["all"], *sorted(letters)))
    return hashlib.sha256(said.encode()).hexdigest()[:HASH_LENGTH]


def face_of(letters: frozenset[str], url: str) -> str:
    """Return the CSS by which a browser loads a font of these letters where a page shows one of them.

    Its family stands before Hub Sans (`web-tokens.css`), which has them too, in fonts with many others.
    """
    return (
        "@font-face{font-family:'Hub Letters';font-weight:400 800;font-display:swap;"
        f"src:url('{url}') format('truetype');unicode-range:{','.join(_ranges(letters))}}}"
    )


@lru_cache(KEPT_FONTS)
def packed_font(letters: frozenset[str]) -> bytes:
    """Return a TrueType font of these letters in the weights 400 to 800, compressed by gzip."""
    asked = uharfbuzz.SubsetInput()
    asked.unicode_set.set({ord(letter) for letter in letters})
    return gzip.compress(uharfbuzz.subset(_source(), asked).blob.data, mtime=0)


@cache
def _source() -> uharfbuzz.Face:
    path = STATIC / FONTS / manifest(FONTS)["all"]
    return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path)))


@cache
def _all_letters() -> frozenset[str]:
    return frozenset(map(chr, _source().unicodes))


def _ranges(letters: frozenset[str]) -> Iterator[str]:
    codes = sorted(map(ord, letters))
    first = 0
    for index, code in enumerate(codes, 1):
        if index == len(codes) or codes[index] != code + 1:
            yield f"U+{codes[first]:x}" if code == codes[first] else f"U+{codes[first]:x}-{code:x}"
            first = index
