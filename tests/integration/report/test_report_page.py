"""The report of the day on its pages and in its file: what a run was, who commanded it, and what it does not tell."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.agenda.tables import RunActRow, RunStepRow
from conference_hub.core.actor import Actor
from conference_hub.core.text import Text
from conference_hub.messages import actions as messages
from conference_hub.messages.model import Audience, Draft
from conference_hub.web.hub import Hub
from tests.integration.agenda.commanding import done
from tests.integration.conftest import SignIn
from tests.integration.kinds import ON_SQLITE
from tests.model_day import CONF, OPENING, FakeNow

pytestmark = ON_SQLITE

DESK = f"/c/{CONF}/desk"
PAGE = f"{DESK}/report"


@pytest.fixture
def operator(seeded: Hub, sign_in: SignIn, now: FakeNow) -> FlaskClient:
    """An operator on the minute of the opening."""
    del seeded
    now.instant = OPENING
    return sign_in(Role.OPERATOR, name="이운영")


def rows(page: str, caption: str = "") -> list[list[str]]:
    """Return the texts of the cells of a table's body: the one with this name, else the first."""
    tables = re.findall(
        r'aria-label="([^"]*)" tabindex="0">\s*<table.*?<tbody>(.*?)</tbody>', page, re.DOTALL
    )
    body = next(body for name, body in tables if caption in name)
    return [
        [
            " ".join(re.sub(r"<[^>]+>", " ", cell).split())
            for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL)
        ]
        for row in re.findall(r"<tr[^>]*>(.*?)</tr>", body, re.DOTALL)
    ]


def file_rows(client: FlaskClient, query: str = "", path: str = "report.csv") -> list[list[str]]:
    data = client.get(f"{DESK}/{path}{query}").data
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def a_morning(operator: FlaskClient, now: FakeNow) -> None:
    """Start the hall two minutes late, hold its first cue for a minute, and go on to the second after ten."""
    now.forward(minutes=2)
    done(operator, "run/start", lane="hall")
    now.forward(minutes=3)
    done(operator, "run/hold", lane="hall")
    now.forward(minutes=1)
    done(operator, "run/resume", lane="hall")
    done(operator, "run/extend", lane="hall", seconds=90)
    now.forward(minutes=6)
    done(operator, "run/next", lane="hall")


def test_before_the_run_the_pages_say_so(operator: FlaskClient) -> None:
    pages = [operator.get(f"{PAGE}{path}").text for path in ("", "/awards", "/acts")]

    assert ["아직 시작하지 않았습니다" in page for page in pages] == [True, True, True]
    assert len(file_rows(operator)) == 1


def test_the_report_puts_what_was_beside_what_was_planned(operator: FlaskClient, now: FakeNow) -> None:
    a_morning(operator, now)

    page = operator.get(PAGE).text
    first, second, *_ = rows(page)

    assert first[2:] == [
        *("09:20", "09:22:00", "+2:00"),
        *(first[5], "10:00", first[7]),
        *("1:00 · 1회", "+1:30", "이운영"),
    ]
    assert second[3] == "09:32:00"
    assert "진행 중" in second[1]
    assert page.count("<svg") == 2
    assert 'class="report-actual"' in page


def test_commands_are_told_in_order_and_those_taken_back_say_by_whom(
    operator: FlaskClient, sign_in: SignIn, now: FakeNow
) -> None:
    colleague = sign_in(Role.OPERATOR, name="박진행")
    done(operator, "run/start", lane="hall")
    now.forward(seconds=5)
    done(operator, "run/hold", lane="hall")
    now.forward(seconds=5)
    done(colleague, "run/undo", lane="hall")

    start, held, undone = rows(operator.get(f"{PAGE}/acts").text)

    assert (start[0], start[2], start[4:]) == ("09:20:00", "시작", ["이운영", ""])
    assert (held[0], held[2], held[4:]) == ("09:20:05", "멈춤", ["이운영", "실행 취소됨 09:20:10 박진행"])
    assert (undone[0], undone[2], undone[4:]) == ("09:20:10", "실행 취소: 멈춤", ["박진행", ""])
    assert held[3] == undone[3] == start[3]


