"""XLSX workbooks: read without running anything and within bounds, written so that people can fill them in."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from conference_hub.core.errors import msg
from conference_hub.exchange.cells import Raw
from conference_hub.exchange.sheets import MAX_COLUMNS, MAX_ROWS, TOO_MANY_ROWS, Sheet, SheetRow, Unreadable

MAX_UNPACKED = 100 * 1024 * 1024
MAX_ENTRIES = 1000
MAX_SHEETS = 60
EMPTY_ROWS = 1000
"""So many empty rows in a row end a sheet: formats reach down to the last row of a sheet that is not filled."""
LONGEST_LIST = 255
"""What a list of choices in a sheet may be long, with its commas."""
WIDEST = 50
HEAD_FILL = PatternFill("solid", start_color="E8EDF4")

MERGED = re.compile(rb'<mergeCell\b[^>]*\bref="([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})"')
PAGE_OF = "_worksheet_path"
"""Where openpyxl keeps which part of the file a sheet is read from."""

NO_WORKBOOK = msg("열 수 없는 엑셀 파일입니다. 다시 저장하거나 CSV로 저장해 주세요.")
OLD_WORKBOOK = msg("옛 엑셀 파일(.xls)이나 암호가 걸린 파일입니다. 암호 없이 .xlsx로 저장해 주세요.")
TOO_LARGE = msg("압축을 풀면 너무 큰 파일입니다.")
ERROR_CELL = msg("수식 오류가 있는 칸입니다: %(cell)s %(value)s")
NO_VALUE = msg("수식의 값이 저장되어 있지 않습니다: %(cell)s. 엑셀에서 열어 다시 저장해 주세요.")


def is_workbook(data: bytes) -> bool:
    """Return whether a file is a workbook, of the present or of the old kind."""
    return data[:4] in {b"PK\x03\x04", b"\xd0\xcf\x11\xe0"}


def read_workbook(data: bytes) -> list[Sheet]:
    """Return the sheets of a workbook with the values of their formulas; raises Unreadable."""
    _check_bounds(data)
    try:
        return list(_sheets(data))
    except Unreadable:
        raise
    except Exception as error:  # whatever a broken file makes of a reader of XML
        raise Unreadable(NO_WORKBOOK) from error


def _check_bounds(data: bytes) -> None:
    if data[:4] == b"\xd0\xcf\x11\xe0":
        raise Unreadable(OLD_WORKBOOK)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise Unreadable(NO_WORKBOOK) from error
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise Unreadable(TOO_LARGE)


def _sheets(data: bytes) -> Iterator[Sheet]:
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    pages = _pages(data)
    formulas = _formula_cells(data) if any(re.search(rb"<f[ >]", page) for page in pages.values()) else {}
    for sheet in book.worksheets[:MAX_SHEETS]:
        sheet.reset_dimensions()
        merged = _merged(pages.get(getattr(sheet, PAGE_OF).lstrip("/"), b""))
        rows = tuple(_rows(sheet, formulas.get(sheet.title, frozenset()), merged))
        yield Sheet(name=sheet.title, rows=rows, ragged=True)
    book.close()


def _pages(data: bytes) -> dict[str, bytes]:
    """Return the XML of the sheets by its name in the file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return {name: archive.read(name) for name in names}


def _merged(page: bytes) -> dict[tuple[int, int], int]:
    """Return where merged cells begin that reach over several rows, as row and column from 1, and their last rows."""
    found = {}
    for column, first, last in MERGED.findall(page):
        if int(last) > int(first):
            found[int(first), column_index_from_string(column.decode())] = int(last)
    return found


def _formula_cells(data: bytes) -> dict[str, frozenset[tuple[int, int]]]:
    """Return by sheet where formulas stand, as row and column from 1."""
    book = load_workbook(io.BytesIO(data), read_only=True)
    found = {}
    for sheet in book.worksheets[:MAX_SHEETS]:
        sheet.reset_dimensions()
        rows = sheet.iter_rows(max_col=MAX_COLUMNS, max_row=MAX_ROWS)
        found[sheet.title] = frozenset(
            (number, place)
            for number, row in enumerate(rows, start=1)
            for place, cell in enumerate(row, start=1)
            if cell.data_type == "f"
        )
    book.close()
    return found


def _rows(
    sheet: Any, formulas: frozenset[tuple[int, int]], merged: Mapping[tuple[int, int], int]
) -> Iterator[SheetRow]:
    """Yield the rows that have values; what is merged over several rows stands in each of them."""
    empty = 0
    lasting: dict[int, tuple[Raw, int]] = {}
    for number, found in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS), start=1):
        cells = [_raw(cell, number, place, formulas) for place, cell in enumerate(found, start=1)]
        _fill(cells, number, merged, lasting)
        while cells and cells[-1] is None:
            cells.pop()
        empty = 0 if cells else empty + 1
        if empty > EMPTY_ROWS:
            return
        if cells and number > MAX_ROWS:
            raise Unreadable(TOO_MANY_ROWS, most=MAX_ROWS)
        if cells:
            yield SheetRow(number=number, cells=tuple(cells))


