"""What is wrong with a file, by sheet, row and column or by JSON path, and what was mended while it was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from conference_hub.core.errors import msg
from conference_hub.core.text import Text


@dataclass(frozen=True, kw_only=True)
class Message:
    """A sentence for people: a msgid with `%(name)s` placeholders, and what fills them."""

    text: str
    detail: Mapping[str, object] = field(default_factory=dict)


class CellError(Exception):
    """A cell that cannot be read; `message` says why, without naming the place."""

    def __init__(self, text: str, /, **detail: object) -> None:
        super().__init__(text)
        self.message = Message(text=text, detail=detail)


@dataclass(frozen=True, kw_only=True)
class Fault:
    """Something wrong, or (`Reading.remarks`) mended, at one place of a file.

    `sheet` names the sheet or part, `row` counts as the program that made the file does (the heading is row 1),
    `column` is the heading of the column, `path` the place in a JSON file (`guests[3].email`). What is
    unknown is empty.
    """

    message: Message
    sheet: Text | None = None
    row: int | None = None
    column: Text | None = None
    path: str = ""
    value: str = ""


LONGEST_SHOWN = 60


def shown(value: object) -> str:
    """Return a value of a file for a sentence, cut where it would not fit."""
    text = "" if value is None else str(value).replace("\n", " ")
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"


NEEDED = msg("꼭 필요한 항목입니다.")
