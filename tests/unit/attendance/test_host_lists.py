"""Lists of hosts: Zoom's reports as they are exported, simple lists, and whom their lines mean."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from conference_hub.attendance.host_lists import Listed, Match, chosen, matched, read_list
from conference_hub.core.errors import Invalid
from conference_hub.core.text import Text
from conference_hub.people.model import Guest, GuestId, Mode

SEOUL = ZoneInfo("Asia/Seoul")
DAY = date(2026, 12, 3)

ZOOM_EN = """Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants
812 3456 7890,Day,12/03/2026 12:50:00 PM,12/03/2026 05:10:00 PM,host@example.com,260,3

Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,Recording Consent
Hong Gildong (홍길동),hong@example.com,12/03/2026 12:58:10 PM,12/03/2026 02:00:00 PM,62,Yes,
Hong Gildong (홍길동),hong@example.com,12/03/2026 02:05:00 PM,12/03/2026 05:00:00 PM,175,Yes,
"""
ZOOM_KO = """이름(원래 이름),사용자 이메일,참가 시간,나간 시간,기간(분),게스트
김철수,,2026-12-03 오후 1:00:00,2026-12-03 오후 4:30:00,210,예
"""


def read(text: str) -> list[Listed]:
    rows = [(number, cells) for number, cells in enumerate(csv.reader(io.StringIO(text)), start=1)]
    return read_list(rows, SEOUL, DAY)


def at(hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, 12, 3, hour, minute, second, tzinfo=SEOUL)


def guest(number: int, name: str | None, email: str | None = None, **more: str) -> Guest:
    return Guest(
        id=GuestId(f"g{number}"),
        name=name,
        label=None if name else Text.of("대표"),
        organisation=None,
        group=None,
        mode=Mode.ZOOM,
        number=f"{number:03}",
        email=email,
        **more,
    )


def test_zoom_reports_are_read_as_they_are_exported() -> None:
    assert read(ZOOM_EN) == [
        Listed(
            row=5,
            name="Hong Gildong (홍길동)",
            email="hong@example.com",
            joined_at=at(12, 58, 10),
            left_at=at(14),
        ),
        Listed(
            row=6, name="Hong Gildong (홍길동)", email="hong@example.com", joined_at=at(14, 5), left_at=at(17)
        ),
    ]
    assert read(ZOOM_KO) == [Listed(row=2, name="김철수", joined_at=at(13), left_at=at(16, 30))]


def test_a_simple_list_has_one_person_a_line() -> None:
    assert read("홍길동\n\nhong@example.com\n007\n") == [
        Listed(row=1, name="홍길동", number="홍길동"),
        Listed(row=3, email="hong@example.com"),
        Listed(row=4, name="007", number="007"),
    ]


@pytest.mark.parametrize(
    ("words", "joined"),
    [
        ("13:05", at(13, 5)),
        ("2026.12.03 13:05", at(13, 5)),
        ("2026-12-03T13:05:00", at(13, 5)),
        ("오후 1:05", None),
        ("2026. 12. 3.", None),
    ],
)
def test_times_are_local_times_of_the_event(words: str, joined: datetime | None) -> None:
    [line] = read(f"이름,들어온 시간\n홍길동,{words}\n")
    assert (line.joined_at, bool(line.fault)) == (joined, joined is None)


def test_a_line_that_ends_before_it_begins_is_a_fault() -> None:
    [line] = read("이름,들어온 시간,나간 시간\n홍길동,14:00,13:00\n")
    assert line.fault


def test_a_list_without_lines_is_refused() -> None:
    for text in ("", "\n\n", "이름,이메일\n"):
        with pytest.raises(Invalid) as refused:
            read(text)
        assert refused.value.detail["field"] == "listed"


def test_lines_mean_guests_by_address_then_number_then_name() -> None:
    hong, kim, other = guest(1, "홍길동", "Hong@example.com"), guest(2, "김철수"), guest(3, "김철수")
    people = [hong, kim, other, guest(4, None), guest(5, "José Álvarez", pronunciation="호세")]

    def found(*, name: str = "", email: str = "", number: str = "") -> list[str]:
        [match] = matched([Listed(row=1, name=name, email=email, number=number)], people)
        return [one.id for one in match.guests]

    assert found(email="hong@EXAMPLE.com", name="누구") == ["g1"]
    assert found(number="002", name="홍길동") == ["g2"]
    assert found(name="김철수") == ["g2", "g3"]
    assert found(name="Hong Gildong (홍길동)") == ["g1"]
    assert found(name="홍길동 [고용노동부]") == ["g1"]
    assert found(name="jose alvarez") == ["g5"]
    assert found(name="호세") == ["g5"]
    assert found(name="( )") == []
    assert found(name="아무도") == []


def test_only_sure_and_picked_lines_count() -> None:
    kim, other, hong = guest(2, "김철수"), guest(3, "김철수"), guest(1, "홍길동")
    several = Match(listed=Listed(row=4, name="김철수"), guests=(kim, other))
    sure = Match(listed=Listed(row=5, name="홍길동"), guests=(hong,))
    broken = Match(listed=Listed(row=6, name="홍길동", fault="시각"), guests=(hong,))

    assert chosen([several, sure, broken], {}) == {"g1": [sure.listed]}
    assert chosen([several, sure], {4: "g3", 5: "g2"}) == {"g1": [sure.listed], "g3": [several.listed]}
    assert chosen([several], {4: "g1"}) == {}
