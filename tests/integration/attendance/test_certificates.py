"""Certificates of attendance: given after the end on the organisers' terms, verified by anybody, revoked, erased."""

from __future__ import annotations

import io
import unicodedata
from datetime import timedelta
from typing import Any

import pypdf
import pytest
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.attendance import certificate_store, store
from conference_hub.attendance.certificate_actions import give, leave
from conference_hub.attendance.certificates import Certificate, Way, shown_code
from conference_hub.attendance.keeping import Keeper
from conference_hub.attendance.model import ABSENT, AttendanceSetup, RemoteSpan, Source, SpanId, Watch
from conference_hub.attendance.reporting import Line
from conference_hub.attendance.spans import Attended
from conference_hub.conferences.store import get_conference
from conference_hub.core.actor import Actor
from conference_hub.features import ERASURES
from conference_hub.people.disclosures import DisclosureKind, disclosures
from conference_hub.people.masking import mask
from conference_hub.people.model import Guest
from conference_hub.people.store import get_guest, save_guests
from conference_hub.web.hub import Hub
from tests.integration.checkin.gate import redeem
from tests.integration.conftest import SignIn
from tests.integration.kinds import ON_SQLITE
from tests.model_day import CONF, OPENING, FakeNow

pytestmark = ON_SQLITE

PAGES = f"/c/{CONF}"
DESK = f"{PAGES}/desk/attendance/certificates"
REMOTE = "guest-001"
SCANNED = "guest-002"


def read(data: bytes) -> tuple[list[str], set[str]]:
    """Return the text of each page, and the fonts that are embedded in the file."""
    found: Any = pypdf.PdfReader(io.BytesIO(data))
    fonts = {
        str(font["/BaseFont"]).rpartition("+")[2]
        for page in found.pages
        for font in (one.get_object() for one in page["/Resources"]["/Font"].values())
        if "/FontFile2" in font.get("/FontDescriptor", {})
    }
    return [page.extract_text() for page in found.pages], fonts


def person(hub: Hub) -> Guest:
    with hub.database.reading() as db:
        return get_guest(db, CONF, REMOTE)


def certificates(hub: Hub) -> list[Certificate]:
    with hub.database.reading() as db:
        return list(certificate_store.all_certificates(db, CONF))


@pytest.fixture
def ended(seeded: Hub, now: FakeNow) -> Hub:
    """The hub after the end: certificates need an hour, and the guest was there for all of it."""
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        conference = get_conference(write.session, CONF)
        store.save_setup(write.session, CONF, AttendanceSetup(certificates=True, min_minutes=60))
        span = RemoteSpan(
            id=SpanId("span"),
            guest_id=person(seeded).id,
            watch=Watch.CONNECTED,
            source=Source.SOCKET,
            began_at=conference.starts_at,
            seen_at=conference.starts_at,
            ended_at=conference.starts_at + timedelta(minutes=80),
        )
        store.add_spans(write.session, CONF, [span])
    now.instant = conference.ends_at + timedelta(minutes=1)
    return seeded


@pytest.fixture
def desk(ended: Hub, sign_in: SignIn) -> FlaskClient:
    """An organiser's browser that asks for pages in Korean."""
    assert ended is not None
    browser = sign_in(Role.ORGANISER)
    browser.get(f"{DESK}?lang=ko")
    return browser


@pytest.fixture
def mine(ended: Hub, sign_in: SignIn) -> FlaskClient:
    """The browser of the guest, in Korean."""
    assert ended is not None
    browser = sign_in(Role.ATTENDEE, guest_id=REMOTE)
    browser.get(f"{PAGES}/me?lang=ko")
    return browser


def test_a_guest_gets_a_certificate_with_korean_type_embedded(ended: Hub, mine: FlaskClient) -> None:
    assert "증명서 받기" in mine.get(f"{PAGES}/me").text
    answer = mine.post(f"{PAGES}/me/certificate")
    assert (answer.status_code, answer.location) == (302, f"{PAGES}/me/certificate.pdf")
    mine.post(f"{PAGES}/me/certificate")
    file = mine.get(f"{PAGES}/me/certificate.pdf")

    [certificate] = certificates(ended)
    assert (file.mimetype, file.headers["Cache-Control"]) == ("application/pdf", "no-store")
    [text], fonts = read(file.data)
    assert fonts == {"Pretendard-Regular", "Pretendard-Bold"}
    words = "".join(text.split())
    for told in (
        "참석증명서",
        person(ended).name or "",
        "1시간 20분",
        "온라인",
        shown_code(certificate.code),
    ):
        assert "".join(told.split()) in words
    english = read(mine.get(f"{PAGES}/me/certificate.pdf?lang=en").data)[0][0]
    assert "Certificate of attendance" in english


