"""The desk's page of gates: what it changes, what it refuses, and who scanned last."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.gates.store import all_gates
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.integration.kinds import ON_SQLITE
from tests.model_day import CONF

pytestmark = ON_SQLITE

GATES = f"/c/{CONF}/desk/gates"


@pytest.fixture
def desk(seeded: Hub, sign_in: SignIn) -> FlaskClient:
    """An organiser's browser that asks for pages in Korean."""
    browser = sign_in(Role.ORGANISER, name="김주최")
    browser.get(f"{GATES}?lang=ko")
    return browser


def titles(hub: Hub) -> list[tuple[int, str]]:
    with hub.database.reading() as db:
        return [(gate.position, gate.title.ko) for gate in all_gates(db, CONF)]


def sent(browser: FlaskClient, path: str, **fields: str) -> tuple[int, str]:
    seen = browser.get(f"{GATES}/{path}").text.partition('name="seen" value="')[2].partition('"')[0]
    answer = browser.post(f"{GATES}/{path}", data={**({"seen": seen} if seen else {}), **fields})
    return answer.status_code, answer.text


def scan(sign_in: SignIn, **body: str) -> int:
    staff = sign_in(Role.STAFF, name="정문 전화기")
    answer = staff.post(f"/api/v1/c/{CONF}/checkin/redeem", json={"scan_id": "one", "gate": "main", **body})
    return answer.status_code


def test_gates_are_added_renamed_moved_and_removed(seeded: Hub, desk: FlaskClient) -> None:
    first, second = (title for _, title in titles(seeded))

    assert sent(desk, "new", title_ko="옆문", title_en="Side door")[0] == 302
    with seeded.database.reading() as db:
        side = all_gates(db, CONF)[2].id
    assert sent(desk, f"{side}/move", to="up")[0] == 302
    assert titles(seeded) == [(1, first), (2, "옆문"), (3, second)]

    assert sent(desk, side, title_ko="2층 문")[0] == 302
    assert titles(seeded) == [(1, first), (2, "2층 문"), (3, second)]

    assert sent(desk, f"{side}/remove")[0] == 302
    assert titles(seeded) == [(1, first), (2, second)]


def test_gate_with_scans_is_not_removed_but_renamed(seeded: Hub, desk: FlaskClient, sign_in: SignIn) -> None:
    before = titles(seeded)
    assert scan(sign_in, guest="guest-015") == 200

    status, page = sent(desk, "main/remove")

    assert (status, "스캔한 기록이 있어" in page, "정문 전화기" in page) == (409, True, True)
    assert titles(seeded) == before
    assert sent(desk, "main", title_ko="중앙 출입구")[0] == 302
    assert titles(seeded)[0] == (1, "중앙 출입구")


def test_scan_does_not_make_an_edit_stale_and_another_edit_does(
    seeded: Hub, desk: FlaskClient, sign_in: SignIn
) -> None:
    seen = desk.get(f"{GATES}/main").text.partition('name="seen" value="')[2].partition('"')[0]
    scan(sign_in, token="nobody's badge")

    assert sent(desk, "main", title_ko="하나", seen=seen)[0] == 302
    status, page = sent(desk, "main", title_ko="둘", seen=seen)
    assert desk.post(f"{GATES}/main", data={"title_ko": "셋"}).status_code == 422

    assert (status, 'value="둘"' in page, titles(seeded)[0]) == (409, True, (1, "하나"))


@pytest.mark.parametrize(
    ("fields", "words"),
    [({}, "꼭 필요한 항목입니다."), ({"title_ko": "정문"}, "같은 이름이 이미 있습니다.")],
)
def test_gate_needs_a_name_of_its_own(
    seeded: Hub, desk: FlaskClient, fields: dict[str, str], words: str
) -> None:
    sent(desk, "main", title_ko="정문")

    status, page = sent(desk, "new", **fields)

    assert (status, words in page, len(titles(seeded))) == (422, True, 2)


def test_unknown_gate_is_not_found(desk: FlaskClient) -> None:
    assert [desk.get(f"{GATES}/nowhere").status_code, sent(desk, "nowhere/remove")[0]] == [404, 404]
