"""The desk's pages of the guest list: finding, editing with others at work, several at once, groups, lists out."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from werkzeug.test import TestResponse

from conference_hub.access import listing
from conference_hub.access.model import Role
from conference_hub.checkin import badge_store, guest_actions
from conference_hub.checkin.badge_design import BadgeDesign, Layout, Shown
from conference_hub.core.actor import Actor
from conference_hub.core.text import Text
from conference_hub.outbox.store import mails
from conference_hub.people.disclosures import DisclosureKind, Reason, disclosures
from conference_hub.people.group_store import all_groups
from conference_hub.people.model import GroupId, Guest, GuestId, Mode
from conference_hub.people.store import find_guest, get_guest, guests_of
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.model_day import CONF

DESK = f"/c/{CONF}/desk"
PEOPLE = f"{DESK}/people"


@pytest.fixture
def desk(seeded: Hub, sign_in: SignIn) -> FlaskClient:
    return sign_in(Role.ORGANISER, name="주최자")


def shown(page: str) -> list[str]:
    return re.findall(r'data-guest="([\w-]+)"', page)


def found(desk: FlaskClient, **query: str) -> list[str]:
    return shown(desk.get(PEOPLE, query_string=query).text)


def change(hub: Hub, guest_id: str, **fields: Any) -> None:
    with hub.journal.writing(CONF, actor=Actor.system("누군가")) as write:
        before = get_guest(write.session, CONF, guest_id)
        guest_actions.change_guests(write, [replace(before, **fields)])


def guest(hub: Hub, guest_id: str) -> Guest:
    with hub.database.reading() as db:
        return get_guest(db, CONF, guest_id)


@pytest.mark.parametrize(
    ("query", "guests"),
    [
        ({"q": "석용주"}, ["guest-001"]),
        ({"q": "ㅅㅇㅈ"}, ["guest-001"]),
        ({"q": "namu.427@"}, ["guest-002"]),
        ({"q": "천안", "seat": "no"}, []),
        ({"q": "없는 사람"}, []),
        ({"needs": "yes"}, ["guest-003"]),
        ({"group": "none"}, ["guest-004"]),
        ({"badge": "missing"}, ["guest-005"]),
        ({"badge": "again"}, ["guest-006"]),
        ({"badge": "done"}, ["guest-007"]),
        ({"came": "left"}, []),
        ({"mode": "online"}, ["guest-004"]),
        ({"email": "no"}, ["guest-003"]),
    ],
)
def test_filters_mean_those_whom_they_name(
    seeded: Hub, desk: FlaskClient, query: dict[str, str], guests: list[str]
) -> None:
    change(seeded, "guest-003", needs="휠체어", email=None)
    change(seeded, "guest-004", group=None, mode=Mode.ONLINE)
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        guest_actions.mark_printed(write, ["guest-006", "guest-007"], write.at)
    change(seeded, "guest-006", name="다른 이름")
    desk.post(f"{DESK}/guests/guest-005/revoke", json={"command_id": "revoke-5"})

    assert [one for one in found(desk, **query) if one < "guest-010"] == guests


def test_pages_keep_their_filters_and_a_page_behind_the_last_is_the_last(desk: FlaskClient) -> None:
    page = desk.get(f"{PEOPLE}?group=recipient&sort=seat&page=99").text

    (previous,) = re.findall(r'rel="prev" href="([^"]+)"', page)
    assert unescape(previous) == f"{PEOPLE}?group=recipient&sort=seat&page=1"
    assert len(shown(page)) == 37
    assert 'rel="next"' not in page


def test_the_list_is_sorted_by_seats_as_people_count(desk: FlaskClient) -> None:
    page = desk.get(f"{PEOPLE}?sort=seat&q=고용").text

    seats = re.findall(r'<td class="guest-seat">([A-I]-\d+)</td>', page)
    assert seats == sorted(seats, key=lambda seat: (seat[0], int(seat[2:])))
    assert len(seats) > 10


def test_unusable_filters_are_refused(desk: FlaskClient) -> None:
    assert desk.get(f"{PEOPLE}?mode=nowhere").status_code == 422
    assert desk.get(f"{PEOPLE}?page=-1").status_code == 422


def form_of(page: str) -> dict[str, str]:
    """Return the fields of a guest's form as a browser would send them."""
    form = page.split('<form class="form"')[1].split("</form>", maxsplit=1)[0]
    fields = {
        name: unescape(value)
        for name, value in re.findall(r'<input[^>]*name="(\w+)"[^>]*value="([^"]*)"', form)
    }
    fields |= {
        name: unescape(text)
        for name, text in re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>([^<]*)</textarea>', form)
    }
    for name, options in re.findall(r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        fields[name] = (re.findall(r'value="([^"]*)" selected', options) or [""])[0]
    fields.pop("csrf_token", None)
    return fields


def edited(desk: FlaskClient, guest_id: str, **fields: str) -> TestResponse:
    form = form_of(desk.get(f"{PEOPLE}/{guest_id}").text)
    return desk.post(f"{PEOPLE}/{guest_id}", data={**form, **fields})


def test_a_form_sent_as_it_is_changes_nothing(seeded: Hub, desk: FlaskClient) -> None:
    before = [guest(seeded, one) for one in ("guest-001", "guest-015", "guest-113")]

    answers = [edited(desk, one.id) for one in before]

    assert [answer.status_code for answer in answers] == [302, 302, 302]
    assert [guest(seeded, one.id) for one in before] == before


def test_an_edit_is_kept_as_it_was_typed_but_cleaned(seeded: Hub, desk: FlaskClient) -> None:
    answer = edited(
        desk,
        "guest-001",
        name=" 황보\u200b  예린 ",
        pronunciation="Hwangbo Yerin",
        role_ko="팀장",
        organisation="",
        number="VIP-1",
        group="staff",
        mode="metaverse",
        seat="A-1",
        email="Yerin@Example.com",
        phone="1012345678",
        needs="휠체어\r\n통역",
        notes="",
        language="en",
    )

    assert answer.status_code == 302, answer.text
    assert guest(seeded, "guest-001") == Guest(
        id=GuestId("guest-001"),
        number="VIP-1",
        name="황보 예린",
        label=Text(ko="팀장"),
        pronunciation="Hwangbo Yerin",
        organisation=None,
        group=GroupId("staff"),
        mode=Mode.METAVERSE,
        seat="A-1",
        email="Yerin@example.com",
        phone="01012345678",
        needs="휠체어\n통역",
        notes=None,
        language="en",
    )


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"name": ""}, "name", "이름이 없으면"),
        ({"email": "nobody"}, "email", "주소"),
        ({"email": "namu.427@example.com"}, "email", "이미 명단에 있는 주소"),
        ({"number": "2"}, "number", "이미 다른 사람이 쓰는 번호"),
        ({"number": "1" * 21}, "number", "20자"),
        ({"phone": "8.21E+11"}, "phone", "엑셀"),
        ({"group": "nothing"}, "group", "그런 구분"),
        ({"name": "가" * 201}, "name", "200"),
    ],
)
def test_a_refused_edit_comes_back_with_what_was_typed(
    seeded: Hub, desk: FlaskClient, fields: dict[str, str], field: str, words: str
) -> None:
    answer = edited(desk, "guest-001", **{"seat": "Z-99", **fields})

    assert answer.status_code == 422
    (error,) = re.findall(rf'id="{field}-error"[^>]*>([^<]+)<', answer.text)
    assert words in error
    assert 'value="Z-99"' in answer.text
    assert guest(seeded, "guest-001").seat == "D-05"


