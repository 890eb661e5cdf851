"""The cue sheet in and out: a sheet as organisers keep it becomes the plan, and what ran or has awards stays."""

from __future__ import annotations

import json
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.agenda.store import working_plan
from conference_hub.conferences.place_store import all_rooms
from conference_hub.exchange.merge import Gone
from conference_hub.web.hub import Hub
from tests import small_conference as small
from tests.integration.agenda.commanding import done
from tests.integration.agenda.sheets import read_back, read_in, written
from tests.integration.conftest import SignIn
from tests.integration.kinds import ON_SQLITE
from tests.law import Watch
from tests.model_day import CONF, OPENING, FakeNow

EVENING = """순서,시간,소요,구분,내용,MC 멘트,영상,음향,조명,비고,레인,발표자,대독
1,23:30,20,개회,개회 선언,안녕하십니까,타이틀,팡파르,암전,,본무대,김사회 | 아나운서,
2,,10:00,,축사,,,등장곡 3번,,명패,본무대,박차관 | 차관,이장관
3,00:05,15분,시상식,단체 시상,,,,,,본무대,,
1-1,23:40,1:00:00,개회,로비 공연,,,,,,로비,,
"""


@pytest.fixture
def empty(hub: Hub) -> Hub:
    small.found(hub)
    return hub


@pytest.fixture
def organiser(seeded: Hub, sign_in: SignIn) -> FlaskClient:
    del seeded
    return sign_in(Role.ORGANISER, name="김기획")


def plan_cues(hub: Hub, conf: str = small.OTHER) -> list[tuple[str, str, str, str, bool]]:
    with hub.database.reading() as db:
        plan = working_plan(db, conf)
    lanes = {lane.id: lane.title.ko for lane in plan.lanes}
    return [
        (
            cue.number,
            f"{cue.planned_start:%dT%H:%M}+{cue.planned.total_seconds():.0f}",
            lanes[cue.lane_id],
            plan.segment[cue.segment_id].title.ko,
            cue.fixed,
        )
        for cue in plan.cues
    ]


def test_sheet_of_an_evening_over_midnight_becomes_the_plan(empty: Hub) -> None:
    compared = read_in(empty, small.OTHER, EVENING)
    assert compared.faults == []
    assert compared.along == {
        "segments": ["개회", "시상식"],
        "lanes": ["본무대", "로비"],
    }

    assert plan_cues(empty) == [
        ("1", "02T14:30+1200", "본무대", "개회", True),
        ("2", "02T14:50+600", "본무대", "개회", False),
        ("3", "02T15:05+900", "본무대", "시상식", True),
        ("1-1", "02T14:40+3600", "로비", "개회", True),
    ]
    with empty.database.reading() as db:
        first, second, *_ = working_plan(db, small.OTHER).cues
    assert first.notes == {"mc": "안녕하십니까", "video": "타이틀", "sound": "팡파르", "light": "암전"}
    (speaker,) = second.speakers
    assert (speaker.name, speaker.role, speaker.reads_for) == ("박차관", "차관", "이장관")


def test_departments_are_known_by_what_others_call_them(empty: Hub) -> None:
    sheet = """\
Time,Duration,Segment,Title,Script,VTR,SFX,LX,Remarks
09:20,10,Opening,Welcome,Hello,Title,Fanfare,Dark,Note
"""
    assert read_in(empty, small.OTHER, sheet).faults == []

    with empty.database.reading() as db:
        (cue,) = working_plan(db, small.OTHER).cues
    assert cue.notes == {
        "mc": "Hello",
        "video": "Title",
        "sound": "Fanfare",
        "light": "Dark",
        "remarks": "Note",
    }


@pytest.mark.parametrize(
    "headings",
    [
        "번호,시작 시간,소요시간(분),구분,프로그램,장소",
        "No.,시간,소요(분),구간,세부 내용,회의장",
        "Cue,Start time,Duration (min),Part,Programme,Room",
    ],
)
def test_headings_of_the_field_are_known(empty: Hub, headings: str) -> None:
    assert read_in(empty, small.OTHER, f"{headings}\n7,09:20,10,개회,개회사,별관\n").faults == []

    assert plan_cues(empty) == [("7", "02T00:20+600", "별관", "개회", True)]


def test_length_follows_from_a_written_end(empty: Hub) -> None:
    sheet = "시간,구분,내용\n23:50~익일 00:20,개회,개회사\n00:20~00:30,개회,축사\n"
    assert read_in(empty, small.OTHER, sheet).faults == []

    assert [moment for _, moment, *_ in plan_cues(empty)] == ["02T14:50+1800", "02T15:20+600"]


