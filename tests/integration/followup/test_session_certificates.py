"""Certificates about the follow-up: what was attended, on the organisers' terms, verified, renewed and revoked."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pypdf
import pytest
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.attendance import certificate_store
from conference_hub.attendance import store as attendance_store
from conference_hub.attendance.certificate_actions import leave
from conference_hub.attendance.certificate_pdf import LABEL_WIDTH, MARGIN
from conference_hub.attendance.certificate_type import REGULAR, width
from conference_hub.attendance.certificates import About, Certificate, Way, shown_code
from conference_hub.attendance.model import AttendanceSetup
from conference_hub.conferences.model import State
from conference_hub.conferences.store import get_conference, save_conference
from conference_hub.core.actor import Actor
from conference_hub.core.text import Text
from conference_hub.features import ERASURES
from conference_hub.followup import answer_store, store
from conference_hub.followup.joining import Joined, JoinedBy
from conference_hub.followup.model import OnlineSession, SessionStatus
from conference_hub.people.model import GuestId
from conference_hub.people.store import get_guest, save_guests
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.integration.kinds import ON_SQLITE
from tests.model_day import CONF, FakeNow

pytestmark = ON_SQLITE

PAGES = f"/c/{CONF}"
DESK = f"{PAGES}/desk/follow-up/certificates"
LABEL_SIZE = 12
KIM, LEE = "guest-001", "guest-002"
OWN = f"{PAGES}/me/follow-up-certificate"


def sessions(hub: Hub) -> list[OnlineSession]:
    with hub.database.reading() as db:
        return store.public_sessions(db, CONF)


def attend(hub: Hub, guest_id: str, online: OnlineSession, minutes: int | None) -> None:
    with hub.database.writing() as db:
        answer_store.save_joined(
            db,
            CONF,
            Joined(
                session_id=online.id,
                guest_id=GuestId(guest_id),
                joined_at=online.starts_at,
                minutes=minutes,
                source=JoinedBy.LINK,
            ),
        )


def choose(hub: Hub, **terms: Any) -> None:
    with hub.database.writing() as db:
        attendance_store.save_setup(db, CONF, AttendanceSetup(**{"follow_up": True, **terms}))


def certificates(hub: Hub) -> list[Certificate]:
    with hub.database.reading() as db:
        return list(certificate_store.all_certificates(db, CONF))


def pages_of(data: bytes) -> list[str]:
    """Return the words of each page of a file, without spaces."""
    found: Any = pypdf.PdfReader(io.BytesIO(data))
    return ["".join(page.extract_text().split()) for page in found.pages]


@pytest.fixture
def over(seeded: Hub, now: FakeNow) -> Hub:
    """The hub after the first two sessions: a guest attended both, the first for 50 minutes."""
    first, second = sessions(seeded)[:2]
    attend(seeded, KIM, first, 50)
    attend(seeded, KIM, second, None)
    choose(seeded)
    now.instant = max(first.ends_at, second.ends_at) + timedelta(minutes=1)
    return seeded


@pytest.fixture
def mine(over: Hub, sign_in: SignIn) -> FlaskClient:
    """The browser of the guest, in Korean."""
    assert over is not None
    browser = sign_in(Role.ATTENDEE, guest_id=KIM)
    browser.get(f"{PAGES}/me?lang=ko")
    return browser


@pytest.fixture
def desk(over: Hub, sign_in: SignIn) -> FlaskClient:
    """An organiser's browser, in Korean."""
    assert over is not None
    browser = sign_in(Role.ORGANISER)
    browser.get(f"{DESK}?lang=ko")
    return browser


def test_a_guest_gets_a_certificate_that_names_what_they_attended(
    over: Hub, mine: FlaskClient, client: FlaskClient
) -> None:
    first, second = sessions(over)[:2]
    assert "후속 세션 참석 증명서" in mine.get(f"{PAGES}/me").text
    for _ in range(2):
        answer = mine.post(OWN)
        assert (answer.status_code, answer.location) == (302, f"{OWN}.pdf")
    [certificate] = certificates(over)
    [words] = pages_of(mine.get(f"{OWN}.pdf").data)
    page = client.get(f"{PAGES}/certificate/{shown_code(certificate.code)}?lang=ko").text

    assert (certificate.about, certificate.ways, certificate.minutes) == (
        About.FOLLOW_UP,
        (Way.ONLINE,),
        None,
    )
    assert [(one.title, one.starts_at, one.minutes) for one in certificate.sessions] == [
        (first.title, first.starts_at, 50),
        (second.title, second.starts_at, None),
    ]
    for online in (first, second):
        title = online.title.in_language("ko")
        assert "".join(title.split()) in words
        assert title in page
    assert "후속세션에참석하였음을증명합니다." in words
    assert ("50분" in words, "50분" in page, "참여시간" in words) == (True, True, False)
    assert ("이 증명서는 유효합니다." in page, "일시" in page) == (True, False)
    english = "".join(pages_of(mine.get(f"{OWN}.pdf?lang=en").data))
    assert "Certificateofattendance" in english
    assert "Sessionsattended" in english


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_labels_end_before_the_values_beside_them(mine: FlaskClient, lang: str) -> None:
    mine.post(OWN)
    left: list[str] = []

    def see(text: str, _user: object, matrix: list[float], _font: object, size: float) -> None:
        if text.strip() and abs(matrix[4] - MARGIN) < 1 and round(size) == LABEL_SIZE:
            left.append(text.strip())

    reader: Any = pypdf.PdfReader(io.BytesIO(mine.get(f"{OWN}.pdf?lang={lang}").data))
    reader.pages[0].extract_text(visitor_text=see)

    assert len(left) >= 5
    assert [one for one in left if width(one, REGULAR, LABEL_SIZE) > LABEL_WIDTH] == []