def test_an_edit_after_somebody_elses_shows_both_and_can_be_sent_again(
    seeded: Hub, desk: FlaskClient
) -> None:
    form = form_of(desk.get(f"{PEOPLE}/guest-001").text)
    change(seeded, "guest-001", seat="B-7")

    stale = desk.post(f"{PEOPLE}/guest-001", data={**form, "seat": "C-8"})

    assert stale.status_code == 409
    assert "누군가" in stale.text
    assert "지금 값: B-7" in stale.text
    assert 'value="C-8"' in stale.text
    assert guest(seeded, "guest-001").seat == "B-7"
    again = desk.post(f"{PEOPLE}/guest-001", data=form_of(stale.text))
    assert (again.status_code, guest(seeded, "guest-001").seat) == (302, "C-8")


def test_a_new_guest_gets_number_and_badge(seeded: Hub, desk: FlaskClient) -> None:
    answer = desk.post(f"{PEOPLE}/new", data={"name": "새 손님", "mode": "onsite"})

    added = guest(seeded, answer.location.rpartition("/")[2])
    assert added == Guest(
        id=added.id, number="122", name="새 손님", label=None, organisation=None, group=None, mode=Mode.ONSITE
    )
    with seeded.database.reading() as db:
        assert badge_store.find_badge_state(db, CONF, added.id) is not None
    assert desk.post(f"{PEOPLE}/new", data={"mode": "onsite"}).status_code == 422


