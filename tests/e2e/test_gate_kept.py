"""What a gate keeps when its page goes, in real browsers: the page, scans without a gate, its last acts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.badges import badge_of
from tests.e2e.conftest import ModelDay, Visit
from tests.e2e.gate_screen import PHONE, choose_gate, expect_verdict, open_gate, scan
from tests.e2e.test_checkin_offline import admissions, paired_gate, until_kept, until_queued

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

READY = "네트워크 없이도 준비됨 · 명찰 "
READER = "**/zxing_reader*"
FORGET = """async (name) => {
  const cache = await caches.open('screens');
  const kept = (await cache.keys()).filter(({ url }) => url.includes(name));
  return (await Promise.all(kept.map((request) => cache.delete(request)))).length;
}"""
"""Drops a file from what the browser keeps; returns how many there were."""
DELETE_KEY = """(conf) => new Promise((resolve) => {
  const { device } = JSON.parse(localStorage.getItem(`device:${conf}`));
  const opening = indexedDB.open(`checkin:${conf}:${device}`);
  opening.onsuccess = () => {
    const db = opening.result;
    const transaction = db.transaction('keys', 'readwrite');
    transaction.objectStore('keys').delete('queue');
    transaction.oncomplete = () => { db.close(); resolve(); };
  };
})"""
"""Deletes the key of the scans that wait, as a browser that clears storage by halves."""


def undo_offered(gate: Page, name: str) -> None:
    expect(gate.locator("#undo")).to_be_enabled()
    expect(gate.locator("#undo-whom")).to_have_text(name)


def test_a_device_is_ready_only_when_every_file_of_its_page_is_kept(
    model_day: ModelDay, visit: Visit
) -> None:
    gate = paired_gate(model_day, visit)
    gate.context.route(READER, lambda route: route.abort())
    assert gate.evaluate(FORGET, "zxing_reader") == 1

    gate.reload()

    line = gate.locator("#offline-ready")
    expect(line).to_contain_text("이 화면의 파일을 다 저장하지 못해(1개 남음) 다시 시도합니다.")
    expect(line).not_to_contain_text("준비됨")
    gate.context.unroute_all()
    gate.context.set_offline(True)
    gate.context.set_offline(False)
    expect(line).to_contain_text(READY)


def test_scans_from_before_a_gate_was_chosen_survive_a_reload_and_count_at_the_gate_that_is_chosen(
    model_day: ModelDay, enter: Visit
) -> None:
    gate = enter("staff", **PHONE)
    expect(gate.locator("#gates")).to_be_visible()
    for number in (1, 2):
        gate.keyboard.type(badge_of(model_day, f"guest-00{number}"), delay=1)
        gate.keyboard.press("Enter")
    until_queued(gate, 2)
    expect(gate.locator("#gates-waiting")).to_contain_text("스캔 2건이 기다립니다.")

    gate.reload()
    expect(gate.locator("#gates-waiting")).to_contain_text("스캔 2건이 기다립니다.")
    assert admissions(model_day) == []
    choose_gate(gate)

    expect(gate.locator("#count-inside")).to_have_text("2")
    until_queued(gate, 0)
    assert admissions(model_day) == [("guest-001", "admitted"), ("guest-002", "admitted")]


def test_the_last_act_is_taken_back_after_a_reload(model_day: ModelDay, enter: Visit) -> None:
    gate = open_gate(enter, **PHONE)
    for number, name in ((1, "석용주"), (2, "")):
        scan(gate, badge_of(model_day, f"guest-00{number}"))
        expect_verdict(gate, "admitted", name)
    recent = gate.locator("#recent li")
    expect(recent).to_have_count(2)
    until_kept(gate, "/checkin/")

    gate.reload()
    expect(recent).to_have_count(2)
    second = recent.nth(0).locator("span").last.inner_text()
    undo_offered(gate, second)
    gate.locator("#undo").click()
    gate.get_by_role("dialog").get_by_role("button", name="되돌리기").click()
    expect(gate.locator("#count-inside")).to_have_text("1")
    undo_offered(gate, "석*주")

    gate.context.set_offline(True)
    gate.reload()
    expect(recent.nth(0)).to_contain_text("되돌림")
    expect(gate.locator("#undo")).to_be_disabled()
    gate.context.set_offline(False)
    undo_offered(gate, "석*주")


def test_scans_that_cannot_be_read_any_more_are_told_and_hold_up_nothing(
    model_day: ModelDay, visit: Visit
) -> None:
    gate = paired_gate(model_day, visit)
    gate.context.set_offline(True)
    for number in (1, 2):
        scan(gate, badge_of(model_day, f"guest-00{number}"))
        expect(gate.locator("#behind .strip")).to_have_count(number - 1)
        expect_verdict(gate, "known")  # shown once it is on the disk
    until_queued(gate, 2)
    gate.evaluate(DELETE_KEY, "best-practice-2021")
    gate.reload()
    lost = gate.locator("#lost")
    expect(lost).to_contain_text("보내지 못하게 된 스캔 2건")

    gate.context.set_offline(False)
    scan(gate, badge_of(model_day, "guest-003"))
    expect(gate.locator("#count-inside")).to_have_text("1")
    lost.get_by_role("button").click()
    until_queued(gate, 0)
    gate.reload()
    expect(gate.locator("#offline-ready")).to_contain_text(READY)

    expect(lost).to_be_hidden()
    assert admissions(model_day) == [("guest-003", "admitted")]