def test_the_whole_time_stands_there_where_it_is_known_of_all(over: Hub, mine: FlaskClient) -> None:
    attend(over, KIM, sessions(over)[1], 40)
    mine.post(OWN)
    [certificate] = certificates(over)
    [words] = pages_of(mine.get(f"{OWN}.pdf").data)
    assert certificate.minutes == 90
    assert "참여시간1시간30분" in words


def test_nothing_is_given_while_it_is_off(over: Hub, mine: FlaskClient, desk: FlaskClient) -> None:
    choose(over, follow_up=False, certificates=True)
    assert "후속 세션 참석 증명서" not in mine.get(f"{PAGES}/me").text
    assert mine.post(OWN).status_code == 409
    assert desk.post(DESK).status_code == 409
    assert "설정에서 켜고" in desk.get(DESK).text
    assert mine.get(f"{OWN}.pdf").location == f"{PAGES}/me"
    assert certificates(over) == []


def test_who_attended_too_few_sessions_is_told_how_many_are_needed(
    over: Hub, mine: FlaskClient, desk: FlaskClient
) -> None:
    choose(over, min_sessions=3)
    assert "세션 3개 이상" in mine.get(f"{PAGES}/me").text
    answer = mine.post(OWN)
    assert (answer.status_code, "조건에 모자랍니다" in answer.text) == (409, True)
    desk.post(DESK)
    assert certificates(over) == []


def test_sessions_that_go_on_or_were_cancelled_do_not_count(
    over: Hub, mine: FlaskClient, now: FakeNow
) -> None:
    first, second = sessions(over)[:2]
    with over.database.writing() as db:
        store.save_session(db, replace(first, status=SessionStatus.CANCELLED))
    now.instant = second.ends_at - timedelta(minutes=1)
    assert mine.post(OWN).status_code == 409
    now.instant = second.ends_at
    assert mine.post(OWN).status_code == 302
    assert [one.title for one in certificates(over)[0].sessions] == [second.title]


def test_what_is_attended_later_gives_a_new_certificate_and_revokes_the_first(
    over: Hub, mine: FlaskClient, client: FlaskClient
) -> None:
    mine.post(OWN)
    [first] = certificates(over)
    attend(over, KIM, sessions(over)[1], 45)
    assert "앞의 증명서는 무효가 됩니다" in mine.get(f"{PAGES}/me").text
    assert mine.post(OWN).status_code == 302
    assert {one.code: one.valid for one in certificates(over)}[first.code] is False
    [valid] = [one for one in certificates(over) if one.valid]
    assert valid.minutes == 95
    page = client.get(f"{PAGES}/certificate/{shown_code(first.code)}?lang=ko").text
    assert "이 증명서는 취소되었습니다." in page


def test_a_name_that_cannot_be_set_leaves_what_was_given(over: Hub, mine: FlaskClient) -> None:
    mine.post(OWN)
    with over.database.writing() as db:
        guest = get_guest(db, CONF, KIM)
        save_guests(db, CONF, [replace(guest, name="สมชาย", pronunciation=None)])
    attend(over, KIM, sessions(over)[1], 45)
    answer = mine.post(OWN)
    assert (answer.status_code, "발음 표기" in answer.text) == (409, True)
    [certificate] = certificates(over)
    assert certificate.valid