def test_a_recipient_is_not_removed_and_another_guest_is(seeded: Hub, desk: FlaskClient) -> None:
    refused = desk.post(f"{PEOPLE}/guest-001/remove")
    done = desk.post(f"{PEOPLE}/guest-121/remove")

    assert (refused.status_code, "시상에 연결된" in refused.text) == (409, True)
    assert (done.status_code, done.location) == (302, PEOPLE)
    with seeded.database.reading() as db:
        assert find_guest(db, CONF, "guest-121") is None
    assert desk.get(f"{PEOPLE}/guest-121").status_code == 404


def selected(desk: FlaskClient, action: str, **fields: Any) -> TestResponse:
    return desk.post(f"{PEOPLE}/selected", data={"action": action, **fields})


def test_several_are_asked_about_first_and_named_by_number(seeded: Hub, desk: FlaskClient) -> None:
    asked = selected(desk, "clear-seat", pick=["guest-001", "guest-002"])

    assert "2명의 좌석을 비울까요?" in asked.text
    assert guest(seeded, "guest-001").seat == "D-05"
    done = selected(desk, "clear-seat", pick=["guest-001", "guest-002"], confirmed="on", count="2")
    assert done.status_code == 302
    assert [guest(seeded, one).seat for one in ("guest-001", "guest-002", "guest-003")] == [
        None,
        None,
        "D-01",
    ]


def test_all_whom_the_filters_mean_are_changed_at_once(seeded: Hub, desk: FlaskClient) -> None:
    everybody = {"every": "on", "group": "official", "confirmed": "on"}

    changed = selected(desk, "group", **everybody, count="24", to_group="staff")
    incomplete = selected(desk, "group", **everybody, count="25")
    done = selected(desk, "group", **everybody, count="25", to_group="staff")

    assert "그 사이 명단이 바뀌었습니다" in changed.text
    assert "무엇으로 바꿀지" in incomplete.text
    assert done.location == f"{PEOPLE}?group=official"
    assert found(desk, group="official") == []
    assert len(found(desk, group="staff")) == 32


def test_a_mode_is_given_to_several(seeded: Hub, desk: FlaskClient) -> None:
    pick = ["guest-001", "guest-002"]
    selected(desk, "mode", pick=pick, confirmed="on", count="2", to_mode="zoom")

    assert [guest(seeded, one).mode for one in pick] == [Mode.ZOOM, Mode.ZOOM]


def test_badges_are_issued_to_those_without_one_and_printed_by_choice(seeded: Hub, desk: FlaskClient) -> None:
    desk.post(f"{DESK}/guests/guest-001/revoke", json={"command_id": "revoke-1"})
    selected(desk, "badges", pick=["guest-001", "guest-002"], confirmed="on", count="2")

    assert found(desk, badge="missing") == []
    sheet = selected(desk, "print", pick=["guest-001", "guest-002"])
    assert sheet.location == f"{DESK}/badges?only=guest-001,guest-002"
    assert desk.get(sheet.location).text.count("<svg") == 2