def pass_door(staff: FlaskClient, now: FakeNow, direction: str, minute: int) -> None:
    """Let the scanned guest in or out, so many minutes after opening."""
    now.instant = OPENING + timedelta(minutes=minute)
    answer = redeem(staff, f"{direction} {minute}", guest=SCANNED, direction=direction)
    assert answer["verdict"] == {"in": "admitted", "out": "left"}[direction]


def given(hub: Hub, sign_in: SignIn, now: FakeNow) -> tuple[Certificate, str]:
    """Let the scanned guest ask for their certificate after the end; return it and its words, without spaces."""
    with hub.database.reading() as db:
        now.instant = get_conference(db, CONF).ends_at + timedelta(minutes=1)
    mine = sign_in(Role.ATTENDEE, guest_id=SCANNED)
    assert mine.post(f"{PAGES}/me/certificate").status_code == 302
    [text], _ = read(mine.get(f"{PAGES}/me/certificate.pdf?lang=ko").data)
    [certificate] = certificates(hub)
    return certificate, "".join(text.split())


def test_who_was_scanned_in_and_out_was_on_site_for_the_minutes_of_their_stays(
    ended: Hub, sign_in: SignIn, client: FlaskClient, now: FakeNow
) -> None:
    """They came ten minutes early, which does not count, and were outside for a quarter of an hour."""
    now.instant = OPENING
    staff = sign_in(Role.STAFF)
    for direction, minute in (("in", -10), ("out", 40), ("in", 55), ("out", 77)):
        pass_door(staff, now, direction, minute)

    certificate, words = given(ended, sign_in, now)
    page = client.get(f"{PAGES}/certificate/{shown_code(certificate.code)}?lang=ko").text

    assert (certificate.minutes, certificate.ways) == (62, (Way.HALL,))
    assert "참석방식현장참여시간1시간2분" in words
    assert ["현장" in page, "온라인" in page, "1시간 2분" in page] == [True, False, True]


def test_who_went_on_following_from_elsewhere_was_there_in_both_ways(
    ended: Hub, sign_in: SignIn, client: FlaskClient, now: FakeNow
) -> None:
    """The live page was open on their phone for the last ten minutes in the hall: those count once."""
    now.instant = OPENING
    staff, keeper = sign_in(Role.STAFF), Keeper(ended, worker="one")
    pass_door(staff, now, "in", 5)
    now.forward(minutes=25)
    keeper.seen("phone", CONF, SCANNED, visible=True)
    keeper.write()
    pass_door(staff, now, "out", 40)
    now.instant = OPENING + timedelta(minutes=70)
    keeper.gone("phone")
    now.forward(minutes=3)
    keeper.write()

    certificate, words = given(ended, sign_in, now)
    page = client.get(f"{PAGES}/certificate/{shown_code(certificate.code)}?lang=en").text

    assert (certificate.minutes, certificate.ways) == (65, (Way.HALL, Way.ONLINE))
    assert "참석방식현장,온라인참여시간1시간5분" in words
    assert ["on site, online" in page, "1 h 5 min" in page] == [True, True]


