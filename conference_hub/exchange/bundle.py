"""The conference file in its two forms, JSON and XLSX: read to the rows of the parts, written from their records."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from conference_hub.core.errors import msg
from conference_hub.core.text import LANGUAGES, Text
from conference_hub.exchange.cells import Context, Raw, WordsCell
from conference_hub.exchange.columns import (
    Column,
    Record,
    cells_of,
    columns_of,
    flat,
    flat_json,
    plain_heading,
)
from conference_hub.exchange.faults import CellError, Fault, Message, shown
from conference_hub.exchange.moments import DayCell, MomentCell
from conference_hub.exchange.nested import ByColumnCell
from conference_hub.exchange.part import Part, Stated
from conference_hub.exchange.progress import in_turns
from conference_hub.exchange.sheets import Readings, Sheet, Unreadable, guess_columns, read_rows
from conference_hub.exchange.workbooks import SheetColumn
from conference_hub.web.bodies import strict_json

FORMAT = 3
KIND = "conference"
GUIDE = Text(ko="안내", en="Read me")

NO_JSON = msg("JSON으로 읽을 수 없습니다.")
NO_BUNDLE = msg("행사 파일이 아닙니다.")
OTHER_FORMAT = msg("이 허브가 모르는 형식입니다: %(value)s (이 허브의 형식: %(format)s)")
NO_PART = msg("행사 파일에 없는 항목입니다: %(value)s")
NO_FIELD = msg("알 수 없는 항목입니다: %(value)s")
NO_LANGUAGE = msg("쓸 수 없는 언어입니다: %(value)s (ko, en)")
NO_LIST = msg("목록이어야 합니다.")
NO_OBJECT = msg("JSON 객체여야 합니다.")
IGNORED_SHEET = msg("모르는 시트라서 읽지 않았습니다: %(value)s")

Rows = Mapping[str, Sequence[Stated]]
"""The rows of a file by the name of their part."""


@dataclass(frozen=True, kw_only=True)
class Contents:
    """What a file states: the rows of its parts, what is wrong, and what was mended or not read."""

    rows: dict[str, list[Stated]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    remarks: list[Fault] = field(default_factory=list)


def read_json(data: bytes, parts: Iterable[Part[Any]]) -> Contents:
    """Return what a JSON file states; raises Unreadable when it is no conference file."""
    try:
        found = strict_json(data.decode("utf-8-sig"))
    except ValueError as error:
        raise Unreadable(NO_JSON, row=getattr(error, "lineno", None)) from error
    if not isinstance(found, dict) or found.get("kind") != KIND:
        raise Unreadable(NO_BUNDLE)
    if found.get("format") != FORMAT:
        raise Unreadable(OTHER_FORMAT, value=shown(found.get("format")), format=FORMAT)
    contents = Contents()
    known = {part.name: part for part in parts}
    for name, value in found.items():
        if name in known:
            contents.rows[name] = list(_json_rows(known[name], value, contents.faults))
        elif name not in {"format", "kind", "$schema"}:
            contents.faults.append(_at_path(name, NO_PART, value=shown(name)))
    return contents


def read_sheets(
    sheets: Sequence[Sheet],
    parts: Sequence[Part[Any]],
    context: Context,
    extra: Callable[[Part[Any], Rows], Sequence[Column]],
) -> Contents:
    """Return what the sheets of a workbook state: each is the part whose title it has.

    They are read in the order of the parts; `extra(part, rows so far)` gives the columns of texts by column.
    """
    contents = Contents()
    found = [(sheet, part_of_sheet(sheet.name, parts)) for sheet in sheets]
    for part in parts:
        for sheet in (sheet for sheet, its in found if its is part):
            own = extra(part, contents.rows)
            _read_sheet(sheet, part, context, own, contents)
    guides = {plain_heading(GUIDE.ko), plain_heading(GUIDE.en)}
    for sheet, its in found:
        if its is None and plain_heading(sheet.name) not in guides:
            detail = {"value": shown(sheet.name)}
            contents.remarks.append(Fault(message=Message(text=IGNORED_SHEET, detail=detail)))
    return contents


def part_of_sheet(name: str, parts: Iterable[Part[Any]]) -> Part[Any] | None:
    """Return the part that a sheet is, by its title in one of the languages or by its name; None for none."""
    plain = plain_heading(name)
    words = (
        (part, {plain_heading(one) for one in (part.name, part.title.ko, part.title.en)}) for part in parts
    )
    return next((part for part, its in words if plain in its), None)


def all_languages(context: Context) -> Context:
    """Return the context with every language that content can have, the conference's own first."""
    others = [lang for lang in LANGUAGES if lang not in context.languages]
    return replace(context, languages=(*context.languages, *others))


