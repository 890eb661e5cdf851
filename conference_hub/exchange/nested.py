"""Cells that hold several values, values by column, and names of what stands in another part."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from pydantic import BaseModel
from typing_extensions import override

from conference_hub.core.errors import msg
from conference_hub.exchange.cells import Cell, Context, LineCell, Raw, Reading, text_of
from conference_hub.exchange.faults import CellError

MOST_ITEMS = 100
TOO_MANY = msg("%(most)s개까지 적을 수 있습니다.")
NO_LIST = msg("목록이어야 합니다.")


@dataclass(frozen=True)
class ListCell(Cell):
    """Several lines of text, separated by line breaks or `;`."""

    longest: int = 200
    hint: ClassVar[str] = msg("여럿이면 ; 또는 줄바꿈으로 나눕니다")

    @override
    def read(self, raw: Raw, context: Context) -> Reading:
        """Return the texts that are not empty."""
        return Reading(value=self.accept([one for one in re.split(r"[;\n]", text_of(raw)) if one.strip()]))

    @override
    def write(self, value: Any, context: Context) -> Raw:
        """Write one text a line."""
        return "\n".join(value) or None

    def accept(self, value: Any) -> Any:
        """Return the texts, cleaned."""
        if not isinstance(value, list | tuple):
            raise CellError(NO_LIST)
        if len(value) > MOST_ITEMS:
            raise CellError(TOO_MANY, most=MOST_ITEMS)
        return tuple(LineCell(self.longest).accept(one) for one in value)


@dataclass(frozen=True)
class ItemsCell(Cell):
    r"""Several small things of one model, one a line or separated by `;`: its fields, texts, are separated by `|`.

    A text that has one of these marks is written with a backslash before it: `x\;y`.
    """

    item: type[BaseModel]

    @override
    def read(self, raw: Raw, context: Context) -> Reading:
        """Return the items as objects of JSON; pydantic reads them on."""
        lines = [one for one in re.split(r"(?<!\\);|\n", text_of(raw)) if one.strip()]
        if len(lines) > MOST_ITEMS:
            raise CellError(TOO_MANY, most=MOST_ITEMS)
        return Reading(value=tuple(self._item(line) for line in lines))

    @override
    def write(self, value: Any, context: Context) -> Raw:
        """Write one item a line."""
        return "\n".join(self._line(one) for one in value) or None

    def accept(self, value: Any) -> Any:
        """Bound the number of items."""
        if not isinstance(value, list | tuple):
            raise CellError(NO_LIST)
        if len(value) > MOST_ITEMS:
            raise CellError(TOO_MANY, most=MOST_ITEMS)
        return tuple(value)

    def _item(self, line: str) -> Mapping[str, str]:
        parts = [re.sub(r"\\([;|｜])", r"\1", part.strip()) for part in re.split(r"(?<!\\)[|｜]", line)]
        names = list(self.item.model_fields)
        if len(parts) > len(names):
            raise CellError(msg("|로 나눈 칸이 너무 많습니다: %(value)s"), value=line.strip())
        return {name: part for name, part in zip(names, parts, strict=False) if part}

    def _line(self, one: BaseModel) -> str:
        words = [str(getattr(one, name) or "") for name in self.item.model_fields]
        marked = [re.sub(r"([;|｜])", r"\\\1", word.replace("\n", " ")) for word in words]
        return re.sub(r"(?: \| )+$", "", " | ".join(marked))


@dataclass(frozen=True)
class ByColumnCell(Cell):
    """Texts by name, each name a column of its own (`notes`: a column for each department); one is a `LineCell`.

    Which columns there are says `Part.extra`.
    """

    longest: int = 2000

    @property
    def line(self) -> LineCell:
        """The kind of one text."""
        return LineCell(self.longest, several_lines=True)

    def accept(self, value: Any) -> Any:
        """Return the texts that are not empty, by name."""
        if not isinstance(value, Mapping):
            raise CellError(msg("JSON 객체여야 합니다."))
        if len(value) > MOST_ITEMS:
            raise CellError(TOO_MANY, most=MOST_ITEMS)
        return {LineCell().accept(name): self.line.accept(text) for name, text in value.items() if text}


@dataclass(frozen=True)
class ReferenceCell(LineCell):
    """The human key of a record in another part: a title in the main language, a number, an address.

    That it is there is checked by the merge (`Part.names` of that part); `part` is the name of it. `creates`: a row may
    name what is not there yet, and it is made with it (`Part.named`).
    """

    longest: int = 200
    several_lines: bool = False
    part: str = ""
    creates: bool = False
