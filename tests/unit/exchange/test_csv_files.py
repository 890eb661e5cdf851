"""CSV files of the programs that people use: equal rows from each, a guess that is right, faults by row (case 25)."""

from __future__ import annotations

import pytest

from conference_hub.exchange.columns import columns_of
from conference_hub.exchange.csv_files import Dialect, guess_dialect, read_csv, write_csv
from conference_hub.exchange.sheets import MAX_ROWS, Readings, Unreadable, guess_columns, read_rows
from tests.unit.exchange.toys import CONTEXT, People, Person

ROWS = [
    ["이름", "소속", "전화"],
    ["똠방각하", '서울 "첫째" 센터', "010-0000-0001"],
    ["둘째\n줄", "가, 나; 다", ""],
]
COLUMNS = columns_of(Person, CONTEXT)


def text(separator: str) -> str:
    quoted = [[f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row] for row in ROWS]
    return "\r\n".join(separator.join(row) for row in quoted) + "\r\n"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize(
    ("codec", "encoding", "mark"),
    [
        ("utf-8", "utf-8", b""),
        ("utf-8", "utf-8", b"\xef\xbb\xbf"),
        ("cp949", "cp949", b""),
        ("utf-16-le", "utf-16", b"\xff\xfe"),
        ("utf-16-be", "utf-16", b"\xfe\xff"),
    ],
)
def test_rows_are_equal_in_every_encoding(separator: str, codec: str, encoding: str, mark: bytes) -> None:
    data = mark + text(separator).encode(codec)
    dialect = guess_dialect(data)
    assert dialect == Dialect(encoding=encoding, separator=separator)
    assert [list(row.cells) for row in read_csv(data, dialect).rows] == ROWS


def test_wide_text_without_a_mark_is_recognised() -> None:
    data = "name\tmail\r\nKim\tkim@example.com\r\n".encode("utf-16-le")
    assert guess_dialect(data) == Dialect(encoding="utf-16", separator="\t")
    assert [row.cells for row in read_csv(data, guess_dialect(data)).rows][1] == ("Kim", "kim@example.com")


def read(source: str) -> Readings:
    data = source.encode()
    sheet = read_csv(data, guess_dialect(data))
    return read_rows(sheet, guess_columns(sheet, COLUMNS), COLUMNS, CONTEXT, title=People.title)


def faults(source: str) -> list[tuple[int | None, str]]:
    return [(fault.row, fault.column.ko if fault.column else "") for fault in read(source).faults]


def test_ragged_row_is_named_by_its_number() -> None:
    assert faults("이름,소속\n가,나\n다\n\n라,마,바\n사,아,\n") == [(3, ""), (5, "")]


def test_row_numbers_are_those_of_a_spreadsheet() -> None:
    assert [row.row for row in read('이름,소속\n"가\n나",다\n\n라,마\n').rows] == [2, 4]


def test_headings_may_stand_below_a_title() -> None:
    found = read("참석자 명단,,\n,,\n성명,이메일,기타\n가,a@example.com,x\n")
    assert [(row.row, dict(row.values)) for row in found.rows] == [
        (4, {"name": "가", "email": "a@example.com"})
    ]


def test_flags_are_words_of_both_languages_and_nothing_else() -> None:
    found = read("이름,발표\n가,\n나, \n다,N\n라,TRUE\n마,true\n바,예\n사,maybe\n")
    assert [row.values["speaks"] for row in found.rows] == [False, False, False, True, True, True]
    assert [(fault.row, fault.value) for fault in found.faults] == [(8, "maybe")]


def test_phones_stay_texts_and_a_lost_zero_is_offered_back() -> None:
    found = read(
        "이름,전화\n가,010-0000-0001\n나,01000000002\n다,1000000003\n라,8.21E+11\n마,+82 10 0000 0004\n"
    )
    assert [row.values.get("phone") for row in found.rows] == [
        "010-0000-0001",
        "01000000002",
        "01000000003",
        "+82 10 0000 0004",
    ]
    assert [fault.row for fault in found.faults] == [5]
    assert [remark.row for remark in found.remarks] == [4]


def test_names_are_cleaned_and_never_split() -> None:
    found = read("이름\nSukarno\n황보 예린\nAnne-Marie Lê\n김\u200b민수\n")
    assert [row.values["name"] for row in found.rows] == ["Sukarno", "황보 예린", "Anne-Marie Lê", "김민수"]
    assert [remark.row for remark in found.remarks] == [5]


def test_name_in_decomposed_hangul_is_composed() -> None:
    assert [row.values["name"] for row in read("이름\n김민수\n").rows] == ["김민수"]


@pytest.mark.parametrize(
    "data",
    [
        b'"open',
        b'a,"b"c\n',
        b"\x00\x01\x02\x03",
        ("a\n" * (MAX_ROWS + 1)).encode(),
        b"," * 300,
        b"\xff\xfe\xff",
        b"",
    ],
)
def test_file_that_is_no_table_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        guess_columns(read_csv(data, guess_dialect(data)), COLUMNS)


def test_dialect_can_be_changed_and_may_not_fit() -> None:
    with pytest.raises(Unreadable):
        read_csv("이름\n가".encode("cp949"), Dialect(encoding="utf-8", separator=","))


def test_written_file_runs_no_formula_and_is_read_again() -> None:
    rows: list[list[str | None]] = [
        ["이름", "전화"],
        ["=1+1", "+82 10 0000 0004"],
        ["@x", "-5"],
        ["'quoted", "a,b"],
        [None, '"'],
    ]
    data = b"".join(write_csv(rows))
    assert data.decode("utf-8-sig").splitlines()[1] == "'=1+1,'+82 10 0000 0004"
    assert [list(row.cells) for row in read_csv(data, guess_dialect(data)).rows] == [
        [cell or "" for cell in row] for row in rows
    ]