def test_the_file_has_a_row_for_each_command(operator: FlaskClient, now: FakeNow) -> None:
    a_morning(operator, now)

    heading, *lines = file_rows(operator)

    assert heading == ["시각", "진행 구역", "명령", "대상", "누가", "실행 취소한 시각", "실행 취소한 사람"]
    assert [(line[0], line[2], *line[4:]) for line in lines] == [
        ("2021-12-02 09:22:00", "시작", "이운영", "", ""),
        ("2021-12-02 09:25:00", "멈춤", "이운영", "", ""),
        ("2021-12-02 09:26:00", "재개", "이운영", "", ""),
        ("2021-12-02 09:26:00", "시간 조정 +1:30", "이운영", "", ""),
        ("2021-12-02 09:32:00", "다음 순서로", "이운영", "", ""),
    ]


def test_the_file_of_cues_puts_what_was_beside_what_was_planned(operator: FlaskClient, now: FakeNow) -> None:
    a_morning(operator, now)
    done(operator, "run/skip", lane="hall", cue="performance")

    heading, first, second, *others = file_rows(operator, path="report/cues.csv")

    assert heading == [
        *("진행 구역", "순서", "진행 내용", "상태", "계획 시작", "실제 시작", "실제 끝", "시작 차이(초)"),
        *("계획 길이(초)", "실제 길이(초)", "길이 차이(초)"),
        *("멈춘 시간(초)", "멈춘 횟수", "시간 조정(초)", "시작한 사람"),
    ]
    assert first[3:] == [
        *("", "2021-12-02 09:20:00", "2021-12-02 09:22:00", "2021-12-02 09:32:00", "120"),
        *(first[8], "600", str(600 - int(first[8])), "60", "1", "90", "이운영"),
    ]
    assert second[3:7] == ["진행 중", second[4], "2021-12-02 09:32:00", ""]
    assert [row[3] for row in others if row[3]] == ["건너뜀"]
    assert {row[0] for row in others} == {"현장", "메타버스"}


def test_the_file_of_awards_puts_what_was_beside_what_was_planned(
    operator: FlaskClient, now: FakeNow
) -> None:
    done(operator, "run/start", lane="hall")
    done(operator, "run/next", lane="hall")
    now.forward(seconds=12)
    done(operator, "awards/case-01/absent", absent=True)
    done(operator, "awards/case-01/arm")
    done(operator, "awards/case-01/reveal")
    now.forward(seconds=20)
    done(operator, "run/next", lane="hall", with_left="leave")

    heading, *lines = file_rows(operator, path="report/awards.csv")
    page = rows(operator.get(f"{PAGE}/awards").text, "현장")
    (shown,) = (row for row in page if row[4] != "–")
    (revealed,) = (row for row in lines if row[7])

    assert heading == [
        *("진행 구역", "순서", "수상자", "훈격", "상태", "비고"),
        *("계획 시각", "발표 시각", "차이(초)", "걸린 시간(초)", "발표한 사람"),
    ]
    assert [row[2] for row in lines[: len(page)]] == [row[0] for row in page]
    assert revealed[:4] == ["현장", shown[1], shown[0], shown[2]]
    assert revealed[5:] == [
        *("불참", "2021-12-02 09:37:12", "2021-12-02 09:20:12"),
        *(str(-17 * 60), "20", "이운영"),
    ]


def test_each_page_offers_its_own_file(operator: FlaskClient) -> None:
    links = [
        re.findall(r'href="([^"]*\.csv[^"]*)"', operator.get(f"{PAGE}{path}").text)
        for path in ("", "/awards", "/acts")
    ]

    assert links == [[f"{PAGE}/cues.csv"], [f"{PAGE}/awards.csv"], [f"{PAGE}.csv"]]


def test_no_cell_of_the_file_is_a_formula(seeded: Hub, sign_in: SignIn) -> None:
    formula = sign_in(Role.OPERATOR, name="=1+1")
    done(formula, "run/start", lane="hall")
    assert file_rows(formula)[1][4] == "'=1+1"
    del seeded


def test_an_award_is_named_only_while_it_is_public(operator: FlaskClient, now: FakeNow) -> None:
    done(operator, "awards/case-01/arm", outside="앞당김")
    done(operator, "awards/case-01/reveal", outside="앞당김")
    revealed = (operator.get(f"{PAGE}/awards").text, operator.get(f"{PAGE}/acts").text)
    name = rows(revealed[1])[0][3]
    now.forward(seconds=10)
    done(operator, "awards/case-01/take-back")

    again = (operator.get(f"{PAGE}/awards").text, operator.get(f"{PAGE}/acts").text)

    assert [name in page for page in revealed] == [True, True]
    assert [name in page for page in again] == [False, False]
    assert name not in str([file_rows(operator), file_rows(operator, path="report/awards.csv")])
    assert {row[3] for row in rows(again[1])} != {"–"}


