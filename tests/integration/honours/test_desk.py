"""The desk's pages of guests of honour, and the command of the day: what they change, refuse and publish."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.checkin.guest_actions import remove_guests
from conference_hub.core.actor import Actor
from conference_hub.core.sighted import mark_of
from conference_hub.core.stream import Stream
from conference_hub.core.text import Text
from conference_hub.honours.model import Honour, HonourStanding
from conference_hub.honours.store import all_honours
from conference_hub.people.store import all_guests
from conference_hub.web.hub import Hub
from tests.integration.checkin.gate import token_of
from tests.integration.conftest import SignIn
from tests.integration.kinds import ON_SQLITE
from tests.model_day import CONF
from tests.traces import rows_with

pytestmark = ON_SQLITE

DESK = f"/c/{CONF}/desk/honours"
API = f"/api/v1/c/{CONF}"
numbers = itertools.count(1)


@pytest.fixture
def desk(seeded: Hub, sign_in: SignIn) -> FlaskClient:
    """An organiser's browser that asks for pages in Korean."""
    assert seeded is not None
    browser = sign_in(Role.ORGANISER, name="김주최")
    browser.get(f"{DESK}?lang=ko")
    return browser


def honours(hub: Hub) -> list[Honour]:
    """Return the guests of honour that were added to the model conference's own two."""
    with hub.database.reading() as db:
        return [one for one in all_honours(db, CONF) if one.id not in {"minister", "director-general"}]


def sent(browser: FlaskClient, path: str, **fields: str) -> tuple[int, str]:
    seen = browser.get(f"{DESK}/{path}").text.partition('name="seen" value="')[2].partition('"')[0]
    answer = browser.post(f"{DESK}/{path}", data={**({"seen": seen} if seen else {}), **fields})
    return answer.status_code, answer.text


def paste(browser: FlaskClient, *lines: str) -> None:
    assert sent(browser, "paste", lines="\n".join(lines))[0] == 302


def mark(browser: FlaskClient, honour_id: str, standing: str, **body: Any) -> tuple[int, str]:
    answer = browser.post(
        f"{API}/honours/{honour_id}/mark",
        json={"command_id": f"h{next(numbers)}", "standing": standing, **body},
    )
    found = answer.get_json()
    return answer.status_code, found["error"]["code"] if "error" in found else found["fact"]["topic"]


def documents(hub: Hub, stream: Stream) -> dict[str, Any]:
    with hub.database.reading() as db:
        found = hub.snapshot(db, CONF, stream)
    return {key.removeprefix("honour/"): doc for key, doc in found.items() if key.startswith("honour/")}


def published(hub: Hub, text: str) -> set[str]:
    """Return the streams with an entry that holds `text`."""
    found = rows_with(hub.database, text)
    return {row["stream"] for table, row in found if table == "journal_entry"}


def test_model_conference_has_those_whom_the_announcement_names(seeded: Hub) -> None:
    with seeded.database.reading() as db:
        minister, director = all_honours(db, CONF)

    assert (minister.name, director.name, director.title.ko) == ("안경덕", None, "고용서비스정책관")
    assert (minister.guest_id, director.guest_id) == ("guest-113", "guest-114")
    assert documents(seeded, Stream.PUBLIC) == {}


def test_somebody_is_added_changed_moved_and_removed(seeded: Hub, desk: FlaskClient) -> None:
    fields = {
        "name": "김내빈",
        "office_ko": "차관",
        "office_en": "Vice Minister",
        "organisation": "고용노동부",
    }
    more = {
        "pronunciation": "Kim",
        "note": "먼저\n소개",
        "standing": "represented",
        "representative": "국장 이",
    }
    assert sent(desk, "new", **fields, **more, public="on")[0] == 302
    paste(desk, "이내빈 | 국장")
    first, second = honours(seeded)
    assert first == Honour(
        id=first.id,
        name="김내빈",
        office=Text(ko="차관", en="Vice Minister"),
        organisation="고용노동부",
        pronunciation="Kim",
        note="먼저\n소개",
        representative="국장 이",
        standing=HonourStanding.REPRESENTED,
        public=True,
    )

    assert desk.post(f"{DESK}/{second.id}/move", data={"to": "up"}).status_code == 302
    assert sent(desk, first.id, name="김내빈", office_ko="장관")[0] == 302
    assert [(one.id, one.office) for one in honours(seeded)] == [
        (second.id, Text(ko="국장")),
        (first.id, Text(ko="장관")),
    ]

    page = desk.get(DESK).text
    seen = page.partition(f"{first.id}/remove")[2].partition('name="seen" value="')[2].partition('"')[0]
    assert desk.post(f"{DESK}/{first.id}/remove", data={"seen": seen}).status_code == 302
    assert [one.id for one in honours(seeded)] == [second.id]


@pytest.mark.parametrize(
    ("path", "fields", "words"),
    [
        ("new", {"organisation": "고용노동부"}, "이름이나 직함을 적어 주세요."),
        (
            "new",
            {"name": "김", "guest": "nobody@example.com"},
            "이 이메일이나 번호의 참석자가 명단에 없습니다.",
        ),
        ("new", {"name": "김", "standing": "represented"}, "누가 대신 오는지 적어 주세요."),
        ("paste", {"lines": "김내빈\n| | 고용노동부"}, "이 줄을 읽을 수 없습니다: | | 고용노동부"),
    ],
)
def test_refused_form_keeps_what_was_typed(
    seeded: Hub, desk: FlaskClient, path: str, fields: dict[str, str], words: str
) -> None:
    status, page = sent(desk, path, **fields)

    assert status == 422
    assert words in page
    assert next(iter(fields.values())).split("\n")[0] in page
    assert honours(seeded) == []


