"""Imports that take long: they run beside requests, say how far they are, and are stopped with nothing half done."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.people.store import all_guests
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.integration.files.test_import_pages import token
from tests.model_day import CONF

FILES = f"/c/{CONF}/desk/files"
GUESTS = 5_000
LIST = "번호,이름,소속,이메일\n" + "".join(
    f"L{number},사람 {number},기관 {number % 40},person{number}@example.com\n" for number in range(GUESTS)
)
Work = Callable[[], None]


@pytest.fixture
def waiting(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> list[Work]:
    """The work that would run beside requests, in its order."""
    found: list[Work] = []
    monkeypatch.setattr(hub, "spawn", found.append)
    return found


@pytest.fixture
def desk(seeded: Hub, sign_in: SignIn) -> FlaskClient:
    return sign_in(Role.ORGANISER)


def upload(desk: FlaskClient, text: str = LIST) -> str:
    answer = desk.post(f"{FILES}/import/guests", data={"file": (io.BytesIO(text.encode()), "a.csv")})
    return answer.location or ""


def count(hub: Hub) -> int:
    with hub.database.reading() as db:
        return len(all_guests(db, CONF))


def test_thousands_of_guests_come_in_at_once_and_again_change_nothing(desk: FlaskClient, hub: Hub) -> None:
    before = count(hub)
    address = upload(desk)
    page = desk.get(address).text
    assert f">{GUESTS}</a>" in page
    assert "1 / 50" in page
    desk.post(f"{address}/apply", data={"token": token(page)})
    assert desk.get(address).location == FILES
    assert count(hub) - before == GUESTS
    assert "바뀌는 것이 없습니다." in desk.get(upload(desk)).text


def test_work_says_how_far_it_is_and_the_page_asks_again(desk: FlaskClient, waiting: list[Work]) -> None:
    address = upload(desk)
    answer = desk.get(address)
    assert (answer.headers["Refresh"], "비교하는 중" in answer.text, len(waiting)) == ("1", True, 1)
    waiting.pop()()
    answer = desk.get(address)
    assert ("Refresh" in answer.headers, bool(token(answer.text))) == (False, True)


def test_cancelled_comparison_stops(desk: FlaskClient, waiting: list[Work]) -> None:
    address = upload(desk)
    desk.get(address)
    desk.post(f"{address}/cancel")
    waiting.pop()()
    assert desk.get(address).status_code == 404


def test_cancelled_import_leaves_nothing(desk: FlaskClient, hub: Hub, waiting: list[Work]) -> None:
    before = count(hub)
    address = upload(desk)
    desk.get(address)
    waiting.pop()()
    desk.post(f"{address}/apply", data={"token": token(desk.get(address).text)})
    assert "적용하는 중" in desk.get(address).text
    desk.post(f"{address}/cancel")
    waiting.pop()()
    assert count(hub) == before
