"""Rows of a file, whatever its kind, and the rows of a part that they state: which column means what, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from conference_hub.core.errors import msg
from conference_hub.core.text import Text
from conference_hub.exchange.cells import Context, FlagCell, Raw
from conference_hub.exchange.columns import Column, plain_heading
from conference_hub.exchange.faults import CellError, Fault, Message, shown
from conference_hub.exchange.part import Stated
from conference_hub.exchange.progress import Step, counted, in_turns

MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 20_000
MAX_COLUMNS = 200
HEADING_ROWS = 10
"""How far down the headings may stand: above them are titles and dates of printed lists."""

RAGGED = msg("칸이 %(found)s개입니다. 제목 줄에는 %(wanted)s개가 있습니다.")
TOO_MANY_ROWS = msg("행이 너무 많습니다. %(most)s행까지 읽을 수 있습니다.")
NO_ROWS = msg("읽을 행이 없습니다.")
NO_HEADINGS = msg("제목 줄에서 아는 열을 찾지 못했습니다.")
TWO_COLUMNS = msg("두 열이 같은 뜻으로 정해져 있습니다.")


class Unreadable(Exception):
    """A file that cannot be read at all; `fault` says why and, where it is known, at which row."""

    def __init__(self, text: str, /, *, row: int | None = None, **detail: object) -> None:
        super().__init__(text)
        self.fault = Fault(message=Message(text=text, detail=detail), row=row)


@dataclass(frozen=True, kw_only=True)
class SheetRow:
    """A row with its number in the file, counted from 1 as spreadsheets do."""

    number: int
    cells: tuple[Raw, ...]

    @property
    def empty(self) -> bool:
        """Return whether nothing stands in it."""
        return all(is_empty(cell) for cell in self.cells)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The rows of one sheet or CSV file; `ragged` is whether rows may have any length."""

    name: str
    rows: tuple[SheetRow, ...]
    ragged: bool = False


@dataclass(frozen=True, kw_only=True)
class Headings:
    """Which column of a file means what: the row of the headings, and by place of the column a path, or nothing."""

    heading_row: int
    paths: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Readings:
    """What a sheet states: rows of the part, what is wrong, and what was mended while reading."""

    rows: list[Stated] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    remarks: list[Fault] = field(default_factory=list)


def is_empty(cell: Raw) -> bool:
    """Return whether a cell holds nothing that anybody sees."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def guess_columns(sheet: Sheet, columns: Sequence[Column], heading_row: int = 0) -> Headings:
    """Return the row among the first that has most known headings, or `heading_row`, and what its columns mean.

    Raises Unreadable when there is no such row.
    """
    words = {word: column.path for column in reversed(columns) for word in column.words}
    words |= {word: column.path for column in reversed(columns) for word in column.titles}
    rows = [row for row in sheet.rows if row.number == heading_row]
    rows = rows or [row for row in sheet.rows[:HEADING_ROWS] if not row.empty]
    if not rows:
        raise Unreadable(NO_ROWS)
    found = [(row, _paths(row, words)) for row in rows]
    row, paths = max(found, key=lambda one: sum(map(bool, one[1])))
    return Headings(heading_row=row.number, paths=paths + ("",) * _beyond(sheet, row))


def read_rows(
    sheet: Sheet,
    mapping: Headings,
    columns: Sequence[Column],
    context: Context,
    *,
    title: Text,
) -> Readings:
    """Return what the rows below the headings state; empty rows, and those with a fault, state nothing."""
    readings = Readings(faults=list(_column_faults(mapping, columns, title)))
    by_path = {column.path: column for column in columns}
    mapped = [(place, by_path[path]) for place, path in enumerate(mapping.paths) if path in by_path]
    width = len(mapping.paths)
    for row in counted(Step.READING, sheet.rows):
        if row.number <= mapping.heading_row or row.empty:
            continue
        if not sheet.ragged and not _fits(row, width):
            detail = {"found": len(row.cells), "wanted": width}
            readings.faults.append(
                Fault(message=Message(text=RAGGED, detail=detail), sheet=title, row=row.number)
            )
            continue
        before = len(readings.faults)
        values = dict(_values(row, mapped, context, title, readings))
        if len(readings.faults) == before:
            readings.rows.append(Stated(values=values, row=row.number))
    return readings


def heading_cells(sheet: Sheet, mapping: Headings) -> list[str]:
    """Return what the headings of a file say, by place of the column."""
    row = next((row for row in sheet.rows if row.number == mapping.heading_row), None)
    cells = row.cells if row else ()
    return [shown(cells[place]) if place < len(cells) else "" for place in range(len(mapping.paths))]


def unread_headings(sheet: Sheet, mapping: Headings) -> dict[int, str]:
    """Return the headings of the columns that mean nothing though values stand below them, by place of the column.

    An empty text stands for one without a heading.
    """
    filled = {
        place
        for row in in_turns(sheet.rows)
        if row.number > mapping.heading_row
        for place, cell in enumerate(row.cells)
        if not is_empty(cell)
    }
    headings = heading_cells(sheet, mapping)
    return {
        place: headings[place] for place, path in enumerate(mapping.paths) if not path and place in filled
    }


def _paths(row: SheetRow, words: Mapping[str, str]) -> tuple[str, ...]:
    found: list[str] = []
    for cell in row.cells:
        path = "" if is_empty(cell) else words.get(plain_heading(str(cell)), "")
        found.append("" if path in found else path)
    return tuple(found)


def _beyond(sheet: Sheet, heading: SheetRow) -> int:
    """Return how many columns with values stand right of the last heading of a sheet whose rows may have any length."""
    if not sheet.ragged:
        return 0
    below = (row.cells for row in sheet.rows if row.number > heading.number)
    widest = max(
        (place for cells in below for place, cell in enumerate(cells, 1) if not is_empty(cell)), default=0
    )
    return max(0, widest - len(heading.cells))


def _fits(row: SheetRow, width: int) -> bool:
    return len(row.cells) >= width and all(is_empty(cell) for cell in row.cells[width:])


def _column_faults(mapping: Headings, columns: Sequence[Column], title: Text) -> Iterator[Fault]:
    if not any(mapping.paths):
        yield Fault(message=Message(text=NO_HEADINGS), sheet=title, row=mapping.heading_row)
    for column in columns:
        if mapping.paths.count(column.path) > 1:
            yield Fault(
                message=Message(text=TWO_COLUMNS), sheet=title, row=mapping.heading_row, column=column.heading
            )


def _values(
    row: SheetRow, mapped: Sequence[tuple[int, Column]], context: Context, title: Text, readings: Readings
) -> Iterator[tuple[str, Any]]:
    for place, column in mapped:
        raw = row.cells[place] if place < len(row.cells) else None
        if is_empty(raw):
            yield column.path, False if isinstance(column.cell, FlagCell) else None
            continue
        try:
            reading = column.cell.read(raw, context)
        except CellError as error:
            readings.faults.append(_at(error.message, row, column, title, raw))
            continue
        if reading.remark:
            readings.remarks.append(_at(reading.remark, row, column, title, raw))
        yield column.path, reading.value


def _at(message: Message, row: SheetRow, column: Column, title: Text, raw: Raw) -> Fault:
    return Fault(message=message, sheet=title, row=row.number, column=column.heading, value=shown(raw))
