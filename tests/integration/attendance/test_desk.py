"""The desk's pages of attendance: the report, lists of hosts, one tap, and what counts."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.attendance import store
from conference_hub.attendance.keeping import Counter, Keeper
from conference_hub.attendance.model import AttendanceSetup
from conference_hub.attendance.readiness import readiness
from conference_hub.core.sighted import mark_of
from conference_hub.people.disclosures import DisclosureKind, Reason, disclosures
from conference_hub.people.model import Guest
from conference_hub.people.store import get_guest
from conference_hub.web.hub import Hub
from tests.integration.attendance.test_keeping import elsewhere
from tests.integration.checkin.gate import redeem
from tests.integration.conftest import SignIn
from tests.integration.kinds import ON_SQLITE
from tests.law import Watch
from tests.model_day import CONF, OPENING, FakeNow

pytestmark = ON_SQLITE

DESK = f"/c/{CONF}/desk/attendance"
HALL, REMOTE = "guest-001", "guest-088"


@pytest.fixture
def desk(seeded: Hub, sign_in: SignIn) -> FlaskClient:
    """An organiser's browser that asks for pages in Korean."""
    assert seeded is not None
    browser = sign_in(Role.ORGANISER, name="김주최")
    browser.get(f"{DESK}?lang=ko")
    return browser


def guest(hub: Hub, guest_id: str) -> Guest:
    with hub.database.reading() as db:
        return get_guest(db, CONF, guest_id)


def report(desk: FlaskClient) -> dict[str, dict[str, str]]:
    """Return the report as a file, by number."""
    answer = desk.post(f"{DESK}/file", data={"reason": "report"})
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{CONF}-attendance.csv"'
    rows = csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")))
    return {row["번호"]: row for row in rows}


def test_report_has_hall_and_remote_in_minutes(
    seeded: Hub, desk: FlaskClient, sign_in: SignIn, now: FakeNow
) -> None:
    staff, keeper = sign_in(Role.STAFF), Keeper(seeded, worker="one")
    redeem(staff, "in", guest=HALL)
    keeper.seen("sid", CONF, REMOTE, visible=True)
    keeper.write()
    now.instant = OPENING + timedelta(minutes=50)
    redeem(staff, "out", guest=HALL, direction="out")
    keeper.gone("sid")
    now.forward(minutes=3)
    keeper.write()

    rows = report(desk)
    here, there = rows[guest(seeded, HALL).number], rows[guest(seeded, REMOTE).number]
    assert (here["참여 시간(분)"], here["상태"], here["근거"]) == ("50", "나감", "출입구")
    assert (there["참여 시간(분)"], there["상태"], there["근거"]) == ("50", "나감", "온라인 화면")
    assert here["처음 들어온 시각"].endswith(":00")
    assert len(rows) == 121
    with seeded.database.reading() as db:
        told = disclosures(db, CONF, 1)[0]
    assert (told.kind, told.count, told.reason) == (DisclosureKind.ATTENDANCE, 121, Reason.REPORT)
    page = desk.get(f"{DESK}?q={guest(seeded, REMOTE).number}").text
    assert "50분" in page
    assert "온라인 화면" in page


def test_who_is_where_says_when_it_was_counted_last(
    seeded: Hub, desk: FlaskClient, sign_in: SignIn, now: FakeNow
) -> None:
    redeem(sign_in(Role.STAFF), "in", guest=HALL)
    Counter().work(seeded, now.instant)
    during = desk.get(DESK).text
    now.forward(hours=30)
    after = desk.get(DESK).text

    assert ["마지막으로 센 때" in page for page in (during, after)] == [False, True]


def test_sums_are_shown_and_given_out_without_names(
    seeded: Hub, desk: FlaskClient, sign_in: SignIn, now: FakeNow
) -> None:
    staff = sign_in(Role.STAFF)
    redeem(staff, "in", guest=HALL)
    now.instant = OPENING + timedelta(minutes=50)
    redeem(staff, "out", guest=HALL, direction="out")
    now.forward(minutes=3)

    file = desk.get(f"{DESK}/sums/file")
    assert file.headers["Content-Disposition"] == f'attachment; filename="{CONF}-attendance-sums.csv"'
    headings, total, onsite, *rest = csv.reader(io.StringIO(file.data.decode("utf-8-sig")))
    assert headings == ["참석 방식·구분", "명단", "참여한 사람", "참여 시간 합계(분)", "한 사람 평균(분)"]
    assert (total, onsite[0], onsite[2:]) == (
        ["모두", "121", "1", "50", "50"],
        "현장",
        ["1", "50", "50"],
    )
    assert [row[0] for row in rest if row[2] == "1"] == ["수상자"]
    page = desk.get(f"{DESK}/sums").text
    assert page.count(">50분<") == 2 * 3
    assert (guest(seeded, HALL).name or "?") not in page


