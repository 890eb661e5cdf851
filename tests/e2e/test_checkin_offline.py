"""The gate and the ticket without a network, in real browsers: reloads, closed pages, two tabs, lost answers."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import pytest
from playwright.sync_api import Page, Route, expect

from conference_hub.app import make_hub
from conference_hub.checkin.actions import revoke_badge
from conference_hub.cli.links import COMMAND_LINE
from conference_hub.core.config import load
from conference_hub.core.journal import Write
from conference_hub.gates.actions import choose_blue
from conference_hub.gates.blue import Blue
from conference_hub.gates.device_actions import end_device, invite
from conference_hub.gates.device_store import all_devices
from conference_hub.gates.model import Plan
from tests.e2e.badges import badge_of
from tests.e2e.conftest import ModelDay, Visit
from tests.e2e.gate_screen import choose_gate, device_clock, expect_verdict, open_gate, scan
from tests.e2e.intercepting import intercept
from tests.model_day import CONF

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

T = TypeVar("T")
IN_TIME = timedelta()
PHONE = {"width": 360, "height": 740}
BATCH = "**/checkin/redeem/batch"
STRIPES = re.compile(r"repeating-linear-gradient\(-45deg, rgb\(29, 79, 168\)")
KEPT = """async (path) => {
  const cache = await caches.open('screens');
  return (await cache.keys()).some(({ url }) => new URL(url).pathname === path);
}"""
"""True once the browser keeps a page; its files are kept before it."""
QUEUED = """(conf) => new Promise((resolve, reject) => {
  const paired = JSON.parse(localStorage.getItem(`device:${conf}`) ?? 'null');
  const opening = indexedDB.open(paired ? `checkin:${conf}:${paired.device}` : `checkin:${conf}`);
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const db = opening.result;
    if (!db.objectStoreNames.contains('scans')) return resolve(0);
    const count = db.transaction('scans').objectStore('scans').count();
    count.onsuccess = () => { db.close(); resolve(count.result); };
  };
})"""
"""How many scans wait on the disk of the device."""
KEYS = """(conf) => new Promise((resolve) => {
  const { device } = JSON.parse(localStorage.getItem(`device:${conf}`));
  const opening = indexedDB.open(`checkin:${conf}:${device}`);
  opening.onsuccess = () => {
    const db = opening.result;
    const all = db.transaction('keys').objectStore('keys').getAllKeys();
    all.onsuccess = () => { db.close(); resolve(all.result); };
  };
})"""
"""Which keys a paired device has."""
FULL_DISK = """() => {
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (...row) {
    const request = put.apply(this, row);
    if (this.name === 'scans') request.addEventListener('success', () => this.transaction.abort());
    return request;
  };
}"""
"""No scan gets onto the disk any more: its transaction is given up, as browsers do without room."""


def until_kept(page: Page, path: str) -> None:
    while not page.evaluate(KEPT, path):
        pass


def until_queued(gate: Page, count: int) -> None:
    while gate.evaluate(QUEUED, "best-practice-2021") != count:
        pass


def admissions(day: ModelDay) -> list[tuple[str, str]]:
    """Return who was answered at the gates and what, in the order of answering."""
    with sqlite3.connect(f"file:{day.server.directory}/data/hub.sqlite3?mode=ro", uri=True) as db:
        return db.execute("SELECT guest_id, verdict FROM scan ORDER BY number").fetchall()


def test_gate_that_is_loaded_again_without_network_sends_what_was_scanned(
    model_day: ModelDay, enter: Visit
) -> None:
    gate = open_gate(enter, **PHONE)
    expect(gate.locator("[data-connection]")).to_have_attribute("data-state", "live")
    until_kept(gate, "/checkin/")
    device_clock(gate)
    gate.context.set_offline(True)
    scan(gate, badge_of(model_day, "guest-001"))
    scan(gate, badge_of(model_day, "guest-002"))
    until_queued(gate, 2)

    gate.reload()
    scan(gate, badge_of(model_day, "guest-003"))
    until_queued(gate, 3)
    expect(gate.locator("#unanswered")).to_contain_text("전송 대기 3건")

    gate.context.set_offline(False)
    expect(gate.locator("#count-inside")).to_have_text("3")
    until_queued(gate, 0)
    assert admissions(model_day) == [(f"guest-00{n}", "admitted") for n in (1, 2, 3)]


def test_scans_of_a_closed_page_are_sent_by_the_next_one(model_day: ModelDay, enter: Visit) -> None:
    gate = open_gate(enter, **PHONE)
    device_clock(gate)
    intercept(gate, BATCH, lambda route: route.abort())
    for number in (1, 2, 3):
        scan(gate, badge_of(model_day, f"guest-00{number}"))
    until_queued(gate, 3)
    address, context = gate.url, gate.context

    gate.close(run_before_unload=False)
    again = context.new_page()
    again.goto(address)

    expect(again.locator("#count-inside")).to_have_text("3")
    until_queued(again, 0)
    assert admissions(model_day) == [(f"guest-00{n}", "admitted") for n in (1, 2, 3)]


def test_two_pages_of_a_device_send_each_scan_once(model_day: ModelDay, enter: Visit) -> None:
    one = open_gate(enter, **PHONE)
    two = one.context.new_page()
    two.goto(one.url)
    expect(two.locator("[data-connection]")).to_have_attribute("data-state", "live")
    device_clock(one)
    one.context.set_offline(True)
    scan(one, badge_of(model_day, "guest-001"))
    until_queued(one, 1)
    scan(two, badge_of(model_day, "guest-002"))
    until_queued(one, 2)

    one.context.set_offline(False)

    for page in (one, two):
        expect(page.locator("#count-inside")).to_have_text("2")
    until_queued(one, 0)
    assert sorted(admissions(model_day)) == [("guest-001", "admitted"), ("guest-002", "admitted")]


def test_answer_that_was_lost_admits_nobody_twice(model_day: ModelDay, enter: Visit) -> None:
    gate = open_gate(enter, **PHONE)
    device_clock(gate)
    lost: list[str] = []

    def lose(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch().text())
        route.abort()

    intercept(gate, BATCH, lose)
    scan(gate, badge_of(model_day, "guest-001"))

    expect(gate.locator("#recent li")).to_have_count(1)
    expect(gate.locator("#count-inside")).to_have_text("1")
    assert "admitted" in lost[0]
    assert admissions(model_day) == [("guest-001", "admitted")]


def test_nobody_signs_out_while_scans_wait(model_day: ModelDay, enter: Visit) -> None:
    gate = open_gate(enter, **PHONE)
    device_clock(gate)
    intercept(gate, BATCH, lambda route: route.abort())
    scan(gate, badge_of(model_day, "guest-001"))
    until_queued(gate, 1)
    expect(gate.locator("#unanswered")).to_contain_text("전송 대기 1건")
    address = gate.url

    gate.goto(model_day.page("live"))
    gate.get_by_role("button", name="로그아웃").click()
    expect(gate.locator(".notice")).to_contain_text("보내지 못한 스캔이 1건")

    gate.unroute_all(behavior="ignoreErrors")
    gate.goto(address)
    expect(gate.locator("#count-inside")).to_have_text("1")
    until_queued(gate, 0)
    gate.goto(model_day.page("live"))
    gate.get_by_role("button", name="로그아웃").click()
    gate.wait_for_url("**/sign-in")


def test_gate_says_that_the_storage_is_full_and_sends_what_is_in_memory(
    model_day: ModelDay, enter: Visit
) -> None:
    model_day.at(-29)  # the device's clock is right: no answer has told it the hub's yet
    gate = open_gate(enter, **PHONE)
    device_clock(gate)
    asked: list[Route] = []

    def hold(route: Route) -> None:
        asked.append(route)

    intercept(gate, BATCH, hold)
    gate.evaluate(FULL_DISK)

    scan(gate, badge_of(model_day, "guest-001"))

    expect(gate.locator(".notice")).to_contain_text("저장 공간이 가득 찼습니다")
    expect(gate.locator("#unanswered")).to_have_text(
        "전송 대기 1건 · 가장 오래된 것 1분 미만 · "
        "기기의 저장 공간이 가득 찼습니다. 이 화면을 닫으면 스캔 기록을 잃습니다."
    )
    expect(gate.locator("#unanswered")).to_be_visible()
    assert gate.evaluate(QUEUED, CONF) == 0
    asked[0].continue_()
    expect_verdict(gate, "admitted", "석용주")
    expect(gate.locator("#unanswered")).to_be_hidden()
    assert admissions(model_day) == [("guest-001", "admitted")]


def test_ticket_opens_without_network_and_is_all_that_is_kept(model_day: ModelDay, enter: Visit) -> None:
    phone = enter("attendee", "guest-001", **PHONE)
    phone.goto(model_day.page("me"))
    until_kept(phone, "/c/best-practice-2021/me")
    phone.context.set_offline(True)

    phone.reload()

    expect(phone.get_by_role("heading", level=1)).to_have_text("석용주")
    expect(phone.locator(".qr svg")).to_be_visible()
    expect(phone.locator(".qr-code")).to_have_text(
        " ".join(badge_of(model_day, "guest-001")[at : at + 4] for at in range(0, 26, 4))
    )
    expect(phone.locator("form")).to_have_count(0)

    phone.context.set_offline(False)
    phone.reload()
    phone.get_by_role("button", name="로그아웃").click()
    phone.wait_for_url("**/sign-in")
    assert not phone.evaluate(KEPT, "/c/best-practice-2021/me")


def test_check_in_can_be_put_on_the_home_screen(model_day: ModelDay, enter: Visit) -> None:
    gate = open_gate(enter, **PHONE)

    address = gate.locator("link[rel=manifest]").get_attribute("href")
    app = gate.evaluate("async (url) => (await fetch(url)).json()", address)
    icons = gate.evaluate(
        """(icons) => Promise.all(icons.map(async ({src, sizes}) => {
          const picture = await createImageBitmap(await (await fetch(src)).blob());
          return `${picture.width}x${picture.height}` === sizes;
        }))""",
        app["icons"],
    )

    assert (app["name"], app["start_url"], app["scope"], app["display"]) == (
        "체크인",
        "/checkin/?conf=best-practice-2021",
        "/checkin/",
        "standalone",
    )
    assert icons == [True, True, True]


def written(day: ModelDay, act: Callable[[Write], T]) -> T:
    """Change the conference beside the running hub, as another process does."""
    hub = make_hub(load(day.server.environment(), demo=True))
    with hub.journal.writing(CONF, actor=COMMAND_LINE) as write:
        done = act(write)
    hub.database.close()
    return done


def paired_gate(day: ModelDay, visit: Visit, name: str = "정문 1번", *, ahead: timedelta = IN_TIME) -> Page:
    """Pair a browser by a code and choose the main entrance; it knows the badges. Its clock is so far `ahead`."""
    day.at(-29)  # what is written beside the hub has the time of this machine
    code = written(day, lambda write: invite(write, Plan(name=name)).code)
    gate = visit(f"{day.server.url}/checkin/pair#{code}", clock=ahead != IN_TIME, **PHONE)
    if ahead != IN_TIME:
        gate.clock.set_system_time(datetime.now(UTC) + ahead)
    expect(gate.locator("#paste")).to_be_hidden()
    gate.locator(".enter-button").click()
    gate.wait_for_url(lambda url: "/pair" not in url)
    choose_gate(gate)
    expect(gate.locator("#offline-ready")).to_contain_text("네트워크 없이도 준비됨 · 명찰 ")
    return gate


def test_paired_device_answers_without_network_and_is_confirmed_later(
    model_day: ModelDay, visit: Visit
) -> None:
    withdrawn = badge_of(model_day, "guest-002")
    written(model_day, lambda write: revoke_badge(write, "guest-002"))
    gate = paired_gate(model_day, visit)
    until_kept(gate, "/checkin/")
    gate.context.set_offline(True)

    scan(gate, badge_of(model_day, "guest-001"))
    expect_verdict(gate, "known", "석*주")
    expect(gate.locator("#verdict-title")).to_have_text("등록된 명찰")
    expect(gate.locator("#verdict-why")).to_have_text(
        "들여보내세요. 네트워크가 돌아오면 확정합니다. 다른 출입구의 기록과는 대조하지 않았습니다."
    )
    expect(gate.locator("#verdict")).to_have_css("background-image", STRIPES)
    scan(gate, withdrawn)
    expect_verdict(gate, "revoked")
    expect(gate.locator("#verdict")).to_have_css("background-image", "none")
    scan(gate, "A" * 26)
    expect_verdict(gate, "unknown_here")
    scan(gate, badge_of(model_day, "guest-001"))
    expect_verdict(gate, "scanned_here", "석*주")
    until_queued(gate, 4)
    gate.reload()
    expect(gate.locator("#offline-ready")).to_contain_text("네트워크 없이도 준비됨 · 명찰 ")

    gate.context.set_offline(False)
    until_queued(gate, 0)
    expect(gate.locator("#count-inside")).to_have_text("1")
    with sqlite3.connect(f"file:{model_day.server.directory}/data/hub.sqlite3?mode=ro", uri=True) as db:
        scans = db.execute("SELECT guest_id, verdict, acted FROM scan ORDER BY number").fetchall()
    assert [(guest, acted) for guest, _, acted in scans] == [
        ("guest-001", "admitted"),
        ("guest-002", "refused"),
        (None, "refused"),
        ("guest-001", "held"),
    ]
    assert scans[0][1] == "admitted"


def test_who_goes_out_without_network_is_let_out_and_has_left(model_day: ModelDay, visit: Visit) -> None:
    written(model_day, lambda write: choose_blue(write, Blue.HOLD))
    gate = paired_gate(model_day, visit)
    scan(gate, badge_of(model_day, "guest-001"))
    expect_verdict(gate, "admitted", "석용주")
    gate.context.set_offline(True)

    gate.locator("#direction-out").check()
    scan(gate, badge_of(model_day, "guest-001"))
    expect_verdict(gate, "known", "나가셔도 됩니다")
    until_queued(gate, 1)

    gate.context.set_offline(False)
    until_queued(gate, 0)
    assert admissions(model_day) == [("guest-001", "admitted"), ("guest-001", "left")]


def test_staff_let_out_somebody_whose_badge_was_withdrawn(model_day: ModelDay, enter: Visit) -> None:
    model_day.at(-29)  # what is written beside the hub has the time of this machine
    gate = open_gate(enter, **PHONE)
    code = badge_of(model_day, "guest-001")
    scan(gate, code)
    expect_verdict(gate, "admitted", "석용주")
    written(model_day, lambda write: revoke_badge(write, "guest-001"))
    gate.locator("#direction-out").check()
    scan(gate, code)
    expect_verdict(gate, "revoked", "석용주")

    gate.get_by_role("button", name="그래도 퇴장").click()
    gate.get_by_label("본인을 확인했습니다").check()
    gate.get_by_label("메모").fill("새 명찰을 두고 옴")
    gate.get_by_role("button", name="퇴장시키기").click()

    expect_verdict(gate, "left", "담당자 판단으로 퇴장")
    expect(gate.locator("#count-inside")).to_have_text("0")


def test_device_that_was_ended_forgets_its_list_at_once(model_day: ModelDay, visit: Visit) -> None:
    gate = paired_gate(model_day, visit)
    expect(gate.locator("[data-connection]")).to_have_attribute("data-state", "live")
    gate.context.set_offline(True)
    scan(gate, badge_of(model_day, "guest-001"))
    expect_verdict(gate, "known")
    gate.context.set_offline(False)
    until_queued(gate, 0)
    assert "roster" in gate.evaluate(KEYS, CONF)
    intercept(gate, "**/checkin/roster", lambda route: route.abort())

    written(model_day, lambda write: end_device(write, all_devices(write.session, CONF)[0].id))

    expect(gate.locator("#offline-ready")).to_have_text(
        "연결이 끝난 기기입니다. 이 기기의 명단을 지웠습니다."
    )
    while gate.evaluate(KEYS, CONF):
        pass
    gate.locator("#signed-out").get_by_role("link", name="기기 다시 연결").click()
    expect(gate).to_have_url(re.compile("/checkin/pair"))


def test_ended_device_that_opens_the_gate_is_led_to_pairing(model_day: ModelDay, visit: Visit) -> None:
    gate = paired_gate(model_day, visit)
    written(model_day, lambda write: end_device(write, all_devices(write.session, CONF)[0].id))

    gate.reload()

    expect(gate).to_have_url(re.compile("/sign-in"))
    expect(gate.get_by_role("link", name="기기 다시 연결")).to_have_attribute("href", "/checkin/pair")
    while gate.evaluate(KEYS, CONF):
        pass
