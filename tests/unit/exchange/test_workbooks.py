"""Workbooks: what is written is read again, nothing is run, and what is no workbook or too large is refused."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from conference_hub.exchange.columns import columns_of
from conference_hub.exchange.sheets import Readings, Unreadable, guess_columns, read_rows, unread_headings
from conference_hub.exchange.workbooks import SheetColumn, is_workbook, read_workbook, write_workbook
from tests.unit.exchange.toys import CONTEXT, People, Person


def book(*rows: list[Any]) -> bytes:
    made = Workbook()
    for row in rows:
        made.worksheets[0].append(row)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def merged(ranges: list[str], *rows: list[Any]) -> bytes:
    made = Workbook()
    for row in rows:
        made.worksheets[0].append(row)
    for cells in ranges:
        made.worksheets[0].merge_cells(cells)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def read(data: bytes) -> Readings:
    columns = columns_of(Person, CONTEXT)
    sheet = read_workbook(data)[0]
    return read_rows(sheet, guess_columns(sheet, columns), columns, CONTEXT, title=People.title)


def test_values_keep_their_meaning() -> None:
    found = read(
        book(
            ["번호", "이름", "발표", "도착", "발표 시간", "전화"],
            [7, "가", True, datetime(2026, 12, 2, 9, 20), time(0, 10), 1000000003],  # noqa: DTZ001 - local
            [8.0, 12, None, "2026. 12. 2. 오후 2:00", timedelta(minutes=90), "없음"],
            [None, "다", "아니오", None, 15, None],
        )
    )
    assert [fault.row for fault in found.faults] == [3]
    assert [row.values["number"] for row in found.rows] == ["7", None]
    assert [row.values["talk"] for row in found.rows] == [600, 900]
    assert [row.values["speaks"] for row in found.rows] == [True, False]
    assert [row.values["arrives"] and row.values["arrives"].isoformat() for row in found.rows] == [
        "2026-12-02T09:20:00+09:00",
        None,
    ]


def test_what_is_merged_over_rows_stands_in_each_of_them() -> None:
    data = merged(
        ["A1:A2", "B1:B2", "C1:D1", "C3:C4", "A5:D5"],
        ["번호", "이름", "연락", None],
        [None, None, "이메일", "전화"],
        ["7", "가", "a@example.com", "02-1"],
        ["8", "나", None, "02-2"],
        ["쉬는 시간", None, None, None],
    )
    sheet = read_workbook(data)[0]

    assert [row.cells for row in sheet.rows] == [
        ("번호", "이름", "연락"),
        ("번호", "이름", "이메일", "전화"),
        ("7", "가", "a@example.com", "02-1"),
        ("8", "나", "a@example.com", "02-2"),
        ("쉬는 시간",),
    ]
    assert guess_columns(sheet, columns_of(Person, CONTEXT)).heading_row == 2


def test_rows_that_have_nothing_of_their_own_are_no_rows() -> None:
    sheet = read_workbook(merged(["A2:A4"], ["이름"], ["가"], [None], [None], ["나"]))[0]

    assert [(row.number, row.cells) for row in sheet.rows] == [(1, ("이름",)), (2, ("가",)), (5, ("나",))]


def test_columns_without_a_heading_are_kept_to_be_mapped_and_named() -> None:
    sheet = read_workbook(book(["이름", None, "별칭"], ["가", "b", "c", None, "e"], ["나", None, None, " "]))[
        0
    ]
    headings = guess_columns(sheet, columns_of(Person, CONTEXT))

    assert headings.paths == ("name", "", "", "", "")
    assert unread_headings(sheet, headings) == {1: "", 2: "별칭", 4: ""}


def test_written_texts_are_texts_and_are_read_again() -> None:
    columns = [
        SheetColumn(heading="이름", needed=True),
        SheetColumn(heading="전화", hint="010", choices=("a", "b")),
    ]
    data = write_workbook([("사람: 1/2", columns, [["=1+1", "+82"], ["두\n줄", "-5"], ["\x07x", None]])])
    sheet = read_workbook(data)[0]
    assert [row.cells for row in sheet.rows] == [
        ("이름", "전화"),
        ("=1+1", "+82"),
        ("두\n줄", "-5"),
        ("x",),
    ]
    made = load_workbook(io.BytesIO(data)).worksheets[0]
    assert (made.title, made["A2"].data_type, made.freeze_panes) == ("사람  1 2", "s", "A2")
    assert made.data_validations.dataValidation[0].formula1 == '"a,b"'


def test_formula_without_its_value_is_told_with_its_cell() -> None:
    with pytest.raises(Unreadable) as caught:
        read_workbook(book(["이름"], ["=A1"]))
    assert (caught.value.fault.row, caught.value.fault.message.detail) == (2, {"cell": "A2"})


def test_error_of_a_formula_is_told_with_its_cell() -> None:
    with pytest.raises(Unreadable) as caught:
        read_workbook(book(["이름", "소속"], ["가", "#REF!"]))
    assert caught.value.fault.message.detail == {"cell": "B2", "value": "#REF!"}


def packed(**entries: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 no archive",
        b"\xd0\xcf\x11\xe0 an old workbook",
        packed(x=b"no workbook"),
        packed(x=b"0" * (101 * 1024 * 1024)),
        book(["이름"])[:-200],
        b"",
    ],
)
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        read_workbook(data)
    assert is_workbook(book(["이름"]))