def test_readiness_says_whose_lists_are_missing_and_on_which_terms_certificates_are_given(
    seeded: Hub, app: Flask, desk: FlaskClient
) -> None:
    def found() -> dict[str, tuple[str, str]]:
        with app.test_request_context("/?lang=ko"), seeded.database.reading() as db:
            return {line.id: (line.state, line.detail) for line in readiness(db, CONF)}

    assert found() == {"attendance/lists": ("warn", "화상회의, 메타버스")}
    for source, number in (("zoom", REMOTE), ("metaverse", "guest-089")):
        text = guest(seeded, number).number
        desk.post(f"{DESK}/list", data={"source": source, "listed": text, "confirmed": "on"})
    assert found() == {"attendance/lists": ("ok", "")}
    for minutes, state in ((None, "warn"), (60, "ok"), (10_000, "open")):
        with seeded.database.writing() as db:
            store.save_setup(db, CONF, AttendanceSetup(certificates=True, min_minutes=minutes))
        assert found()["attendance/certificates"][0] == state


def test_report_needs_a_reason(desk: FlaskClient) -> None:
    for form in ({}, {"reason": "other"}):
        answer = desk.post(f"{DESK}/file", data=form)
        assert answer.status_code == 422
        assert 'aria-invalid="true"' in answer.text


def test_one_tap_connects_a_guest_and_another_lets_them_leave(seeded: Hub, desk: FlaskClient) -> None:
    watch = Watch(seeded, CONF)
    for form, state in (({"connected": "on"}, "connected"), ({"connected": "on"}, "connected"), ({}, "left")):
        answer = desk.post(f"{DESK}/people/{REMOTE}", data={**form, "page": "2"})
        assert (answer.status_code, answer.location) == (302, f"{DESK}?page=2#guest-{REMOTE}")
        assert elsewhere(seeded) == {REMOTE: (state, "staff")}
    watch.look()
    assert desk.post(f"{DESK}/people/nobody", data={}).status_code == 404


def listed(text: str, **more: str) -> dict[str, str]:
    return {"source": "zoom", "listed": text, **more}


def test_a_list_is_shown_before_it_is_taken_and_ambiguous_lines_are_asked(
    seeded: Hub, desk: FlaskClient
) -> None:
    number, name = guest(seeded, REMOTE).number, guest(seeded, HALL).shown.ko
    page = desk.post(f"{DESK}/list", data=listed(f"{number}\n아무도 아닌 사람\n{name}"))
    assert page.status_code == 200
    assert elsewhere(seeded) == {}
    assert "아무도 아닌 사람" in page.text

    taken = desk.post(f"{DESK}/list", data=listed(f"{number}\n아무도 아닌 사람", confirmed="on"))
    assert (taken.status_code, taken.location) == (302, DESK)
    assert elsewhere(seeded) == {REMOTE: ("connected", "zoom")}


