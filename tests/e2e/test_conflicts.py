"""What gates did without a network, and what people make of it: one person at two gates, ended devices, case 29."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from conference_hub.checkin.facts import ScansQuarantined
from conference_hub.gates.device_actions import end_device, invite
from conference_hub.gates.device_store import all_devices
from conference_hub.gates.model import Plan
from tests.e2e.axe import violations
from tests.e2e.badges import badge_of
from tests.e2e.conftest import ModelDay, Visit
from tests.e2e.gate_screen import expect_verdict, open_gate, scan
from tests.e2e.intercepting import intercept
from tests.e2e.test_checkin_offline import BATCH, PHONE, admissions, paired_gate, until_queued, written
from tests.model_day import CONF

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FAST = timedelta(minutes=7)
"""How far the clock of a gate is ahead in case 29: were it not corrected, the second admission would be the first."""


def rows(day: ModelDay, query: str) -> list[Any]:
    with sqlite3.connect(f"file:{day.server.directory}/data/hub.sqlite3?mode=ro", uri=True) as db:
        return db.execute(query).fetchall()


def open_inbox(day: ModelDay, enter: Visit, *, clock: bool = False) -> Page:
    """Open the inbox of an organiser, which follows what happens."""
    desk = enter("organiser", clock=clock)
    desk.goto(day.page("desk/check-in"))
    expect(desk.locator("[data-connection]")).to_have_attribute("data-state", "live")
    expect(desk.locator("#inbox")).to_contain_text("확인할 일이 없습니다.")
    return desk


def conflict(desk: Page, kind: str) -> Locator:
    return desk.locator("#inbox > section").filter(has=desk.get_by_role("heading", name=kind))


def serious_in(desk: Page, path: str) -> list[str]:
    """Return what axe finds on a page in both languages, which are left in Korean."""
    found = []
    for lang in ("en", "ko"):
        desk.goto(f"{path}{'&' if '?' in path else '?'}lang={lang}")
        found += violations(desk)
    return found


def test_one_person_at_two_gates_without_network_is_settled_at_the_gate(
    model_day: ModelDay, enter: Visit, visit: Visit
) -> None:
    gates = [paired_gate(model_day, visit, name) for name in ("정문 1번", "정문 2번")]
    desk = open_inbox(model_day, enter)
    code = badge_of(model_day, "guest-001")
    for gate in gates:
        gate.context.set_offline(True)
        scan(gate, code)
        expect_verdict(gate, "known", "석*주")
        until_queued(gate, 1)

    for gate in gates:
        gate.context.set_offline(False)
        until_queued(gate, 0)

    item = conflict(desk, "두 기기가 같은 사람을 들여보냈습니다")
    expect(item).to_contain_text("석용주 · 천안고용센터")
    expect(item.locator("li")).to_have_count(2)
    for name in ("정문 1번", "정문 2번"):
        expect(item.locator("li").filter(has_text=name)).to_contain_text("그랜드볼룸 정문")
    assert admissions(model_day) == [("guest-001", "admitted")] * 2
    for gate in gates:
        expect(gate.locator("#count-inside")).to_have_text("1")
        expect(gate.locator("#inbox-link")).to_have_text("확인할 일 1건")
    assert serious_in(desk, model_day.page("desk/check-in")) == []
    expect(desk.locator("[data-connection]")).to_have_attribute("data-state", "live")

    one, two = gates
    expect(one.get_by_role("button", name="처리하기")).to_be_visible()
    two.get_by_role("button", name="처리하기").click()
    dialog = two.get_by_role("dialog")
    expect(dialog).to_contain_text("석용주")
    for name in ("정문 1번", "정문 2번"):
        expect(dialog.get_by_role("listitem").filter(has_text=name)).to_be_visible()
    assert violations(two) == []
    dialog.get_by_label("어떻게 했는지").fill("본인 확인")
    dialog.get_by_role("button", name="같은 사람입니다").click()

    expect(dialog).to_have_count(0)
    for gate in gates:
        expect(gate.get_by_role("button", name="처리하기")).to_have_count(0)
        expect(gate.locator("#inbox-link")).to_have_text("확인할 일 없음")
    expect(item).to_contain_text("처리됨 · 같은 사람입니다 본인 확인")
    expect(item).to_contain_text("정문 2번")
    expect(item.get_by_role("button")).to_have_count(0)
    expect(desk.locator("#announce-polite")).to_contain_text("같은 사람입니다")
    assert rows(model_day, "SELECT surplus FROM scan ORDER BY happened_at") == [(0,), (1,)]


def test_a_device_that_is_paired_again_goes_on_with_its_queue(model_day: ModelDay, visit: Visit) -> None:
    gate = paired_gate(model_day, visit)
    intercept(gate, BATCH, lambda route: route.abort())
    for number in (1, 2, 3):
        scan(gate, badge_of(model_day, f"guest-00{number}"))
        expect_verdict(gate, "known")
    until_queued(gate, 3)

    code = written(model_day, lambda write: invite(write, Plan(name="정문 1번, 새 담당")).code)
    gate.goto(f"{model_day.server.url}/checkin/pair#{code}")
    expect(gate.locator("#paste")).to_be_hidden()
    gate.locator(".enter-button").click()
    gate.wait_for_url(lambda url: "/pair" not in url)
    expect(gate.locator("#recent-title")).to_contain_text("정문 1번, 새 담당")
    until_queued(gate, 3)
    gate.unroute_all(behavior="ignoreErrors")

    expect(gate.locator("#count-inside")).to_have_text("3")
    until_queued(gate, 0)
    assert admissions(model_day) == [(f"guest-00{n}", "admitted") for n in (1, 2, 3)]
    assert rows(model_day, "SELECT name FROM device") == [("정문 1번, 새 담당",)]


def test_what_an_ended_device_still_has_is_accepted_on_the_desk(
    model_day: ModelDay, enter: Visit, visit: Visit
) -> None:
    gate = paired_gate(model_day, visit)
    desk = open_inbox(model_day, enter)
    gate.context.set_offline(True)
    for number in (1, 2):
        scan(gate, badge_of(model_day, f"guest-00{number}"))
        expect_verdict(gate, "known")
    until_queued(gate, 2)

    written(model_day, lambda write: end_device(write, all_devices(write.session, CONF)[0].id))
    gate.context.set_offline(False)
    until_queued(gate, 0)

    waiting = conflict(desk, "연결이 끝난 기기의 스캔 2건")
    expect(waiting).to_contain_text("정문 1번")
    assert admissions(model_day) == []
    sender = waiting.get_by_role("link", name="스캔 보기").get_attribute("href")
    assert serious_in(desk, f"{model_day.server.url}{sender}") == []
    expect(desk.locator("main")).to_contain_text("석용주")
    desk.get_by_role("button", name="모두 반영").click()
    desk.get_by_role("dialog").get_by_role("button", name="모두 반영").click()

    expect(desk.get_by_text("스캔 2건을 반영했습니다.")).to_be_visible()
    assert admissions(model_day) == [("guest-001", "admitted"), ("guest-002", "admitted")]
    supervisor = open_gate(enter, **PHONE)
    expect(supervisor.locator("#count-inside")).to_have_text("2")
    assert ScansQuarantined.topic in {
        topic for (topic,) in rows(model_day, "SELECT topic FROM journal_entry")
    }


class Uplink:
    """What becomes of the batches of a gate: none gets through, or the answer to the first one is lost."""

    def __init__(self) -> None:
        self.up, self.lost = False, 0

    def __call__(self, route: Route) -> None:
        if not self.up:
            route.abort()
        elif not self.lost:
            self.lost = len(route.fetch().json()["answers"])
            route.abort()
        else:
            route.continue_()


def test_a_fast_clock_a_lost_answer_and_a_badge_revoked_meanwhile(
    model_day: ModelDay, enter: Visit, visit: Visit
) -> None:
    """Case 29."""
    fast = paired_gate(model_day, visit, "정문 1번", ahead=FAST)
    desk = open_inbox(model_day, enter)
    other = open_gate(enter, **PHONE)
    uplink = Uplink()
    intercept(fast, BATCH, uplink)
    fast.context.set_offline(True)

    def at(minutes: int) -> None:
        model_day.at(minutes)
        fast.clock.set_system_time(model_day.opening + timedelta(minutes=minutes) + FAST)
        ahead = timedelta(milliseconds=fast.evaluate("Date.now()")) - (
            model_day.opening + timedelta(minutes=minutes) - EPOCH
        )
        assert ahead >= FAST

    at(-28)
    scan(fast, badge_of(model_day, "guest-001"))
    expect_verdict(fast, "known", "석*주")
    at(-24)
    scan(other, badge_of(model_day, "guest-001"))
    expect_verdict(other, "admitted", "석용주")
    at(-19)
    revoked = badge_of(model_day, "guest-002")
    desk.goto(model_day.page("desk/people/guest-002"))
    desk.get_by_role("button", name="명찰 재발급·취소").click()
    desk.get_by_role("button", name="명찰 취소").click()
    desk.get_by_role("dialog").last.get_by_role("button", name="명찰 취소").click()
    expect(desk.get_by_text("쓸 수 있는 명찰이 없습니다.")).to_be_visible()
    at(-17)
    scan(fast, revoked)
    expect_verdict(fast, "known")
    at(-16)
    scan(fast, "A" * 26)
    expect_verdict(fast, "unknown_here", "이 기기의 명단에 없음")
    until_queued(fast, 3)
    at(-9)
    uplink.up = True
    fast.context.set_offline(False)
    until_queued(fast, 0)

    assert uplink.lost == 3
    told = rows(
        model_day,
        "SELECT guest_id, verdict, acted, would, happened_at FROM scan ORDER BY happened_at",
    )
    assert [one[:4] for one in told] == [
        ("guest-001", "admitted", "admitted", "admitted"),
        ("guest-001", "admitted", None, None),
        ("guest-002", "admitted", "admitted", "revoked"),
        (None, "unknown_badge", "refused", "unknown_badge"),
    ]
    assert rows(model_day, "SELECT since FROM presence WHERE guest_id = 'guest-001'") == [(told[0][-1],)]
    expect(other.locator("#count-inside")).to_have_text("2")

    desk.goto(model_day.page("desk/check-in"))
    double = conflict(desk, "두 기기가 같은 사람을 들여보냈습니다")
    expect(double.locator("li")).to_have_count(2)
    expect(double.locator("li").first).to_contain_text("정문 1번")
    expect(conflict(desk, "쓸 수 없게 된 명찰로 들여보냈습니다").locator("li")).to_have_count(1)
    expect(desk.locator("#inbox > section")).to_have_count(2)
