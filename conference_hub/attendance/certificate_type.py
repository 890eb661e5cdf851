"""The type of certificates: Pretendard, with Noto Sans for Hanja and for Arabic; words are set as they are read.

Text of both directions is put in order (Unicode bidirectional algorithm) and cut into runs of one face; Arabic is
shaped by HarfBuzz, so that its letters join. A letter that no face has cannot be set: `covers` says so.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

from bidi import get_display
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import ShapedStr, TTFont, shapeStr

from conference_hub.core.files import STATIC

REGULAR, BOLD = "Pretendard-Regular", "Pretendard-Bold"
HANJA, ARABIC = "NotoSansKR-Bold", "NotoSansArabic-Bold"
FILES = {
    REGULAR: ("pretendard", "Pretendard-Regular.ttf"),
    BOLD: ("pretendard", "Pretendard-Bold.ttf"),
    HANJA: ("@expo-google-fonts/noto-sans-kr", "700Bold/NotoSansKR_700Bold.ttf"),
    ARABIC: ("@expo-google-fonts/noto-sans-arabic", "700Bold/NotoSansArabic_700Bold.ttf"),
}
"""The library and the file of each face, as `tools/vendor.mjs` puts them."""
OTHERS = (HANJA, ARABIC)
"""The faces of letters that Pretendard does not have, in the order in which they are asked."""
RIGHT_TO_LEFT = frozenset({"R", "AL"})
OPENING, CLOSING = "([{<«‹", ")]}>»›"
UNITS = 1000
"""Of the type size: in such units HarfBuzz's advances come from reportlab."""
MIRRORED = dict(zip(OPENING + CLOSING, CLOSING + OPENING, strict=True))


@dataclass(frozen=True)
class Run:
    """Letters of one face and one direction, in the order in which they are read."""

    face: str
    words: str


def covers(text: str) -> bool:
    """Return whether the type has every letter of a text."""
    return all(_face(one, BOLD) is not None for one in _composed(text))


def runs(text: str, face: str) -> list[Run]:
    """Return the runs of a line in the order in which they stand on it, from the left; `face` is the one wanted."""
    shown = [(one, _face(one, face) or face) for one in _ordered(_composed(text))]
    found = []
    for (used, backward), letters in groupby(shown, key=lambda one: (one[1], _backward(*one))):
        words = "".join(letter for letter, _face_of in letters)
        found.append(Run(used, words[::-1] if backward else words))
    return found


def width(text: str, face: str, size: float) -> float:
    """Return how wide a line is, in points."""
    return sum(_advance(run, shaped, size) for run, shaped in _shaped(text, face, size))


def draw(canvas: Any, x: float, y: float, text: str, face: str, size: float) -> None:
    """Set a line that begins at `x`, in the colour of the canvas."""
    for run, shaped in _shaped(text, face, size):
        line = canvas.beginText(x, y)
        line.setFont(run.face, size)
        line.textOut(shaped)
        canvas.drawText(line)
        x += _advance(run, shaped, size)


@cache
def register() -> None:
    """Make the faces known; the first time takes a moment."""
    vendor = json.loads((STATIC / "vendor" / "manifest.json").read_text(encoding="utf-8"))
    for face, (library, file) in FILES.items():
        pdfmetrics.registerFont(TTFont(face, str(STATIC / "vendor" / vendor[library] / file)))


def _shaped(text: str, face: str, size: float) -> Iterator[tuple[Run, str]]:
    """Yield each run with its glyphs in the order in which they stand, as reportlab writes them."""
    for run in runs(text, face):
        yield run, shapeStr(run.words, run.face, size) if run.face == ARABIC else run.words


def _advance(run: Run, shaped: str, size: float) -> float:
    if isinstance(shaped, ShapedStr):
        return float(sum(one.x_advance for one in shaped.__shapeData__) * size / UNITS)
    return float(pdfmetrics.stringWidth(shaped, run.face, size))


def _ordered(text: str) -> str:
    """Return the letters of a line from left to right; brackets that turned round with their words are mirrored."""
    if not any(unicodedata.bidirectional(one) in RIGHT_TO_LEFT for one in text):
        return text
    depth, found = 0, []
    for letter in get_display(text):
        step = (letter in OPENING) - (letter in CLOSING)
        turned = depth < 0 or (depth == 0 and step < 0)
        found.append(MIRRORED[letter] if step and turned else letter)
        depth += step
    return "".join(found)


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


@cache
def _letters(face: str) -> frozenset[int]:
    register()
    return frozenset(pdfmetrics.getFont(face).face.charToGlyph)


def _face(letter: str, wanted: str) -> str | None:
    """Return the face that sets a letter, None where no face has it."""
    return next((face for face in (wanted, *OTHERS) if ord(letter) in _letters(face)), None)


def _backward(letter: str, face: str) -> bool:
    """Return whether a letter is in a run from the right; vowel signs and digits go with the letters of their face.

    HarfBuzz sets all of an Arabic run from the right, and so takes digits in the other order too.
    """
    kind = unicodedata.bidirectional(letter)
    return kind in RIGHT_TO_LEFT or (kind in {"NSM", "AN"} and face == ARABIC)