def test_sheet_read_twice_changes_nothing(empty: Hub) -> None:
    read_in(empty, small.OTHER, EVENING)
    before = written(empty, small.OTHER)

    assert {kind for _, kind in read_in(empty, small.OTHER, EVENING).kinds} == {"same"}
    assert written(empty, small.OTHER) == before


TOGETHER = """순서,시간,소요,구분,내용,레인,동시 시작
1,09:20,10,시상식,개회,홀,
2,09:30,10,시상식,시상 1,홀,①
3,09:40,10,시상식,시상 2,홀,②
4,09:30,10,시상식,시상 1,로비,{first}
5,09:40,10,시상식,시상 2,로비,{second}
"""


def test_sheet_says_which_cues_start_together(empty: Hub) -> None:
    assert read_in(empty, small.OTHER, TOGETHER.format(first="①", second="②")).faults == []

    with empty.database.reading() as db:
        cues = working_plan(db, small.OTHER).cues
    assert [(cue.number, cue.sync) for cue in cues] == [
        ("1", None),
        ("2", "①"),
        ("3", "②"),
        ("4", "①"),
        ("5", "②"),
    ]


@pytest.mark.parametrize(
    ("first", "second", "faults"),
    [
        ("②", "②", [(6, "동시 시작", "이 구역의 다른 순서에도 같은 동시 시작이 있습니다: ②")]),
        (
            "②",
            "①",
            [
                (3, "동시 시작", "동시 시작의 차례가 구역마다 다릅니다: ①"),
                (5, "동시 시작", "동시 시작의 차례가 구역마다 다릅니다: ②"),
            ],
        ),
    ],
)
def test_sheet_whose_lanes_cannot_meet_is_refused_by_row(
    empty: Hub, first: str, second: str, faults: list[tuple[int, str, str]]
) -> None:
    assert read_in(empty, small.OTHER, TOGETHER.format(first=first, second=second)).faults == faults
    assert plan_cues(empty) == []


def test_sheet_says_how_short_a_cue_may_be_and_whether_it_may_be_dropped(empty: Hub) -> None:
    sheet = (
        "시간,소요,구분,내용,최소 시간,생략 가능\n"
        "09:00,20,공연,하나,15,\n09:20,20,공연,둘,1:30,아니요\n09:40,20,공연,셋,,예\n"
    )

    assert read_in(empty, small.OTHER, sheet).faults == []

    with empty.database.reading() as db:
        cues = working_plan(db, small.OTHER).cues
    assert [(cue.shortest, cue.droppable) for cue in cues] == [
        (timedelta(minutes=15), False),
        (timedelta(seconds=90), False),
        (None, True),
    ]
    assert {kind for _, kind in read_in(empty, small.OTHER, sheet).kinds} == {"same"}


@pytest.mark.parametrize("part", ["departments", "segments", "lanes", "cues"])
def test_model_plan_as_it_is_written_changes_nothing(seeded: Hub, part: str) -> None:
    found = read_back(seeded, CONF, part)

    assert (found.faults, found.any) == ([], False)
    assert json.dumps(written(seeded, CONF, part))


def test_time_that_goes_back_in_the_night_is_a_fault_of_its_row(empty: Hub) -> None:
    sheet = "시간,소요,구분,내용\n23:40,20,공연,하나\n00:05,20,공연,둘\n23:50,5,공연,셋\n"

    found = read_in(empty, small.OTHER, sheet)

    assert [(row, column) for row, column, _ in found.faults] == [(4, "시간")]
    assert plan_cues(empty) == []


def test_written_day_stands_for_the_times_after_it(empty: Hub) -> None:
    sheet = (
        "시간,소요,구분,내용\n09:00,60,1일차,하나\n2021-12-03 10:00,60,2일차,둘\n11:00,30,2일차,셋\n,30,,넷\n"
    )

    assert read_in(empty, small.OTHER, sheet).faults == []
    assert [start for _, start, *_ in plan_cues(empty)] == [
        "02T00:00+3600",
        "03T01:00+3600",
        "03T02:00+1800",
        "03T02:30+1800",
    ]


