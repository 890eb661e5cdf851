"""Conflicts in the inbox: what stands there, and what is done about it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.checkin.actions import switch_mode
from conference_hub.people.model import Mode
from conference_hub.web.hub import Hub
from tests.integration.checkin.gate import GUEST, presence, topics
from tests.integration.checkin.test_scan_times import OTHER, told, waiting, where
from tests.integration.checkin.test_switching import AFTER, BEFORE, arm, called, mode, undo, written
from tests.integration.conftest import SignIn
from tests.integration.gates.test_devices import invited, paired
from tests.integration.kinds import ON_SQLITE
from tests.law import holds_over
from tests.model_day import CONF, FakeNow

pytestmark = ON_SQLITE

API = f"/api/v1/c/{CONF}/checkin/conflicts"
PAGE = f"/c/{CONF}/desk/check-in"


@pytest.fixture
def double(seeded: Hub, now: FakeNow, staff: FlaskClient) -> str:
    """Two devices admitted one person; the id of the conflict."""
    now.forward(minutes=20)
    told(seeded, "first", 1)
    told(seeded, "second", 5, device="b", gate="recipients")
    (found,) = listed(staff)
    conflict: str = found["id"]
    return conflict


def listed(browser: FlaskClient) -> list[dict[str, Any]]:
    answer = browser.get(API)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.get_json()["conflicts"]
    return found


def settle(browser: FlaskClient, conflict: str, what: str, **body: str) -> tuple[int, Any]:
    number = f"settle-{what}-{body}"
    answer = browser.post(f"{API}/{conflict}/settle", json={"command_id": number, "what": what, **body})
    found = answer.get_json()
    return answer.status_code, found.get("what") or found["error"]["code"]


def test_both_devices_gates_and_times_are_named(double: str, staff: FlaskClient) -> None:
    (found,) = listed(staff)

    passed = [
        (found[one]["scan"], found[one]["at"], found[one]["gate_title"]["ko"]) for one in ("other", "scan")
    ]
    assert (found["id"], found["kind"], found["guest"], found["name"]["ko"]) == (
        *(double, "double", GUEST, "석용주"),
    )
    assert passed == [
        ("first", "2021-12-02T00:01:00.000Z", "그랜드볼룸 정문"),
        ("second", "2021-12-02T00:05:00.000Z", passed[1][2]),
    ]
    assert found["answers"] == ["same_person", "looked", "undo"]


@pytest.mark.parametrize(("scan", "since"), [("first", 5), ("second", 1)])
def test_the_wrong_admission_is_undone_with_it(
    seeded: Hub, staff: FlaskClient, double: str, scan: str, since: int
) -> None:
    settled = settle(staff, double, "undo", scan_id=scan, word="다른 사람")

    found = where(seeded)
    assert (settled, waiting(seeded)) == ((200, "undo"), [])
    assert found is not None
    assert found.since.minute == since
    assert presence(seeded)["inside"] == 1
    assert topics(seeded)[-2:] == ["ConflictSettled", "AdmissionUndone"]


def test_what_somebody_dealt_with_is_not_dealt_with_twice_and_stays_so(
    seeded: Hub, staff: FlaskClient, double: str
) -> None:
    first = settle(staff, double, "same_person")
    second = settle(staff, double, "looked")
    told(seeded, "third", 7, device="c")

    assert (first, second) == ((200, "same_person"), (409, "settled"))
    assert waiting(seeded) == [("double", "third", "first")]


@pytest.mark.parametrize(
    ("what", "body", "field"),
    [("accept", {}, "what"), ("undo", {"scan_id": "elsewhere"}, "scan_id"), ("cleared", {}, "what")],
)
def test_what_does_not_fit_is_refused(
    seeded: Hub, staff: FlaskClient, double: str, what: str, body: dict[str, str], field: str
) -> None:
    answer = staff.post(f"{API}/{double}/settle", json={"command_id": "1", "what": what, **body})

    assert (answer.status_code, answer.get_json()["error"]["field"]) == (422, field)
    assert len(waiting(seeded)) == 1


def test_the_desk_shows_it_and_settles_it_with_a_word(seeded: Hub, desk: FlaskClient, double: str) -> None:
    before = desk.get(f"{PAGE}?lang=ko").text
    overview = desk.get(f"/c/{CONF}/desk/").text
    answer = desk.post(f"{PAGE}/{double}", data={"do": "undo:second", "word": "명찰을 빌려 줌"})
    after = desk.get(PAGE).text
    again = desk.post(f"{PAGE}/{double}", data={"do": "looked"})

    assert ("석용주" in before, "두 기기가 같은 사람을" in before, 'value="undo:first"' in before) == (
        *(True, True, True),
    )
    assert "체크인에서 확인할 일이 1건" in overview
    assert (answer.status_code, "명찰을 빌려 줌" in after, "주최자" in after) == (302, True, True)
    assert (again.status_code, waiting(seeded)) == (409, [])


def test_scans_whose_time_is_not_believed_are_accepted_together(
    seeded: Hub, desk: FlaskClient, now: FakeNow
) -> None:
    now.forward(days=4)
    told(seeded, "old", 1)
    told(seeded, "older", 2, guest=OTHER)
    page = desk.get(f"{PAGE}?lang=ko").text

    answer = desk.post(f"{PAGE}/together", data={"do": "accept"})

    found = where(seeded)
    assert ("시각을 믿을 수 없는 스캔 2건" in page, answer.status_code) == (True, 302)
    assert found is not None
    assert (found.since.isoformat(), presence(seeded)["inside"]) == ("2021-12-02T00:01:00+00:00", 2)
    assert waiting(seeded) == []


def test_scans_whose_time_is_not_believed_are_dropped_together(
    seeded: Hub, desk: FlaskClient, now: FakeNow
) -> None:
    now.forward(days=4)
    told(seeded, "old", 1)

    desk.post(f"{PAGE}/together", data={"do": "reject"})

    assert (where(seeded), waiting(seeded), presence(seeded)["inside"]) == (None, [], 0)


def test_a_device_that_only_scans_reads_and_settles_nothing(
    seeded: Hub, app: Flask, desk: FlaskClient, double: str
) -> None:
    desk.get(f"/c/{CONF}/desk/gates/devices?lang=ko")
    browser = app.test_client()
    paired(browser, invited(desk, scan_only="on"))

    assert (browser.get(API).status_code, settle(browser, double, "looked")) == (403, (403, "scan_only"))
    assert len(waiting(seeded)) == 1


def test_removed_guests_take_their_conflicts_along(
    seeded: Hub, desk: FlaskClient, sign_in: SignIn, now: FakeNow
) -> None:
    now.forward(minutes=20)
    guest = "guest-050"
    told(seeded, "first", 1, guest=guest)
    told(seeded, "second", 5, device="b", guest=guest)

    answer = desk.post(f"/c/{CONF}/desk/people/{guest}/remove")

    assert answer.status_code in {302, 409}
    assert sign_in(Role.STAFF).get(API).status_code == 200


def test_who_settled_what_is_named_in_the_readers_language(
    seeded: Hub, staff: FlaskClient, double: str
) -> None:
    settle(staff, double, "same_person", word="명찰을 다시 받음")

    answer = staff.get(API, headers={"Accept-Language": "en"}).get_json()
    (settled,) = answer["settled"]
    assert (answer["count"], answer["conflicts"]) == (0, [])
    assert (settled["id"], settled["kind"], settled["name"]["ko"], settled["what"], settled["word"]) == (
        *(double, "double", "석용주", "same_person", "명찰을 다시 받음"),
    )
    assert settled["by"] == "접수 1"


def test_a_sign_in_without_a_name_settles_as_its_role(seeded: Hub, sign_in: SignIn, double: str) -> None:
    nameless = sign_in(Role.STAFF, name="")
    settle(nameless, double, "looked")

    pages = [nameless.get(f"{PAGE}?lang={lang}").text for lang in ("ko", "en")]
    assert [role in page for role, page in zip(("현장 접수", "Check-in staff"), pages, strict=True)] == [
        True,
        True,
    ]
    assert "현장 접수" not in pages[1].partition('id="inbox"')[2]


def test_supervisors_see_and_settle_without_the_rest_of_the_desk(
    seeded: Hub, staff: FlaskClient, double: str
) -> None:
    before = staff.get(f"{PAGE}?lang=ko").text
    answer = staff.post(f"{PAGE}/{double}", data={"do": "looked"})

    assert ("석용주" in before, "천안고용센터" in before) == (True, True)
    assert ("/desk/people/" in before, "/desk/gates" in before, "체크인 화면" in before) == (
        False,
        False,
        True,
    )
    assert (answer.status_code, waiting(seeded)) == (302, [])


def test_a_device_that_only_scans_has_no_inbox(
    seeded: Hub, app: Flask, desk: FlaskClient, double: str
) -> None:
    desk.get(f"/c/{CONF}/desk/gates/devices?lang=ko")
    browser = app.test_client()
    paired(browser, invited(desk, scan_only="on"))

    answers = [browser.get(PAGE), browser.post(f"{PAGE}/{double}", data={"do": "looked"})]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert len(waiting(seeded)) == 1


def test_a_device_undoes_at_its_own_gates_alone(
    seeded: Hub, app: Flask, desk: FlaskClient, double: str
) -> None:
    desk.get(f"/c/{CONF}/desk/gates/devices?lang=ko")
    browser = app.test_client()
    paired(browser, invited(desk, gates=["main"]))

    (found,) = listed(browser)
    elsewhere = settle(browser, double, "undo", scan_id="second")
    own = settle(browser, double, "undo", scan_id="first")

    assert (found["other"]["may_undo"], found["scan"]["may_undo"]) == (True, False)
    assert (elsewhere, own) == ((403, "other_gate"), (200, "undo"))


FROM_AFAR = "guest-033"


@pytest.fixture
def from_afar(seeded: Hub, now: FakeNow, staff: FlaskClient) -> str:
    """A device without a network let in somebody who takes part elsewhere; the id of the conflict."""
    now.forward(minutes=20)
    told(seeded, "let in", 1, guest=FROM_AFAR)
    (found,) = listed(staff)
    assert (found["kind"], found["answers"]) == ("mode", ["switch", "looked", "undo"])
    conflict: str = found["id"]
    return conflict


def test_who_was_let_in_from_elsewhere_takes_part_in_the_hall(
    seeded: Hub, staff: FlaskClient, from_afar: str
) -> None:
    settled = settle(staff, from_afar, "switch")

    assert (settled, waiting(seeded), mode(seeded), called(seeded)) == (
        *((200, "switch"), [], Mode.ONSITE, AFTER),
    )
    assert topics(seeded)[-3:] == ["ConflictSettled", "AwardsPrepared", "ModeSwitched"]

    undone = undo(staff, "let in")
    assert (undone["switched"], mode(seeded), called(seeded)) == ("back", Mode.METAVERSE, BEFORE)


def test_nobody_is_switched_whose_award_is_ready(
    seeded: Hub, staff: FlaskClient, sign_in: SignIn, from_afar: str
) -> None:
    arm(sign_in)

    answer = staff.post(
        f"{API}/{from_afar}/settle",
        json={"command_id": "1", "what": "switch"},
        headers={"Accept-Language": "ko"},
    )

    error = answer.get_json()["error"]
    assert (answer.status_code, error["code"], "발표 준비" in error["message"]) == (
        409,
        "cannot_switch",
        True,
    )
    assert ([one[0] for one in waiting(seeded)], mode(seeded)) == (["mode"], Mode.METAVERSE)


def test_who_takes_part_in_the_hall_by_now_is_not_switched_again(
    seeded: Hub, desk: FlaskClient, from_afar: str
) -> None:
    written(seeded, lambda write: switch_mode(write, FROM_AFAR, Mode.ONSITE))

    assert listed(desk)[0]["answers"] == ["looked", "undo"]
    assert settle(desk, from_afar, "switch") == (409, "cannot_switch")
    assert len(waiting(seeded)) == 1


def test_a_double_admission_is_no_reason_to_switch(seeded: Hub, staff: FlaskClient, double: str) -> None:
    answer = staff.post(f"{API}/{double}/settle", json={"command_id": "1", "what": "switch"})

    assert (answer.status_code, answer.get_json()["error"]["field"]) == (422, "what")


def test_the_law_holds_when_conflicts_are_settled(seeded: Hub, staff: FlaskClient, now: FakeNow) -> None:
    now.forward(minutes=20)

    def settled(what: str) -> None:
        settle(staff, listed(staff)[0]["id"], what)

    steps: list[Callable[[], object]] = [
        partial(told, seeded, "let in", 1, guest=FROM_AFAR),
        partial(settled, "switch"),
        partial(told, seeded, "first", 1),
        partial(told, seeded, "second", 5, device="b"),
        partial(settled, "same_person"),
    ]
    assert holds_over(seeded, CONF, steps)
    assert waiting(seeded) == []
