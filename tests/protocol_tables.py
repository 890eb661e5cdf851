"""The tables of `docs/protocol.md`, which tests compare with what the server sends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

PROTOCOL = Path(__file__).parents[1] / "docs" / "protocol.md"
CODE = re.compile(r"`([^`]+)`")


def text_after(words: str) -> str:
    """Return the rest of the sentence of the document that begins with `words`, on the same line."""
    return PROTOCOL.read_text(encoding="utf-8").partition(words)[2].partition("\n")[0]


def rows(heading: str) -> Iterator[list[str]]:
    """Yield the cells of each row whose first cell is code, of the section under `## heading`."""
    section = PROTOCOL.read_text(encoding="utf-8").partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    for line in section.splitlines():
        if line.startswith("| `"):
            yield [cell.strip() for cell in line.strip("|").split("|")]