def test_removing_several_names_those_whom_awards_hold(seeded: Hub, desk: FlaskClient) -> None:
    sent = {"pick": ["guest-001", "guest-121"], "confirmed": "on", "count": "2"}
    held = selected(desk, "remove", **sent)
    done = selected(desk, "remove", pick="guest-121", confirmed="on", count="1")

    assert "시상에 연결된 사람이 1명" in held.text
    assert done.status_code == 302
    with seeded.database.reading() as db:
        left = guests_of(db, CONF, ["guest-001", "guest-121"])
    assert [one.id for one in left] == ["guest-001"]


def test_nothing_is_done_with_nobody(desk: FlaskClient) -> None:
    answer = selected(desk, "remove", confirmed="on", count="0")

    assert answer.location == PEOPLE
    assert "먼저 사람을 고르세요" in desk.get(PEOPLE).text


def test_personal_links_go_by_mail_or_are_shown_once(seeded: Hub, desk: FlaskClient) -> None:
    change(seeded, "guest-002", email=None)
    pick = ["guest-001", "guest-002"]

    page = selected(desk, "links", pick=pick, confirmed="on", count="2").text

    (link,) = re.findall(r"http://127.0.0.1:8000/link#[\w-]+", page)
    with seeded.database.reading() as db:
        assert set(listing.personal_links_of(db, CONF, seeded.now(), pick)) == set(pick)
        (mail,) = mails(db, CONF)
        (told,) = disclosures(db, CONF, 10)
    assert (mail.to_address, mail.to_name, mail.kind) == ("hanbit.664@example.com", "석용주", "personal-link")
    assert mail.link not in {None, link}
    assert (told.kind, told.count) == (DisclosureKind.LINKS, 1)


def test_a_list_goes_out_only_for_a_reason(seeded: Hub, desk: FlaskClient) -> None:
    refused = desk.post(f"{PEOPLE}/export", data={"form": "csv"})
    vague = desk.post(f"{PEOPLE}/export", data={"form": "csv", "reason": "other", "q": "석용주"})
    csv = desk.post(f"{PEOPLE}/export", data={"form": "csv", "reason": "seating", "q": "석용주"})
    book = desk.post(f"{PEOPLE}/export", data={"form": "xlsx", "reason": "other", "note": "감사"})

    assert (refused.status_code, vague.status_code) == (422, 422)
    assert 'name="q" value="석용주"' in vague.text
    assert csv.data.decode("utf-8-sig").splitlines()[1].startswith("1,석용주,")
    assert csv.headers["Cache-Control"] == "no-store"
    sheet = load_workbook(io.BytesIO(book.data)).worksheets[0]
    assert (sheet.max_row, sheet.cell(1, 2).value, sheet.cell(2, 2).value) == (122, "이름", "석용주")
    with seeded.database.reading() as db:
        log = disclosures(db, CONF, 10)
    assert {(one.kind, one.count, one.reason, one.note, one.by.label) for one in log} == {
        (DisclosureKind.CSV, 1, Reason.SEATING, "", "주최자"),
        (DisclosureKind.XLSX, 121, Reason.OTHER, "감사", "주최자"),
    }
    page = desk.get(f"{PEOPLE}/log").text
    assert "좌석 배치" in page
    assert "감사" in page


def titles(hub: Hub) -> list[str]:
    with hub.database.reading() as db:
        return [group.title.ko for group in all_groups(db, CONF).values()]