def test_anybody_verifies_what_a_certificate_says(ended: Hub, mine: FlaskClient, client: FlaskClient) -> None:
    mine.post(f"{PAGES}/me/certificate")
    [certificate] = certificates(ended)
    code, name, organisation = (
        shown_code(certificate.code),
        person(ended).name or "",
        person(ended).organisation or "",
    )
    asked = client.get(f"{PAGES}/certificate?code={code.lower()}")
    assert (asked.status_code, asked.location) == (302, f"{PAGES}/certificate/{code}")
    answer = client.get(f"{PAGES}/certificate/{code}?lang=ko")
    page = answer.text
    assert "이 증명서는 유효합니다." in page
    for words in (name, organisation):
        assert mask(words) in page
        assert words not in page
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert '<meta name="robots" content="noindex, nofollow">' in page

    with ended.database.writing() as db:
        store.save_setup(db, CONF, AttendanceSetup(certificates=True, show_names=True))
    whole = client.get(f"{PAGES}/certificate/{code}").text
    assert (name in whole, organisation in whole) == (True, True)
    assert client.get(f"{PAGES}/certificate/AAAA-AAAA-AAAA-AAAA").status_code == 404
    assert client.get(f"{PAGES}/certificate/short").status_code == 404
    assert "16자" in client.get(f"{PAGES}/certificate?code=short").text
    assert client.get(f"{PAGES}/certificate").status_code == 200
    assert "This certificate is valid." in client.get(f"{PAGES}/certificate/{code}?lang=en").text


def test_who_was_there_for_too_short_gets_none(ended: Hub, mine: FlaskClient) -> None:
    with ended.database.writing() as db:
        store.save_setup(db, CONF, AttendanceSetup(certificates=True, min_minutes=121))
    assert "121분 이상" in mine.get(f"{PAGES}/me").text
    answer = mine.post(f"{PAGES}/me/certificate")
    assert answer.status_code == 409
    assert "조건에 모자랍니다" in answer.text
    assert mine.get(f"{PAGES}/me/certificate.pdf").location == f"{PAGES}/me"


def rename(hub: Hub, name: str | None, organisation: str | None = None) -> None:
    with hub.database.writing() as db:
        guest = person(hub)
        renamed = Guest(
            id=guest.id,
            name=name,
            label=guest.label or guest.shown,
            organisation=organisation,
            group=guest.group,
            mode=guest.mode,
            number=guest.number,
        )
        save_guests(db, CONF, [renamed])


@pytest.mark.parametrize(
    ("name", "joined", "face"),
    [("洪吉童", "洪吉童", "NotoSansKR-Bold"), ("محمد", "\ufee3\ufea4\ufee4\ufeaa", "NotoSansArabic-Bold")],
)
def test_names_in_hanja_and_in_arabic_are_set_in_type_that_has_them(
    ended: Hub, mine: FlaskClient, name: str, joined: str, face: str
) -> None:
    """Arabic letters stand in the forms in which they join: the first of a word, two within, the last."""
    rename(ended, name, organisation=f"{name} 연구소")
    mine.post(f"{PAGES}/me/certificate")
    [text], fonts = read(mine.get(f"{PAGES}/me/certificate.pdf").data)
    assert fonts == {"Pretendard-Regular", "Pretendard-Bold", face}
    assert unicodedata.normalize("NFKC", joined) == name
    lines = [
        unicodedata.normalize("NFKC", line) if face != "NotoSansArabic-Bold" else line
        for line in text.splitlines()
    ]
    assert [joined in line for line in lines].count(True) == 2
    assert certificates(ended)[0].name == name


@pytest.mark.parametrize("name", ["สมชาย", None])
def test_a_name_that_cannot_be_set_is_said_and_not_printed_wrong(
    ended: Hub, mine: FlaskClient, desk: FlaskClient, name: str | None
) -> None:
    rename(ended, name)
    assert ("증명서 받기" in mine.get(f"{PAGES}/me").text) is bool(name)
    answer = mine.post(f"{PAGES}/me/certificate")
    assert answer.status_code == 409
    assert ("발음 표기" if name else "이름이 없는") in answer.text
    desk.post(DESK)
    assert certificates(ended) == []
    page = desk.get(DESK).text
    assert ("증명서에 적을 수 없는 이름 1명" in page, f"/desk/people/{REMOTE}" in page) == (
        bool(name),
        bool(name),
    )


def test_nothing_is_given_before_the_end_or_while_it_is_off(
    ended: Hub, mine: FlaskClient, desk: FlaskClient, now: FakeNow
) -> None:
    now.instant -= timedelta(minutes=2)
    assert "증명서 받기" not in mine.get(f"{PAGES}/me").text
    assert mine.post(f"{PAGES}/me/certificate").status_code == 409
    assert desk.post(DESK).status_code == 409
    now.forward(minutes=2)
    with ended.database.writing() as db:
        store.save_setup(db, CONF, AttendanceSetup())
    assert mine.post(f"{PAGES}/me/certificate").status_code == 409
    assert desk.post(DESK).status_code == 409
    assert certificates(ended) == []


