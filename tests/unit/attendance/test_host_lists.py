"""Lists of hosts: Zoom's reports as they are exported, simple lists, and whom their lines mean."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from conference_hub.attendance.host_lists import Listed, Match, chosen, matched, read_list, unclear
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
        ("오후 1:05", at(13, 5)),
        ("오후 13:05", None),
        ("2026. 12. 3.", None),
    ],
)
def test_times_are_local_times_of_the_event(words: str, joined: datetime | None) -> None:
    [line] = read(f"이름,들어온 시간\n홍길동,{words}\n")
    assert (line.joined_at, bool(line.fault)) == (joined, joined is None)


def test_a_list_may_write_its_times_in_several_ways() -> None:
    lines = read(
        "이름,들어온 시간\n가,13:05\n나,2026-12-03 13:06:00\n다,13:07\n라,12/03/2026 01:08 PM\n마,\n"
    )
    assert [line.joined_at for line in lines] == [at(13, 5), at(13, 6), at(13, 7), at(13, 8), None]


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
        (match,) = matched([Listed(row=1, name=name, email=email, number=number)], people)
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


ZOOM_WAITING = """Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,In Waiting Room
iPhone,,12/03/2026 12:58:00 PM,12/03/2026 01:00:00 PM,2,Yes,Yes
iPhone,,12/03/2026 01:00:00 PM,12/03/2026 02:00:00 PM,60,Yes,No
"""


def test_time_in_a_waiting_room_is_no_attendance() -> None:
    assert read(ZOOM_WAITING) == [Listed(row=3, name="iPhone", joined_at=at(13), left_at=at(14))]


@pytest.mark.parametrize(
    "text",
    [
        "Name (Original Name),User Email,Total Duration (Minutes),Guest\nHong,,62,Yes\n",
        "이름(원래 이름),사용자 이메일,총 기간(분),게스트\n홍길동,,62,예\n",
    ],
)
def test_a_report_that_says_only_how_long_people_were_there_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match="고유한 사용자 표시"):
        read(text)


def test_who_a_line_is_can_be_said_for_all_lines_of_that_person() -> None:
    hong, kim, other = guest(1, "홍길동", "hong@example.com"), guest(2, "김철수"), guest(3, "김철수")
    lines = [Listed(row=row, name=name) for row, name in ((2, "iPhone"), (3, "김철수"), (4, "iPhone"))]

    def found(said: str, picks: dict[int, str] | None = None) -> tuple[dict[str, list[int]], int]:
        matches = list(matched(lines, [hong, kim, other], {2: said}))
        taken = chosen(matches, picks or {})
        return {one: [line.row for line in listed] for one, listed in taken.items()}, unclear(
            matches, picks or {}
        )

    for said in ("001", "HONG@example.com", "홍길동"):
        assert found(said) == ({"g1": [2, 4]}, 0)
    assert found("") == ({}, 0)
    assert found("아무도") == ({}, 1)
    assert found("김철수") == ({}, 1)
    assert found("김철수", {2: "g3"}) == ({"g3": [2, 4]}, 0)


def test_what_is_said_changes_no_line_that_means_somebody() -> None:
    hong, kim = guest(1, "홍길동"), guest(2, "김철수")
    assert [one.guests for one in matched([Listed(row=2, name="홍길동")], [hong, kim], {2: "002"})] == [
        (hong,)
    ]


def test_only_sure_and_picked_lines_count() -> None:
    kim, other, hong = guest(2, "김철수"), guest(3, "김철수"), guest(1, "홍길동")
    several = Match(listed=Listed(row=4, name="김철수"), guests=(kim, other))
    sure = Match(listed=Listed(row=5, name="홍길동"), guests=(hong,))
    broken = Match(listed=Listed(row=6, name="홍길동", fault="시각"), guests=(hong,))

    assert chosen([several, sure, broken], {}) == {"g1": [sure.listed]}
    assert chosen([several, sure], {4: "g3", 5: "g2"}) == {"g1": [sure.listed], "g3": [several.listed]}
    assert chosen([several], {4: "g1"}) == {}