def _fill(
    cells: list[Raw], row: int, merged: Mapping[tuple[int, int], int], lasting: dict[int, tuple[Raw, int]]
) -> None:
    """Put the values of merged cells that reach into this row where they stand; `lasting` is kept between rows."""
    for column, value in enumerate(cells, start=1):
        if (row, column) in merged:
            lasting[column] = (value, merged[row, column])
    for column, (value, last) in list(lasting.items()):
        if row > last:
            del lasting[column]
        elif any(cell is not None for cell in cells) and cells[column - 1 : column] in ([None], []):
            cells.extend([None] * (column - len(cells)))
            cells[column - 1] = value


def _raw(cell: Any, row: int, column: int, formulas: frozenset[tuple[int, int]]) -> Raw:
    at, value = f"{get_column_letter(column)}{row}", cell.value
    if cell.data_type == "e":
        raise Unreadable(ERROR_CELL, row=row, cell=at, value=value)
    if value is None and (row, column) in formulas:
        raise Unreadable(NO_VALUE, row=row, cell=at)
    if isinstance(value, timedelta):
        return datetime(1899, 12, 30) + value  # noqa: DTZ001 - how spreadsheets keep a duration
    return value if isinstance(value, Raw) else str(value)


@dataclass(frozen=True, kw_only=True)
class SheetColumn:
    """A column of a sheet to be written: its heading, what to tell about it, its choices, and whether it is needed.

    Cells of a column of `text` keep what is typed: a leading zero, `10:00`.
    """

    heading: str
    hint: str = ""
    choices: tuple[str, ...] = ()
    needed: bool = False
    text: bool = True


def write_workbook(sheets: Iterable[tuple[str, Sequence[SheetColumn], Iterable[Sequence[Raw]]]]) -> bytes:
    """Return a workbook of sheets `(name, columns, rows)`: frozen head, hints, lists of choices; texts stay texts."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, columns, rows in sheets:
        sheet = book.create_sheet(_sheet_name(name))
        _write_head(sheet, columns)
        widths = [len(column.heading) * 2 + 2 for column in columns]
        for number, row in enumerate(rows, start=2):
            for place, value in enumerate(row, start=1):
                if value is not None:
                    _write_cell(sheet.cell(number, place), value)
                    widths[place - 1] = max(widths[place - 1], _width(value))
        for place, (column, width) in enumerate(zip(columns, widths, strict=True), start=1):
            dimension = sheet.column_dimensions[get_column_letter(place)]
            dimension.width = min(width, WIDEST)
            if column.text:
                dimension.number_format = "@"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _sheet_name(name: str) -> str:
    return re.sub(r"[\[\]:*?/\\]", " ", name)[:31] or "Sheet"


def _write_head(sheet: Any, columns: Sequence[SheetColumn]) -> None:
    sheet.freeze_panes = "A2"
    for place, column in enumerate(columns, start=1):
        cell = sheet.cell(1, place)
        _write_cell(cell, column.heading)
        cell.font = Font(bold=True, underline="single" if column.needed else None)
        cell.fill = HEAD_FILL
        if column.hint:
            cell.comment = Comment(column.hint, "conference_hub")
        joined = ",".join(column.choices)
        if (
            column.choices
            and len(joined) <= LONGEST_LIST
            and not any("," in one or '"' in one for one in column.choices)
        ):
            rule = DataValidation(type="list", formula1=f'"{joined}"', allow_blank=True)
            letter = get_column_letter(place)
            rule.add(f"{letter}2:{letter}{MAX_ROWS}")
            sheet.add_data_validation(rule)


def _write_cell(cell: Any, value: Raw) -> None:
    if not isinstance(value, str):
        cell.value = value
        if isinstance(value, datetime):
            cell.number_format = "yyyy-mm-dd hh:mm"
        elif isinstance(value, date):
            cell.number_format = "yyyy-mm-dd"
        elif isinstance(value, time):
            cell.number_format = "hh:mm"
        return
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
    cell.data_type = "s"  # a text that begins with = stays a text
    cell.number_format = "@"
    if "\n" in value:
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _width(value: Raw) -> int:
    """Return about how wide a value stands: Hangul and Han take two."""
    text = str(value).partition("\n")[0]
    return sum(2 if ord(letter) > 0x1100 else 1 for letter in text) + 2  # noqa: PLR2004 - where wide letters begin
