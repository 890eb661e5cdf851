"""Reports of participants as Zoom, Microsoft Teams and Google Meet export them: who came when, each visit by itself."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from conference_hub.attendance.host_lists import read_list
from conference_hub.exchange.csv_files import guess_dialect, read_csv

SEOUL = ZoneInfo("Asia/Seoul")
DAY = date(2021, 12, 6)
REPORTS = Path("tests/golden/reports")
KIM, LEE = "kim@example.com", ""


def visits(name: str) -> list[tuple[str, str, datetime | None, datetime | None, str]]:
    data = (REPORTS / f"{name}.csv").read_bytes()
    sheet = read_csv(data, guess_dialect(data))
    rows = [(row.number, ["" if cell is None else str(cell) for cell in row.cells]) for row in sheet.rows]
    return [
        (one.name, one.email, one.joined_at, one.left_at, one.fault) for one in read_list(rows, SEOUL, DAY)
    ]


def at(hour: int, minute: int, second: int = 0) -> datetime:
    return datetime(2021, 12, 6, hour, minute, second, tzinfo=SEOUL)


def test_zoom() -> None:
    assert visits("zoom") == [
        ("Kim Chulsoo (김철수)", KIM, at(13, 58), at(14, 20), ""),
        ("Kim Chulsoo (김철수)", KIM, at(14, 25), at(15, 0), ""),
        ("Lee, Younghee", LEE, at(14, 0), at(14, 59, 30), ""),
    ]


def test_teams_each_visit_of_the_section_of_activities() -> None:
    assert visits("teams") == [
        ("김철수", KIM, at(13, 58), at(14, 20), ""),
        ("김철수", KIM, at(14, 25), at(15, 0), ""),
        ("Lee, Younghee (Guest)", LEE, at(14, 0), at(14, 59, 30), ""),
    ]


def test_meet_names_in_two_columns_and_times_without_a_day() -> None:
    assert visits("meet") == [
        ("김철수", KIM, at(13, 58), at(15, 0), ""),
        ("Younghee Lee", LEE, at(14, 0), at(14, 59), ""),
    ]


@pytest.mark.parametrize("end", ["2. Participants", "3. In-Meeting Activities"])
def test_teams_without_the_later_sections_falls_back(end: str) -> None:
    text = (REPORTS / "teams.csv").read_bytes().decode("utf-16").split("3. In")[0]
    rows = [(number, line.split("\t")) for number, line in enumerate(text.splitlines(), start=1)]
    if end.startswith("3"):
        rows.append((99, [end]))

    found = read_list(rows, SEOUL, DAY)

    assert [(one.name, one.joined_at, one.left_at) for one in found] == [
        ("김철수", at(13, 58), at(15, 0)),
        ("Lee, Younghee (Guest)", at(14, 0), at(14, 59, 30)),
    ]


def test_a_list_with_numbers_before_names_has_no_sections() -> None:
    found = read_list([(1, ["1. 김철수"]), (2, ["2. 이영희"])], SEOUL, DAY)

    assert [one.name for one in found] == ["1. 김철수", "2. 이영희"]
