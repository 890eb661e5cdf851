"""Paragraphs of templates hold words and buttons only: a browser ends one where a form or a list begins.

What stands after it is then laid out by itself, and no validator of the answers says so.
"""

from __future__ import annotations

import re
from pathlib import Path

TEMPLATES = Path(__file__).parents[3] / "templates"
PARAGRAPH = re.compile(r"<p\b[^>]*>(.*?)</p>", re.DOTALL)
BLOCK = re.compile(
    r"<(form|div|ul|ol|dl|p|section|table|fieldset|details)\b"
    r"|\b(post_button|keep_button|subscribe|callout|field|textarea|select|checkbox)\("
)


def broken(template: str) -> list[str]:
    """Return the paragraphs of a template that a browser would end early."""
    return [one[0] for one in PARAGRAPH.finditer(template) if BLOCK.search(one[1])]


def test_a_form_in_a_paragraph_is_found() -> None:
    assert broken("<p>{{ words }}</p><p class='cluster'>{{ post_button('/x', 'x') }}</p>") == [
        "<p class='cluster'>{{ post_button('/x', 'x') }}</p>"
    ]


def test_paragraphs_hold_no_blocks() -> None:
    found = {path.name: broken(path.read_text(encoding="utf-8")) for path in TEMPLATES.rglob("*.html")}
    assert {name: paragraphs for name, paragraphs in found.items() if paragraphs} == {}