def test_stale_form_is_refused_with_what_is_now_and_who_changed_it(
    seeded: Hub, desk: FlaskClient, sign_in: SignIn
) -> None:
    paste(desk, "김내빈 | 차관")
    (kim,) = honours(seeded)
    other = sign_in(Role.ORGANISER, name="박주최")
    old = other.get(f"{DESK}/{kim.id}").text.partition('name="seen" value="')[2].partition('"')[0]
    assert sent(desk, kim.id, name="김내빈", office_ko="장관")[0] == 302

    changed = other.post(f"{DESK}/{kim.id}", data={"name": "김내빈", "note": "내 메모", "seen": old})
    removed = other.post(f"{DESK}/{kim.id}/remove", data={"seen": old})

    assert (changed.status_code, removed.status_code) == (409, 409)
    assert all(words in changed.text for words in ("김주최", "내 메모", "장관"))
    assert [one.office for one in honours(seeded)] == [Text(ko="장관")]


def test_list_has_an_end(seeded: Hub, desk: FlaskClient) -> None:
    paste(desk, *(f"내빈 {number}" for number in range(198)))

    assert sent(desk, "new", name="한 명 더")[0] == 409
    assert len(honours(seeded)) == 198


def test_check_in_tells_that_a_linked_guest_is_here(seeded: Hub, desk: FlaskClient, sign_in: SignIn) -> None:
    assert desk.get(DESK).text.count("확인 전") == 2
    scan = {"scan_id": "s1", "gate": "main", "token": token_of(seeded, "guest-113")}
    assert sign_in(Role.STAFF).post(f"{API}/checkin/redeem", json=scan).status_code == 200

    page = desk.get(DESK).text

    assert (page.count("확인 전"), page.count(">도착<")) == (1, 1)


def test_linked_guest_who_leaves_the_guest_list_stays_a_guest_of_honour(
    seeded: Hub, desk: FlaskClient
) -> None:
    with seeded.database.reading() as db:
        guest, number = next((one.id, one.number) for one in all_guests(db, CONF) if one.group == "staff")
    assert sent(desk, "new", guest=number)[0] == 302
    (linked,) = honours(seeded)
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        remove_guests(write, [guest], ties=seeded.guest_ties, leaving=seeded.guests_leaving)

    (unlinked,) = honours(seeded)
    assert (linked.guest_id, unlinked.guest_id, unlinked.title) == (guest, None, linked.title)


def test_announced_names_are_public_and_a_hidden_one_is_nowhere_any_more(
    seeded: Hub, desk: FlaskClient
) -> None:
    paste(desk, "김공개 | 차관", "이공개")
    assert documents(seeded, Stream.PUBLIC) == {}
    assert desk.post(f"{DESK}/announce", data={"public": "on"}).status_code == 302
    kim, lee = honours(seeded)
    assert [documents(seeded, Stream.PUBLIC)[one.id]["position"] for one in (kim, lee)] == [3, 4]

    assert mark(desk, kim.id, "absent") == (200, "HonourMarked")

    assert documents(seeded, Stream.PUBLIC)[lee.id]["position"] == 3
    assert published(seeded, "김공개") == {"staff", "sealed", "operator"}
    assert desk.post(f"{DESK}/announce", data={}).status_code == 302
    assert documents(seeded, Stream.PUBLIC) == {}
    assert published(seeded, "이공개") == {"staff", "sealed", "operator"}


def test_somebody_who_is_taken_off_the_list_is_nowhere_any_more(seeded: Hub, desk: FlaskClient) -> None:
    assert sent(desk, "new", name="김잘못")[0] == 302
    (wrong,) = honours(seeded)
    seen = mark_of(wrong)

    assert desk.post(f"{DESK}/{wrong.id}/remove", data={"seen": seen}).status_code == 302

    assert [table for table, _row in rows_with(seeded.database, "김잘못")] == []


@pytest.mark.parametrize("role", [Role.STAFF, Role.EMCEE, Role.OPERATOR])
def test_team_marks_who_is_here(seeded: Hub, sign_in: SignIn, role: Role) -> None:
    assert mark(sign_in(role), "minister", "represented", representative=" 차관  박화진 ") == (
        200,
        "HonourMarked",
    )

    doc = documents(seeded, Stream.STAFF)["minister"]
    assert (doc["standing"], doc["representative"]) == ("represented", "차관 박화진")


def test_mark_is_refused_for_nobody_without_a_name_and_after_somebody_else(
    seeded: Hub, sign_in: SignIn
) -> None:
    assert seeded is not None
    staff, operator = sign_in(Role.STAFF), sign_in(Role.OPERATOR)

    answers = [
        mark(staff, "nobody", "here"),
        mark(staff, "minister", "represented"),
        mark(staff, "minister", "here", expect="expected"),
        mark(operator, "minister", "absent", expect="expected"),
        mark(operator, "minister", "absent", expect="here"),
    ]

    assert answers == [
        (404, "not_found"),
        (422, "invalid"),
        (200, "HonourMarked"),
        (409, "stale"),
        (200, "HonourMarked"),
    ]