def test_groups_are_added_changed_moved_and_removed(seeded: Hub, desk: FlaskClient) -> None:
    groups = f"{PEOPLE}/groups"
    desk.post(groups, data={"title_ko": "기자", "title_en": "Press", "striped": "on", "stripe": "#336699"})
    assert titles(seeded) == ["수상자", "신규 공무원", "내빈", "운영진", "참석자", "기자"]
    (press,) = (one for one in re.findall(r'groups/(\w+)">', desk.get(groups).text) if len(one) == 10)
    seen = re.findall(r'name="seen" value="(\w+)"', desk.get(f"{groups}/{press}").text)[0]

    for direction in ("up", "up", "down"):
        assert desk.post(f"{groups}/{press}/move", data={"to": direction}).status_code == 302
    assert desk.post(f"{groups}/{press}", data={"seen": seen, "title_ko": "취재진"}).status_code == 302
    assert titles(seeded) == ["수상자", "신규 공무원", "내빈", "운영진", "취재진", "참석자"]

    stale = desk.post(f"{groups}/{press}", data={"seen": seen, "title_ko": "언론"})
    assert (stale.status_code, "지금 값: 취재진" in stale.text, 'value="언론"' in stale.text) == (
        409,
        True,
        True,
    )
    assert desk.post(groups, data={"title_ko": "취재진"}).status_code == 422
    assert desk.post(groups, data={"title_en": "Press"}).status_code == 422
    assert desk.post(f"{groups}/recipient/remove").status_code == 409
    assert desk.post(f"{groups}/{press}/remove").status_code == 302
    assert titles(seeded) == ["수상자", "신규 공무원", "내빈", "운영진", "참석자"]


def test_badges_show_what_the_design_says(seeded: Hub, desk: FlaskClient) -> None:
    change(seeded, "guest-001", pronunciation="Seok Yongju")
    at = f"{DESK}/badges/design"
    (seen,) = re.findall(r'name="seen" value="(\w+)"', desk.get(at).text)
    chosen = {"layout": "label-4x6", "shown": ["pronunciation", "qr"]}
    assert desk.post(at, data=chosen).status_code == 422
    assert desk.post(at, data={**chosen, "seen": seen}).status_code == 302
    stale = desk.post(at, data={"layout": "a4-8", "seen": seen})
    assert (stale.status_code, "님이 바꾸었습니다" in stale.text) == (409, True)

    with seeded.database.reading() as db:
        design = badge_store.badge_design(db, CONF)
    sheet = desk.get(f"{DESK}/badges?only=guest-001").text
    assert design == BadgeDesign(
        layout=Layout.LABEL, shown=frozenset({Shown.PRONUNCIATION, Shown.QR}), colours=False
    )
    assert ("Seok Yongju" in sheet, "천안고용센터" in sheet, 'data-layout="label-4x6"' in sheet) == (
        True,
        False,
        True,
    )
    assert desk.post(at, data={"layout": "papyrus", "seen": seen}).status_code == 422


def test_a_sheet_is_marked_as_printed_but_for_whom_was_changed_since(
    seeded: Hub, desk: FlaskClient, now: Any
) -> None:
    sheet = f"{DESK}/badges?badge=to-print&q=천안고용센터"
    page = desk.get(sheet).text
    (made,) = re.findall(r'name="made" value="([^"]+)"', page)
    (only,) = re.findall(r'name="only" value="([^"]+)"', page)
    count = page.count('class="badge-card"')
    now.forward(seconds=30)
    change(seeded, "guest-001", name="석용준")

    desk.post(f"{DESK}/badges/printed", data={"made": made, "only": only, "badge": "to-print"})

    assert desk.get(sheet).text.count('class="badge-card"') == 1
    with seeded.database.reading() as db:
        (told,) = disclosures(db, CONF, 10)
    assert (told.kind, told.count) == (DisclosureKind.BADGES, count - 1)


def test_a_sheet_has_at_most_a_hundred_badges(seeded: Hub, desk: FlaskClient) -> None:
    selected(desk, "mode", every="on", confirmed="on", count="121", to_mode="onsite")

    first, last = desk.get(f"{DESK}/badges").text, desk.get(f"{DESK}/badges?page=2").text

    assert [page.count('class="badge-card"') for page in (first, last)] == [100, 21]
    assert "101–121번째" in last
