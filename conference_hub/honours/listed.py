"""Guests of honour as people paste them: one a line, the parts separated by `|` or, from a sheet, by tabs."""

from __future__ import annotations

from collections.abc import Callable

from conference_hub.core.errors import Invalid, msg
from conference_hub.core.text import Text
from conference_hub.exchange.texts import clean_line
from conference_hub.honours.model import Honour, HonourId

MOST = 200
LONGEST = (80, 120, 120, 500)
"""How long name, office, organisation and note may be."""


def read_lines(text: str, language: str, new_id: Callable[[], str]) -> tuple[Honour, ...]:
    """Return the guests of honour of lines like `이름 | 직함 | 소속 | 메모`; the office is in `language`.

    Raises Invalid (`lines`), which says the line.
    """
    lines = [line for line in text.splitlines() if line.replace("|", "").strip()]
    if len(lines) > MOST:
        raise Invalid(msg("%(most)s줄까지 적을 수 있습니다."), field="lines", most=MOST)
    return tuple(_honour(line, language, HonourId(new_id())) for line in lines)


def _honour(line: str, language: str, honour_id: HonourId) -> Honour:
    parts = [clean_line(part)[0] for part in line.split("\t" if "\t" in line else "|")]
    while parts and not parts[-1]:
        parts.pop()
    fits = len(parts) <= len(LONGEST) and all(
        len(part) <= most for part, most in zip(parts, LONGEST, strict=False)
    )
    name, office, organisation, note = [*parts, "", "", "", ""][: len(LONGEST)]
    if not fits or not (name or office):
        raise Invalid(
            msg("이 줄을 읽을 수 없습니다: %(line)s"), field="lines", line=clean_line(line)[0][: LONGEST[0]]
        )
    return Honour(
        id=honour_id,
        name=name or None,
        office=Text.of({language: office}) if office else None,
        organisation=organisation or None,
        note=note or None,
    )