def test_the_desk_leads_to_certificates_of_the_follow_up_where_only_those_are_given(
    ended: Hub, desk: FlaskClient
) -> None:
    with ended.journal.writing(CONF, actor=Actor.system("test")) as write:
        store.save_setup(write.session, CONF, AttendanceSetup(follow_up=True))
    rename(ended, "สมชาย")

    page = desk.get(DESK).text
    assert "후속 세션 참석 증명서만 발급합니다." in page
    assert "설정에서 켜고" not in page
    assert f'href="{PAGES}/desk/follow-up/certificates"' in page
    assert "증명서에 적을 수 없는 이름 1명" in page


def test_the_desk_gives_all_takes_them_out_and_revokes(
    ended: Hub, desk: FlaskClient, client: FlaskClient
) -> None:
    assert desk.post(f"{DESK}/file", data={"reason": "report"}).status_code == 409
    for _ in range(2):
        assert desk.post(DESK).status_code == 302
    [certificate] = certificates(ended)
    assert (certificate.minutes, certificate.name) == (80, person(ended).name)
    assert desk.post(f"{DESK}/file", data={}).status_code == 422
    file = desk.post(f"{DESK}/file", data={"reason": "report"})
    assert len(read(file.data)[0]) == 1
    with ended.database.reading() as db:
        told = disclosures(db, CONF, 1)[0]
    assert (told.kind, told.count) == (DisclosureKind.CERTIFICATES, 1)

    assert desk.post(f"{DESK}/{certificate.code}/revoke").status_code == 302
    assert "무효" in desk.get(DESK).text
    assert (
        "이 증명서는 취소되었습니다."
        in client.get(f"{PAGES}/certificate/{shown_code(certificate.code)}?lang=ko").text
    )
    assert desk.post(f"{DESK}/NOBODY/revoke").status_code == 404
    desk.post(DESK)
    assert [one.valid for one in certificates(ended)].count(True) == 1


def test_hundreds_are_given_and_made_into_one_file(ended: Hub, desk: FlaskClient) -> None:
    with ended.journal.writing(CONF, actor=Actor.system("test")) as write:
        conference = get_conference(write.session, CONF)
        guest = person(ended)
        hour = Attended(minutes=60, sources=frozenset({Source.SCAN}))
        crowd = [
            Line(guest=Guest(**{**vars(guest), "id": f"more-{number}"}), standing=ABSENT, attended=hour)
            for number in range(300)
        ]
        assert give(write, conference, crowd, lambda _text: True) == 300
    file = desk.post(f"{DESK}/file", data={"reason": "report"})
    pages, fonts = read(file.data)
    assert (len(pages), fonts) == (300, {"Pretendard-Regular", "Pretendard-Bold"})
    assert len(file.data) < 300 * 30_000


def test_erased_data_leave_a_certificate_that_can_be_verified_without_a_name(
    ended: Hub, mine: FlaskClient, client: FlaskClient
) -> None:
    mine.post(f"{PAGES}/me/certificate")
    [certificate] = certificates(ended)
    erasure = next(one for one in ERASURES if one.name == "certificate")
    with ended.database.writing() as db:
        db.execute(erasure.statement(erasure.condition(CONF)))
    page = client.get(f"{PAGES}/certificate/{shown_code(certificate.code)}?lang=ko").text
    assert "이 증명서는 유효합니다." in page
    assert "개인정보를 파기하여" in page


def test_a_guest_who_leaves_the_list_takes_the_name_along(
    ended: Hub, mine: FlaskClient, client: FlaskClient
) -> None:
    mine.post(f"{PAGES}/me/certificate")
    [certificate] = certificates(ended)
    with ended.journal.writing(CONF, actor=Actor.system("test")) as write:
        leave(write, [REMOTE])
    [left] = certificates(ended)
    assert (left.guest_id, left.name, left.organisation, left.valid) == (None, None, None, False)
    assert client.get(f"{PAGES}/certificate/{shown_code(certificate.code)}").status_code == 200