def test_the_desk_says_how_many_may_have_one_gives_them_and_revokes(
    over: Hub, desk: FlaskClient, client: FlaskClient
) -> None:
    attend(over, LEE, sessions(over)[0], 10)
    choose(over, min_sessions=2)
    counted = "".join(desk.get(DESK).text.split())
    assert '세션에참석한사람</dt><ddclass="figure">2명' in counted
    assert '조건을채운사람</dt><ddclass="figure">1명' in counted
    for _ in range(2):
        assert desk.post(DESK).status_code == 302
    [certificate] = certificates(over)
    assert certificate.guest_id == KIM
    listed = f"{PAGES}/desk/attendance/certificates"
    assert "후속 세션" in desk.get(listed).text
    assert desk.post(f"{listed}/{certificate.code}/revoke").status_code == 302
    page = client.get(f"{PAGES}/certificate/{shown_code(certificate.code)}?lang=ko").text
    assert "이 증명서는 취소되었습니다." in page


@pytest.mark.parametrize(
    ("needed", "given", "state", "words"),
    [
        (2, False, "warn", "조건을 채운 1명이 아직 받지 않았습니다."),
        (2, True, "ok", "2번 이상 참석한 사람에게 발급합니다."),
        (99, False, "open", "필요한 세션이 열리는 세션보다 많습니다."),
    ],
)
def test_what_is_left_to_do_says_who_lacks_a_certificate(
    over: Hub, desk: FlaskClient, needed: int, state: str, words: str, *, given: bool
) -> None:
    choose(over, min_sessions=needed)
    if given:
        desk.post(DESK)
    with over.database.reading() as db:
        conference = get_conference(db, CONF)
    with over.database.writing() as db:
        save_conference(db, replace(conference, state=State.OVER))

    page = desk.get(f"{PAGES}/desk/").text

    assert re.findall(r'data-line="followup/certificates" data-state="([^"]+)"', page) == [state]
    assert words in page


def test_nobody_waits_for_a_certificate_who_has_no_name(over: Hub, desk: FlaskClient) -> None:
    choose(over, min_sessions=2)
    with over.database.writing() as db:
        guest, conference = get_guest(db, CONF, KIM), get_conference(db, CONF)
        save_guests(db, CONF, [replace(guest, name="", label=Text.of("참석자 1"))])
        save_conference(db, replace(conference, state=State.OVER))
    desk.post(DESK)
    counted = "".join(desk.get(DESK).text.split())

    page = desk.get(f"{PAGES}/desk/").text

    assert re.findall(r'data-line="followup/certificates" data-state="([^"]+)"', page) == ["ok"]
    assert '아직받지않은사람</dt><ddclass="figure">0명' in counted
    assert '발급하지않는사람</dt><ddclass="figure">1명' in counted


def test_one_about_the_day_and_one_about_the_follow_up_stand_beside_each_other(
    over: Hub, mine: FlaskClient
) -> None:
    mine.post(OWN)
    with over.database.reading() as db:
        assert certificate_store.certificate_of(db, CONF, KIM, About.DAY) is None
        assert certificate_store.holders(db, CONF, About.DAY) == set()
        assert certificate_store.holders(db, CONF, About.FOLLOW_UP) == {KIM}


def test_a_long_list_follows_on_pages_of_its_own(over: Hub, mine: FlaskClient) -> None:
    with over.database.reading() as db:
        name = get_guest(db, CONF, KIM).name or ""
    mine.post(OWN)
    [certificate] = certificates(over)
    many = tuple(replace(certificate.sessions[0], minutes=number) for number in range(1, 41))
    long = replace(certificate, code=type(certificate.code)("A" * 16), sessions=many)
    with over.database.writing() as db:
        certificate_store.revoke_certificate(db, CONF, certificate.code, over.now())
        certificate_store.add_certificates(db, CONF, [long])
    first, *rest = pages_of(mine.get(f"{OWN}.pdf").data)
    assert "".join(name.split()) in first
    assert "40개(다음쪽)" in first
    assert len(rest) >= 2
    assert all(f"({number}분)" in "".join(rest) for number in range(1, 41))
    assert all(shown_code(long.code) in page for page in rest)


def test_erased_data_leave_what_can_be_verified_without_a_name(
    over: Hub, mine: FlaskClient, client: FlaskClient
) -> None:
    mine.post(OWN)
    [certificate] = certificates(over)
    erasure = next(one for one in ERASURES if one.name == "certificate")
    with over.database.writing() as db:
        db.execute(erasure.statement(erasure.condition(CONF)))
    page = client.get(f"{PAGES}/certificate/{shown_code(certificate.code)}?lang=ko").text
    assert ("이 증명서는 유효합니다." in page, "개인정보를 파기하여" in page) == (True, True)
    assert certificate.sessions[0].title.in_language("ko") in page


def test_a_guest_who_leaves_the_list_takes_the_name_along(over: Hub, mine: FlaskClient) -> None:
    mine.post(OWN)
    with over.journal.writing(CONF, actor=Actor.system("test")) as write:
        leave(write, [KIM])
    [left] = certificates(over)
    assert (left.guest_id, left.name, left.valid) == (None, None, False)
