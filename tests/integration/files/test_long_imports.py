"""Imports that take long: they run beside requests, say how far they are, and are stopped with nothing half done."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.checkin.exchange import GuestsPart
from conference_hub.data.drafts import Draft
from conference_hub.files.jobs import MOST_KEPT
from conference_hub.files.wizard import EXTENSION
from conference_hub.people.store import all_guests
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.integration.files.test_import_pages import token
from tests.model_day import CONF, FakeNow

FILES = f"/c/{CONF}/desk/files"
GUESTS = 5_000
LIST = "번호,이름,소속,이메일\n" + "".join(
    f"L{number},사람 {number},기관 {number % 40},person{number}@example.com\n" for number in range(GUESTS)
)
SHORT = "번호,이름\nS1,한 사람\n"
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


def people(hub: Hub) -> int:
    with hub.database.reading() as db:
        return len(all_guests(db, CONF))


def test_thousands_of_guests_come_in_at_once_and_again_change_nothing(desk: FlaskClient, hub: Hub) -> None:
    before = people(hub)
    address = upload(desk)
    page = desk.get(address).text
    assert f">{GUESTS}</a>" in page
    assert "1 / 50" in page
    desk.post(f"{address}/apply", data={"token": token(page)})
    assert desk.get(address).location == FILES
    assert people(hub) - before == GUESTS
    assert "바뀌는 것이 없습니다." in desk.get(upload(desk)).text


def test_work_says_how_far_it_is_and_the_page_asks_again(desk: FlaskClient, waiting: list[Work]) -> None:
    address = upload(desk)
    answer = desk.get(address)
    assert (answer.headers["Refresh"], "비교하는 중" in answer.text, len(waiting)) == ("1", True, 1)
    waiting.pop()()
    answer = desk.get(address)
    assert ("Refresh" in answer.headers, bool(token(answer.text))) == (False, True)


def test_page_of_the_work_counts_what_is_done(desk: FlaskClient, waiting: list[Work]) -> None:
    told: list[str] = []

    def look() -> None:
        page = desk.get(address).text
        told.extend(words for words in re.findall(r'role="status">([^<]*)<', page) if words not in told)

    address = upload(desk)
    desk.get(address)
    jobs_of(desk).find(draft_of(address)).pause = every(20, look)
    waiting.pop()()
    desk.post(f"{address}/apply", data={"token": token(desk.get(address).text)})
    jobs_of(desk).find(draft_of(address)).pause = every(2, look)
    waiting.pop()()

    counted = dict.fromkeys(re.sub(r" [\d,]+ /", " n /", words) for words in told if "/" in words)
    assert list(counted) == [
        f"읽은 행 n / {GUESTS + 1:,}",
        f"비교한 행 n / {GUESTS:,}",
        f"저장한 항목 n / {GUESTS:,}",
    ]


def every(times: int, look: Callable[[], object]) -> Work:
    """Return what looks every so many times that it is called."""
    calls = count()
    return lambda: None if next(calls) % times else (look(), None)[1]


def test_cancelled_comparison_stops(desk: FlaskClient, waiting: list[Work]) -> None:
    address = upload(desk)
    desk.get(address)
    desk.post(f"{address}/cancel")
    waiting.pop()()
    assert desk.get(address).status_code == 404


def test_cancelled_import_leaves_nothing(desk: FlaskClient, hub: Hub, waiting: list[Work]) -> None:
    before = people(hub)
    address = upload(desk)
    desk.get(address)
    waiting.pop()()
    desk.post(f"{address}/apply", data={"token": token(desk.get(address).text)})
    assert "적용하는 중" in desk.get(address).text
    desk.post(f"{address}/cancel")
    waiting.pop()()
    assert people(hub) == before


def test_import_that_is_stopped_half_way_leaves_nothing_and_says_so(
    desk: FlaskClient, hub: Hub, waiting: list[Work]
) -> None:
    before, address = people(hub), upload(desk)
    desk.get(address)
    waiting.pop()()
    desk.post(f"{address}/apply", data={"token": token(desk.get(address).text)})
    jobs_of(desk).find(draft_of(address)).pause = every(3, lambda: desk.post(f"{address}/cancel"))
    applies = waiting.pop()
    assert "취소하는 중" not in desk.get(address).text
    applies()

    answer = desk.get(address)
    assert (answer.status_code, people(hub)) == (302, before)
    assert "가져오기를 취소했습니다. 바뀐 것은 없습니다." in desk.get(answer.location).text
    assert desk.get(address).status_code == 404


def test_cancelling_what_is_done_says_that_it_is_done(
    desk: FlaskClient, hub: Hub, waiting: list[Work]
) -> None:
    before, address = people(hub), upload(desk, SHORT)
    desk.get(address)
    waiting.pop()()
    desk.post(f"{address}/apply", data={"token": token(desk.get(address).text)})
    waiting.pop()()
    assert desk.post(f"{address}/cancel").location == address
    answer = desk.get(address)
    assert (answer.location, people(hub)) == (FILES, before + 1)
    assert "취소하기 전에 모두 적용했습니다." in desk.get(FILES).text


def jobs_of(desk: FlaskClient) -> Any:
    return desk.application.extensions[EXTENSION]


def draft_of(address: str) -> Draft:
    return Draft(id=address.rpartition("/")[2], conf=CONF, part="guests", name="", data=b"")


def test_work_that_breaks_off_is_told_and_can_be_tried_again(
    desk: FlaskClient, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, address = people(hub), upload(desk, SHORT)

    def broken(*_arguments: object) -> None:
        message = "no such luck"
        raise RuntimeError(message)

    with monkeypatch.context() as patched:
        patched.setattr(GuestsPart, "put", broken)
        sent = {"token": token(desk.get(address).text)}
        assert desk.post(f"{address}/apply", data=sent).status_code == 302
        page = desk.get(address)
    assert ("Refresh" in page.headers, "처리하지 못했습니다" in page.text, people(hub)) == (
        False,
        True,
        before,
    )
    desk.post(f"{address}/apply", data=sent)
    assert people(hub) == before + 1


def test_comparison_that_breaks_off_is_told(desk: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(GuestsPart, "current", lambda *_: 1 / 0)
    page = desk.get(upload(desk, SHORT))
    assert ("Refresh" in page.headers, "처리하지 못했습니다" in page.text) == (False, True)


def test_form_sent_twice_applies_once_and_leads_to_the_result(
    desk: FlaskClient, hub: Hub, waiting: list[Work]
) -> None:
    before, address = people(hub), upload(desk, SHORT)
    desk.get(address)
    waiting.pop()()
    sent = {"token": token(desk.get(address).text)}
    answers = [desk.post(f"{address}/apply", data=sent) for _ in range(2)]
    assert ([answer.location for answer in answers], len(waiting)) == ([address] * 2, 1)
    waiting.pop()()
    assert desk.post(f"{address}/apply", data=sent).location == address
    assert desk.get(address).location == FILES
    assert desk.post(f"{address}/apply", data=sent).location == FILES
    assert (people(hub), waiting) == (before + 1, [])


def test_import_that_is_applied_is_not_stopped_by_other_uploads(
    desk: FlaskClient, hub: Hub, waiting: list[Work]
) -> None:
    before, address = people(hub), upload(desk, SHORT)
    desk.get(address)
    waiting.pop()()
    desk.post(f"{address}/apply", data={"token": token(desk.get(address).text)})
    applies = waiting.pop()
    for _ in range(MOST_KEPT + 1):
        desk.get(upload(desk, SHORT))
    applies()
    assert people(hub) == before + 1


def test_reading_otherwise_does_not_stop_what_is_applied(
    desk: FlaskClient, hub: Hub, waiting: list[Work]
) -> None:
    before, address = people(hub), upload(desk, SHORT)
    desk.get(address)
    waiting.pop()()
    desk.post(f"{address}/apply", data={"token": token(desk.get(address).text)})
    desk.post(f"{address}/reading", data={"gone": "remove"})
    assert "적용하는 중" in desk.get(address).text
    waiting.pop()()
    assert (desk.get(address).location, people(hub)) == (FILES, before + 1)


def test_memory_keeps_an_upload_as_long_as_the_upload_is_kept(
    desk: FlaskClient, hub: Hub, now: FakeNow
) -> None:
    address = upload(desk, SHORT)
    desk.get(address)
    jobs, draft = jobs_of(desk), draft_of(address)
    for minutes, kept in ((59, True), (2, False)):
        now.forward(minutes=minutes)
        for expire in hub.expiring:
            expire(now())
        assert (jobs.find(draft) is not None) is kept