def test_who_is_not_found_can_be_said_by_hand_and_what_is_not_clear_is_asked_again(
    seeded: Hub, desk: FlaskClient, now: FakeNow
) -> None:
    """The list is as Zoom exports it: a mark of its encoding, the meeting first, and somebody who came twice."""
    since = OPENING.astimezone(ZoneInfo("Asia/Seoul"))
    times = [f"{since + timedelta(minutes=minute):%m/%d/%Y %I:%M:%S %p}" for minute in (0, 10, 20, 35)]
    zoom = (
        "\ufeffMeeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants\n"
        f"812 3456 7890,Day,{times[0]},{times[3]},host@example.com,35,1\n\n"
        "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest\n"
        f"iPhone,,{times[0]},{times[1]},10,Yes\niPhone,,{times[2]},{times[3]},15,Yes\n"
    )
    asked = desk.post(f"{DESK}/list", data=listed(zoom)).text
    assert asked.count('name="said"') == 1
    row = "5"

    for said in ("아무도", guest(seeded, HALL).organisation or "?"):
        sent = {**listed(zoom, confirmed="on"), "row": row, "said": said}
        again = desk.post(f"{DESK}/list", data=sent)
        assert (again.status_code, "아직 누구인지 알 수 없는 사람이 1명" in again.text) == (200, True)
        assert f'value="{said}"' in again.text
    assert elsewhere(seeded) == {}

    number = guest(seeded, REMOTE).number
    sent = {**listed(zoom, confirmed="on"), "row": row, "said": number}
    assert desk.post(f"{DESK}/list", data=sent).status_code == 302
    now.instant = OPENING + timedelta(hours=2)
    assert elsewhere(seeded) == {REMOTE: ("left", "zoom")}
    assert report(desk)[number]["참여 시간(분)"] == "25"


def test_a_report_with_times_replaces_the_earlier_one(seeded: Hub, desk: FlaskClient, now: FakeNow) -> None:
    watch = Watch(seeded, CONF)
    number, since = guest(seeded, REMOTE).number, OPENING.astimezone(ZoneInfo("Asia/Seoul"))
    zoom = "번호,들어온 시간,나간 시간\n{number},{since},{until}\n"
    first = zoom.format(number=number, since=f"{since:%H:%M}", until=f"{since + timedelta(minutes=30):%H:%M}")
    second = zoom.format(
        number=number, since=f"{since:%H:%M}", until=f"{since + timedelta(minutes=45):%H:%M}"
    )
    for text in (first, second, second):
        assert desk.post(f"{DESK}/list", data=listed(text, confirmed="on")).status_code == 302
    now.instant = OPENING + timedelta(hours=2)
    watch.look()

    assert elsewhere(seeded) == {REMOTE: ("left", "zoom")}
    assert report(desk)[number]["참여 시간(분)"] == "45"


def test_who_is_not_on_the_list_has_left_where_that_is_wanted(seeded: Hub, desk: FlaskClient) -> None:
    number, other = guest(seeded, REMOTE).number, guest(seeded, "guest-089").number
    desk.post(f"{DESK}/list", data=listed(f"{number}\n{other}", confirmed="on"))
    desk.post(f"{DESK}/list", data=listed(number, confirmed="on"))
    assert set(elsewhere(seeded).values()) == {("connected", "zoom")}
    desk.post(f"{DESK}/list", data=listed(number, confirmed="on", others_left="on"))
    assert elsewhere(seeded) == {REMOTE: ("connected", "zoom"), "guest-089": ("left", "zoom")}


@pytest.mark.parametrize(
    "form",
    [
        {"listed": ""},
        {"listed": "아무도", "confirmed": "on"},
        {"listed": '"열린 따옴표'},
        {"listed": "이름", "source": "staff"},
    ],
)
def test_a_list_that_says_nothing_is_refused_and_kept(
    seeded: Hub, desk: FlaskClient, form: dict[str, str]
) -> None:
    answer = desk.post(f"{DESK}/list", data=form)
    assert answer.status_code == 422, answer.text
    assert form["listed"].replace('"', "&#34;") in answer.text
    assert elsewhere(seeded) == {}


def test_settings_are_kept_and_a_stale_form_is_refused(seeded: Hub, desk: FlaskClient) -> None:
    form = {"certificates": "on", "min_minutes": "60", "min_percent": "50", "issuer_ko": "한국고용정보원"}
    sent = {**form, "seen": mark_of(AttendanceSetup())}
    assert desk.post(f"{DESK}/settings", data=sent).status_code == 302
    stale = desk.post(f"{DESK}/settings", data={**sent, "min_minutes": "30"})
    assert stale.status_code == 409
    wrong = desk.post(f"{DESK}/settings", data={**sent, "min_percent": "101"})
    assert wrong.status_code == 422

    with seeded.database.reading() as db:
        found = store.find_setup(db, CONF)
    assert (found.count_idle, found.certificates, found.min_minutes, found.min_percent) == (
        False,
        True,
        60,
        50,
    )
    assert found.issuer is not None
    assert found.issuer.ko == "한국고용정보원"