FAULTS = [
    ("시간,소요,구분,내용\n,20,공연,하나\n", (2, "시간")),
    ("시간,소요,구분,내용\n09:00,,공연,하나\n", (2, "소요")),
    ("시간,소요,구분,내용\n09:00,0,공연,하나\n", (2, "소요")),
    ("시간,소요,구분,내용\n09:00,25:00:00,공연,하나\n", (2, "소요")),
    ("시간,소요,구분,내용\n09:00,20,,하나\n", (2, "구분")),
    ("시간,소요,구분,내용\n곧,20,공연,하나\n", (2, "시간")),
    ("시간,소요,구분,내용\n09:00,20,공연,\n", (2, "내용")),
    ("순서,시간,소요,구분,내용\n1,09:00,20,공연,하나\n1,,20,공연,둘\n", (3, "순서")),
    ("시간,소요,구분,내용,건너뜀\n09:00,20,공연,하나,maybe\n", (2, "건너뜀")),
    ("시간,소요,구분,내용,발표자,대독\n09:00,20,공연,하나,김,이 | 박\n", (2, "대독 | 읽는 사람")),
]


@ON_SQLITE
@pytest.mark.parametrize(("sheet", "place"), FAULTS)
def test_faults_are_named_by_row_and_column_and_nothing_is_changed(
    empty: Hub, sheet: str, place: tuple[int, str]
) -> None:
    found = read_in(empty, small.OTHER, sheet)

    assert [(row, column) for row, column, _ in found.faults] == [place]
    assert plan_cues(empty) == []


def test_unknown_lane_and_segment_are_faults_where_the_plan_has_others(seeded: Hub) -> None:
    sheet = "시간,소요,구분,내용,레인\n11:00,20,축하 공연,노래,옥상\n"

    found = read_in(seeded, CONF, sheet)

    assert {(row, column) for row, column, _ in found.faults} == {(2, "구분"), (2, "진행 구역")}


def test_renumbered_sheet_keeps_its_cues_by_title(empty: Hub) -> None:
    read_in(empty, small.OTHER, EVENING)
    with empty.database.reading() as db:
        before = {cue.title.ko: cue.id for cue in working_plan(db, small.OTHER).cues}
    sheet = (
        "순서,시간,소요,구분,내용,레인\n1,23:20,10,개회,입장,본무대\n2,,20,개회,개회 선언,본무대\n"
        "3,,10,개회,축사,본무대\n4,00:05,15,시상식,단체 시상,본무대\n5,23:40,60,개회,로비 공연,로비\n"
    )

    found = read_in(empty, small.OTHER, sheet)

    assert found.faults == []
    assert [kind for _, kind in found.kinds] == ["new", *["changed"] * 4]
    with empty.database.reading() as db:
        cues = working_plan(db, small.OTHER).cues
    assert {cue.title.ko: cue.id for cue in cues if cue.title.ko in before} == before
    assert [cue.number for cue in cues] == ["1", "2", "3", "4", "5"]
    assert cues[1].notes == {"mc": "안녕하십니까", "video": "타이틀", "sound": "팡파르", "light": "암전"}


def test_cues_that_are_not_in_the_whole_list_are_removed(empty: Hub) -> None:
    read_in(empty, small.OTHER, EVENING)
    first_row = "\n".join(EVENING.splitlines()[:2])

    found = read_in(empty, small.OTHER, first_row, gone=Gone.REMOVE)

    assert found.kinds == [
        ("개회 선언", "same"),
        ("축사", "gone"),
        ("단체 시상", "gone"),
        ("로비 공연", "gone"),
    ]
    assert [number for number, *_ in plan_cues(empty)] == ["1"]


def test_cue_that_ran_is_neither_removed_nor_moved(seeded: Hub, organiser: FlaskClient, now: FakeNow) -> None:
    watch = Watch(seeded, CONF)
    now.forward(minutes=20)
    done(organiser, "run/start")
    sheet = "순서,내용,레인,소요\n1,개회 및 고용노동부 장관 격려사,메타버스,10\n"

    moved = read_in(seeded, CONF, sheet)
    gone = read_in(seeded, CONF, "순서,내용,소요\n11,정리,10\n", gone=Gone.REMOVE)

    assert [(row, column) for row, column, _ in moved.faults] == [(2, "순서")]
    assert any("이미 진행한 순서" in text for _, _, text in gone.faults)
    watch.look()


def test_cue_with_awards_stays_in_its_lane(seeded: Hub) -> None:
    with seeded.database.reading() as db:
        bound = next(cue for cue in working_plan(db, CONF).cues if cue.id == "round-1-hall")
    sheet = f"순서,내용,레인\n{bound.number},{bound.title.ko},메타버스\n"

    found = read_in(seeded, CONF, sheet)

    assert [(row, column) for row, column, _ in found.faults] == [(2, "진행 구역")]


