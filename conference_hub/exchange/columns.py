"""The columns of a record: which cells its fields have, and which heading of a file means which column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, get_args

from pydantic import BaseModel, ConfigDict
from pydantic.fields import FieldInfo

from conference_hub.core.text import Text
from conference_hub.exchange.cells import Cell, Context, LineCell, WordsCell
from conference_hub.exchange.fields import Heading
from conference_hub.exchange.nested import ByColumnCell

LANGUAGE_NAMES = {
    "ko": Text(ko="한국어", en="Korean"),
    "en": Text(ko="영어", en="English"),
}
LANGUAGE_WORDS = {
    "ko": ("한국어", "국문", "한글", "Korean", "ko", "kor"),
    "en": ("영어", "영문", "English", "en", "eng"),
}

NO_ALIASES: Mapping[str, tuple[str, ...]] = MappingProxyType({})


class Record(BaseModel):
    """A row of a part: frozen, and a field that is not declared is refused by its name."""

    model_config = ConfigDict(frozen=True, extra="forbid")


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of a part.

    `path` is the field, with the language of a `Text` or the name of a text by column behind a point: `title.en`,
    `notes.조명`.
    """

    path: str
    heading: Text
    cell: Cell
    aliases: tuple[str, ...] = ()
    needed: bool = False

    @property
    def field(self) -> str:
        """The field of the record."""
        return self.path.partition(".")[0]

    @property
    def words(self) -> set[str]:
        """What a heading may say, as `plain_heading` writes it."""
        return self.titles | {plain_heading(word) for word in self.aliases} - {""}

    @property
    def titles(self) -> set[str]:
        """What it is called itself: a heading that says so means this column, whatever others may also be called."""
        return {plain_heading(word) for word in (self.path, self.heading.ko, self.heading.en)} - {""}


def plain_heading(text: str) -> str:
    """Return a heading as it is compared: letters and digits only, in small letters."""
    return re.sub(r"[\W_]+", "", text.casefold())


def cells_of(record: type[Record]) -> Mapping[str, tuple[Heading, Cell]]:
    """Return heading and cell of each field, in the order of the columns."""
    return _cells_of(record)


@cache
def _cells_of(record: type[Record]) -> Mapping[str, tuple[Heading, Cell]]:
    return {name: _declared(name, field) for name, field in record.model_fields.items()}


def columns_of(record: type[Record], context: Context, extra: Iterable[Column] = ()) -> list[Column]:
    """Return the columns of a record in a conference; `extra` are those of a field with texts by column."""
    more = list(extra)
    return [
        column
        for name, (heading, cell) in cells_of(record).items()
        for column in _columns(
            name, heading, cell, context, more, needed=record.model_fields[name].is_required()
        )
    ]


def extra_columns(
    field: str, names: Iterable[str], longest: int = 2000, aliases: Mapping[str, tuple[str, ...]] = NO_ALIASES
) -> list[Column]:
    """Return the columns of a field with texts by column; `aliases` are what else their headings may say, by name."""
    line = LineCell(longest, several_lines=True)
    return [
        Column(
            path=f"{field}.{name}",
            heading=Text(ko=name, en=name),
            cell=line,
            aliases=aliases.get(name, ()),
        )
        for name in names
    ]


def flat(record: Record) -> dict[str, Any]:
    """Return the values of a record by path; a wording that is not given is None, a text by column may be missing."""
    return {path: value for name in type(record).model_fields for path, value in _flat(record, name)}


def flat_json(record: type[Record], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return by path what a JSON object states of a record; what has a wrong type stays at its field."""
    cells = cells_of(record)
    found: dict[str, Any] = {}
    for name, value in given.items():
        cell = cells[name][1] if name in cells else None
        if isinstance(cell, WordsCell | ByColumnCell) and isinstance(value, Mapping) and value:
            found |= {f"{name}.{key}": None if inner == "" else inner for key, inner in value.items()}
        else:
            found[name] = None if value == "" else value
    return found


def nested(record: type[Record], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a record from its values by path, for `model_validate`; empty values are left out."""
    cells = cells_of(record)
    fields: dict[str, Any] = {}
    for path, value in values.items():
        name, _, key = path.partition(".")
        if value is None or value == "":
            continue
        if key and name in cells and isinstance(cells[name][1], WordsCell | ByColumnCell):
            fields.setdefault(name, {})[key] = value
        else:
            fields[path] = value
    return fields


def _flat(record: Record, name: str) -> Iterator[tuple[str, Any]]:
    value, cell = getattr(record, name), cells_of(type(record))[name][1]
    if isinstance(cell, WordsCell):
        yield f"{name}.ko", (value and value.ko) or None
        yield f"{name}.en", (value and value.en) or None
    elif isinstance(cell, ByColumnCell):
        for key, inner in value.items():
            yield f"{name}.{key}", inner
    else:
        yield name, value


def _columns(
    name: str,
    heading: Heading,
    cell: Cell,
    context: Context,
    extra: list[Column],
    *,
    needed: bool,
) -> Iterator[Column]:
    if isinstance(cell, ByColumnCell):
        yield from (column for column in extra if column.field == name)
    elif isinstance(cell, WordsCell):
        for lang in context.languages:
            yield _wording(name, heading, cell, lang, needed=needed, context=context)
    else:
        yield Column(path=name, heading=heading.title, cell=cell, aliases=heading.aliases, needed=needed)


def _wording(
    name: str, heading: Heading, cell: WordsCell, lang: str, *, needed: bool, context: Context
) -> Column:
    main = lang == context.main
    bare = (heading.title.ko, heading.title.en, *heading.aliases)
    named = tuple(f"{word} ({language})" for word in bare for language in LANGUAGE_WORDS[lang])
    title = heading.title
    if not main:
        own = LANGUAGE_NAMES[lang]
        title = Text(ko=f"{title.ko} ({own.ko})", en=f"{title.en} ({own.en})")
    return Column(
        path=f"{name}.{lang}",
        heading=title,
        cell=cell.line,
        aliases=(*bare, *named) if main else named,
        needed=needed and main,
    )


def _declared(name: str, field: FieldInfo) -> tuple[Heading, Cell]:
    """Return the heading and the cell of a field; both stand in its `Annotated`, the cell also inside `X | None`."""
    inner = [part for branch in get_args(field.annotation) for part in getattr(branch, "__metadata__", ())]
    marks = [*field.metadata, *inner]
    heading = next((mark for mark in marks if isinstance(mark, Heading)), None)
    cell = next((mark for mark in marks if isinstance(mark, Cell)), None)
    if heading is None or cell is None:
        message = f"field {name!r} of a record has no heading or no cell"
        raise TypeError(message)
    return heading, cell