def test_a_correction_stays_in_the_report_when_its_step_ends(seeded: Hub, operator: FlaskClient) -> None:
    done(operator, "awards/case-01/correct", recipient="틀린이름")
    done(operator, "awards/case-01/correct", recipient="맞는이름")
    done(operator, "run/start", lane="hall")

    told = [(row[2], row[4]) for row in rows(operator.get(f"{PAGE}/acts").text)]
    with seeded.database.reading() as db:
        kept = db.scalars(sa.select(RunActRow.detail)).all()
        steps = db.scalars(sa.select(RunStepRow.topic)).all()

    assert told == [("수상자 정보 고치기", "이운영"), ("수상자 정보 고치기", "이운영"), ("시작", "이운영")]
    assert (steps, [sorted(detail) for detail in kept]) == (["LaneStarted"], [[], [], ["cue"]])


def test_a_rehearsal_has_its_own_report(operator: FlaskClient, now: FakeNow) -> None:
    now.forward(days=-2)
    done(operator, "runs", revision=1)
    done(operator, "runs/run-2/start", lane="hall")
    now.forward(minutes=1)
    done(operator, "runs/run-2/next", lane="hall")

    page = operator.get(f"{PAGE}?run=run-2").text

    assert "리허설의 보고서입니다" in page
    assert [row[4] for row in rows(page)[:2]] == ["0:00", "−9:00"]
    assert len(file_rows(operator, "?run=run-2")) == 3
    assert "아직 시작하지 않았습니다" in operator.get(PAGE).text
    assert 'href="/c/' + CONF + "/desk/report/awards" in page


def test_a_fast_rehearsal_is_told_by_its_own_clock(operator: FlaskClient, now: FakeNow) -> None:
    run = done(operator, "runs", revision=1, speed=10)["run"]
    done(operator, f"runs/{run}/start", lane="hall")
    now.forward(seconds=30)

    first, *_ = rows(operator.get(f"{PAGE}?run={run}").text)

    assert (first[4], first[6], first[9]) == ("0:00", "5:00", "–")
    assert "이운영" in first[10]


def test_a_run_that_is_not_there_is_not_found(operator: FlaskClient) -> None:
    answers = [operator.get(f"{PAGE}{path}?run=run-9").status_code for path in ("", "/acts", ".csv")]
    assert answers == [404, 404, 404]


def test_a_page_beyond_the_last_is_the_last(operator: FlaskClient) -> None:
    done(operator, "run/start", lane="hall")
    assert len(rows(operator.get(f"{PAGE}/acts?page=99").text)) == 1
    assert operator.get(f"{PAGE}/acts?page=x").status_code == 422


def test_messages_that_were_sent_stand_in_the_report(seeded: Hub, operator: FlaskClient) -> None:
    done(operator, "run/start", lane="hall")
    later = Draft(text=Text.of("나중"), audiences=(Audience.STAFF,), at=OPENING + timedelta(hours=2))
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        messages.post(
            write, Draft(text=Text.of("곧 시작합니다"), audiences=(Audience.PUBLIC, Audience.STAGE))
        )
        messages.post(write, later)

    found = rows(operator.get(PAGE).text, "보낸 메시지")

    assert [row[1:3] for row in found] == [["모든 참석자, 무대 화면", "곧 시작합니다"]]


def test_operators_see_the_report_without_the_desks_navigation(
    operator: FlaskClient, sign_in: SignIn
) -> None:
    organiser = sign_in(Role.ORGANISER)
    navigation = ['class="desk-nav"' in client.get(PAGE).text for client in (operator, organiser)]
    assert navigation == [False, True]
    assert f'{DESK}/report" aria-current' in organiser.get(PAGE).text


def test_times_of_another_day_say_so(operator: FlaskClient, now: FakeNow) -> None:
    done(operator, "run/start", lane="hall")
    now.forward(hours=16)
    done(operator, "run/next", lane="hall")
    assert "01:20:00 (+1일)" in operator.get(PAGE).text