def as_json(record: Record, context: Context, *, whole: bool = False) -> dict[str, Any]:
    """Return a record as it stands in a JSON file; instants have the local offset.

    What is not given is left out, and without `whole` what has its usual value too.
    """
    found = record.model_dump(mode="json", exclude_defaults=not whole, exclude_none=True)
    for name, (_, cell) in cells_of(type(record)).items():
        value = getattr(record, name)
        if isinstance(cell, MomentCell) and value is not None:
            found[name] = value.astimezone(context.zone).isoformat()
    return found


def write_json(records: Mapping[Part[Any], Sequence[Any]], context: Context) -> str:
    """Return the JSON form of a conference."""
    whole: dict[str, Any] = {"format": FORMAT, "kind": KIND}
    for part, rows in records.items():
        written = [as_json(record, context, whole=part.single) for record in rows]
        whole[part.name] = written[0] if part.single and written else written
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def sheet_of(
    part: Part[Any],
    records: Sequence[Any],
    context: Context,
    extra: Sequence[Column],
    hint: Callable[[str], str] = str,
) -> tuple[str, list[SheetColumn], Iterator[list[Raw]]]:
    """Return a part as `write_workbook` takes a sheet; a language of no record and not of the conference is left out.

    `hint` translates the hints of cells.
    """
    values = [flat(record) for record in records]
    used = {path for one in values for path, value in one.items() if value is not None}
    own = {column.path for column in columns_of(part.record, context, extra)}
    columns = [
        column
        for column in columns_of(part.record, all_languages(context), extra)
        if column.path in own or column.path in used
    ]
    lang = context.main
    heads = [
        SheetColumn(
            heading=column.heading.in_language(lang),
            hint=hint(column.cell.hint) if column.cell.hint else "",
            choices=tuple(choice.in_language(lang) for choice in column.cell.choices()),
            needed=column.needed,
            text=not isinstance(column.cell, DayCell) and type(column.cell) is not MomentCell,
        )
        for column in columns
    ]
    return part.title.in_language(lang), heads, (row_of(one, columns, context) for one in values)


def row_of(values: Mapping[str, Any], columns: Sequence[Column], context: Context) -> list[Raw]:
    """Return the cells of a record."""
    return [
        None if values.get(column.path) is None else column.cell.write(values[column.path], context)
        for column in columns
    ]


def _read_sheet(
    sheet: Sheet, part: Part[Any], context: Context, extra: Sequence[Column], contents: Contents
) -> None:
    columns = [*columns_of(part.record, all_languages(context), extra), *part.beside]
    if all(row.empty for row in sheet.rows):
        return
    headings = guess_columns(sheet, columns)
    readings: Readings = read_rows(sheet, headings, columns, context, title=part.title)
    contents.rows.setdefault(part.name, []).extend(readings.rows)
    contents.faults.extend(readings.faults)
    contents.remarks.extend(readings.remarks)


def _json_rows(part: Part[Any], value: Any, faults: list[Fault]) -> Iterator[Stated]:
    if part.single:
        value = [value]
    if not isinstance(value, list):
        faults.append(_at_path(part.name, NO_LIST))
        return
    for number, one in enumerate(in_turns(value)):
        path = part.name if part.single else f"{part.name}[{number}]"
        if not isinstance(one, dict):
            faults.append(_at_path(path, NO_OBJECT))
        elif (values := _json_values(part, one, path, faults)) is not None:
            yield Stated(values=values, path=path)


def _json_values(
    part: Part[Any], given: Mapping[str, Any], at: str, faults: list[Fault]
) -> dict[str, Any] | None:
    """Return by path what an object states, as records hold it; None when something in it is wrong."""
    found: dict[str, Any] = {}
    wrong: list[Fault] = []
    for path, value in flat_json(part.record, given).items():
        try:
            found[path] = value if value is None else _accepted(part, path, value)
        except CellError as error:
            wrong.append(Fault(message=error.message, sheet=part.title, path=f"{at}.{path}"))
    faults += wrong
    return None if wrong else found


def _accepted(part: Part[Any], path: str, value: Any) -> Any:
    name, _, inner = path.partition(".")
    record: type[Record] = part.record
    cells = cells_of(record)
    if name not in cells:
        raise CellError(NO_FIELD, value=shown(name))
    cell = cells[name][1]
    if not inner:
        return cell.accept(value)
    if isinstance(cell, WordsCell) and inner not in LANGUAGES:
        raise CellError(NO_LANGUAGE, value=shown(inner))
    return cell.line.accept(value) if isinstance(cell, WordsCell | ByColumnCell) else cell.accept(value)


def _at_path(path: str, text: str, **detail: object) -> Fault:
    return Fault(message=Message(text=text, detail=detail), path=path)