def test_lists_of_the_plan_are_read_in(seeded: Hub) -> None:
    assert read_in(seeded, CONF, "담당\n의전\n", "departments").faults == []
    assert read_in(seeded, CONF, "제목,종류,비공개\n장내 정리,휴식,예\n", "segments").faults == []
    assert read_in(seeded, CONF, "제목,색\n로비,#204060\n", "lanes").faults == []

    with seeded.database.reading() as db:
        plan = working_plan(db, CONF)
    assert plan.departments[-1].title.ko == "의전"
    assert (plan.segments[-1].title.ko, plan.segments[-1].kind.value, plan.segments[-1].public) == (
        "장내 정리",
        "break",
        False,
    )
    assert (plan.lanes[-1].title.ko, plan.lanes[-1].colour) == ("로비", "#204060")


@pytest.mark.parametrize(("part", "sheet"), [("lanes", "제목\n현장\n"), ("segments", "제목\n개회\n")])
def test_lane_or_segment_with_cues_is_not_removed(seeded: Hub, part: str, sheet: str) -> None:
    found = read_in(seeded, CONF, sheet, part, gone=Gone.REMOVE)

    assert found.faults
    assert all("순서가 있습니다" in text for _, _, text in found.faults)


DAYS = """날짜,시작 시각,소요,내용,구분,진행 구역
{first}(목),09:00,60,개회,첫날,대강당
,10:00,60,강연,,대강당
,9:30,90,분과 1,첫날,201호
2일차,09:00,60,분과 2,둘째 날,201호
,23:30,60,환영회,,201호
,00:40,20,뒤풀이,,201호
Day 2,09:00,30,총회,,대강당
,,30,폐회,,대강당
"""


def test_days_in_a_column_of_their_own_hold_until_the_next_and_for_the_night_behind_them(empty: Hub) -> None:
    opening, second = OPENING.astimezone(ZoneInfo("Asia/Seoul")), timedelta(days=1)
    first = f"{opening.month}. {opening.day}."
    assert read_in(empty, small.OTHER, DAYS.format(first=first)).faults == []
    days = [f"{opening + second * number:%m-%d}" for number in range(3)]
    with empty.database.reading() as db:
        plan = working_plan(db, small.OTHER)
    starts = {
        cue.title.ko: f"{cue.planned_start.astimezone(ZoneInfo('Asia/Seoul')):%m-%d %H:%M}"
        for cue in plan.cues
    }
    assert starts == {
        "개회": f"{days[0]} 09:00",
        "강연": f"{days[0]} 10:00",
        "분과 1": f"{days[0]} 09:30",
        "분과 2": f"{days[1]} 09:00",
        "환영회": f"{days[1]} 23:30",
        "뒤풀이": f"{days[2]} 00:40",
        "총회": f"{days[1]} 09:00",
        "폐회": f"{days[1]} 09:30",
    }
    assert [cue.title.ko for cue in plan.cues if not cue.fixed] == ["폐회"]


def test_day_that_cannot_be_read_or_is_far_away_is_a_fault_of_its_row(empty: Hub) -> None:
    rows = "날짜,시간,소요,내용,구분\n내일,09:00,10,가,첫날\n2019-01-01,10:00,10,나,첫날\n13월 1일,11:00,10,다,첫날\n"

    found = read_in(empty, small.OTHER, rows).faults
    assert [(row, column) for row, column, _ in found] == [(2, "날짜"), (3, "날짜"), (4, "날짜")]


def test_lane_that_a_sheet_names_like_a_room_is_in_that_room(empty: Hub) -> None:
    read_in(empty, small.OTHER, "회의장\n대강당\n", "rooms")
    read_in(empty, small.OTHER, DAYS.format(first="1일차"))

    with empty.database.reading() as db:
        plan, rooms = working_plan(db, small.OTHER), all_rooms(db, small.OTHER)
    names = {room.id: room.title.ko for room in rooms}
    assert {lane.title.ko: names.get(lane.room or "") for lane in plan.lanes} == {
        "대강당": "대강당",
        "201호": None,
    }


def test_sheet_that_is_sorted_by_time_moves_nothing_the_second_time(empty: Hub) -> None:
    sheet = "시간,소요,내용,구분,진행 구역\n9:00,30,가,첫날,대강당\n9:10,30,나,첫날,201호\n9:30,30,다,첫날,대강당\n"
    read_in(empty, small.OTHER, sheet)

    assert {kind for _, kind in read_in(empty, small.OTHER, sheet).kinds} == {"same"}
