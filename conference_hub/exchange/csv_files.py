"""CSV files: the encodings and separators of the programs that people use, guessed, shown, and open to change."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from conference_hub.core.errors import msg
from conference_hub.exchange.cells import Raw
from conference_hub.exchange.sheets import MAX_COLUMNS, MAX_ROWS, TOO_MANY_ROWS, Sheet, SheetRow, Unreadable

ENCODINGS = ("utf-8", "cp949", "utf-16", "cp1252")
SEPARATORS = (",", ";", "\t")
SAMPLE_LINES = 20
WIDE = b"\xff\xfe"
FORMULA = re.compile(r"[=+\-@\t\r]")
QUOTED_FORMULA = re.compile(r"'(?=[=+\-@\t\r])")


WRONG_ENCODING = msg("이 인코딩으로는 읽을 수 없습니다: %(encoding)s")
NO_ENCODING = msg("인코딩을 알 수 없습니다. UTF-8이나 엑셀(XLSX)로 저장해 주세요.")
BROKEN_QUOTES = msg("따옴표가 맞지 않습니다.")
TOO_WIDE = msg("열이 너무 많습니다. %(most)s열까지 읽을 수 있습니다.")
BINARY = msg("표가 아닌 파일입니다.")


@dataclass(frozen=True, kw_only=True)
class Dialect:
    """How a CSV file is written: one of `ENCODINGS`, one of `SEPARATORS`."""

    encoding: str
    separator: str


def guess_dialect(data: bytes, encoding: str = "") -> Dialect:
    """Return how a file seems to be written, in `encoding` when that is known; raises Unreadable when none fits."""
    encoding = encoding or _guess_encoding(data)
    return Dialect(encoding=encoding, separator=_guess_separator(_decoded(data, encoding)))


def read_csv(data: bytes, dialect: Dialect, name: str = "") -> Sheet:
    """Return the rows, numbered as a spreadsheet shows them; raises Unreadable."""
    text = _decoded(data, dialect.encoding)
    if "\x00" in text:
        raise Unreadable(BINARY)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=dialect.separator, strict=True)
    return Sheet(name=name, rows=tuple(_rows(reader)))


def write_csv(rows: Iterable[Sequence[Raw]]) -> Iterator[bytes]:
    """Yield a CSV file piece by piece: UTF-8 with BOM, and no cell that a spreadsheet would take for a formula."""
    yield b"\xef\xbb\xbf"
    for row in rows:
        line = io.StringIO()
        csv.writer(line).writerow([_safe(cell) for cell in row])
        yield line.getvalue().encode()


def _guess_encoding(data: bytes) -> str:
    if data.startswith((WIDE, b"\xfe\xff")) or _wide_without_mark(data):
        return "utf-16"
    for encoding in ("utf-8", "cp949", "cp1252"):
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    raise Unreadable(NO_ENCODING)


def _wide_without_mark(data: bytes) -> bool:
    """Return whether every second byte of the beginning is often zero: separators in UTF-16LE."""
    head = data[:2000]
    return bool(head) and head[1::2].count(0) * 8 > len(head) and not head[::2].count(0)


def _decoded(data: bytes, encoding: str) -> str:
    name = {"utf-8": "utf-8-sig", "utf-16": "utf-16" if data[:2] in {WIDE, b"\xfe\xff"} else "utf-16-le"}
    try:
        return data.decode(name.get(encoding, encoding))
    except (UnicodeDecodeError, LookupError) as error:
        raise Unreadable(WRONG_ENCODING, encoding=encoding) from error


def _guess_separator(text: str) -> str:
    """Return the separator that the first lines have most often, outside quotes."""
    bare = re.sub(r'"(?:[^"]|"")*"', "", text[:20_000])
    lines = [line for line in bare.splitlines() if line][:SAMPLE_LINES]
    counts = {mark: min((line.count(mark) for line in lines[:1]), default=0) for mark in SEPARATORS}
    totals = {mark: sum(line.count(mark) for line in lines) for mark in SEPARATORS}
    return max(SEPARATORS, key=lambda mark: (counts[mark], totals[mark]))


def _rows(reader: Iterator[list[str]]) -> Iterator[SheetRow]:
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Unreadable(BROKEN_QUOTES, row=number) from error
        if number > MAX_ROWS:
            raise Unreadable(TOO_MANY_ROWS, most=MAX_ROWS)
        if len(cells) > MAX_COLUMNS:
            raise Unreadable(TOO_WIDE, row=number, most=MAX_COLUMNS)
        yield SheetRow(
            number=number,
            cells=tuple(QUOTED_FORMULA.sub("", cell, count=1) if cell[:1] == "'" else cell for cell in cells),
        )


def _safe(cell: Raw) -> str:
    """Return a cell that no spreadsheet runs: what looks like a formula gets an apostrophe, which reading takes off."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M:%S}" if cell.second else f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, date) or not isinstance(cell, str):
        return str(cell)
    return f"'{cell}" if FORMULA.match(cell) else cell
