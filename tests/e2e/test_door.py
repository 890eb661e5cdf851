"""The door beside scans, in a real browser: walk-ins, companions, new badges, seats."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import violations
from tests.e2e.badges import badge_of
from tests.e2e.conftest import ModelDay, Visit
from tests.e2e.gate_screen import PHONE, expect_verdict, open_gate, scan

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]


def look_for(gate: Page, words: str) -> None:
    gate.get_by_role("button", name="이름 찾기").click()
    gate.locator("#search-field").fill(words)


def choose_person(gate: Page, words: str, name: str) -> None:
    look_for(gate, words)
    gate.locator("#search-found").get_by_role("button", name=name).first.click()


def test_walk_in_is_registered_and_let_in_with_a_badge_on_the_screen(
    model_day: ModelDay, enter: Visit
) -> None:
    gate = open_gate(enter, **PHONE)
    look_for(gate, "나현장")
    expect(gate.locator("#search-status")).to_have_text("찾는 사람이 명단에 없습니다.")

    gate.get_by_role("button", name="현장 등록").click()
    expect(gate.get_by_label("이름", exact=True)).to_have_value("나현장")
    gate.get_by_role("textbox", name="소속").fill("새 기관")
    gate.get_by_role("button", name="등록하고 명찰 발급").click()

    code = gate.get_by_alt_text("나현장 님의 명찰 QR 코드")
    expect(code).to_be_visible()
    gate.wait_for_function("image => image.complete && image.naturalWidth > 0", arg=code.element_handle())
    gate.context.add_init_script("window.print = () => { window.printed = (window.printed ?? 0) + 1; }")
    gate.get_by_role("button", name="명찰 인쇄").click()
    sheet = gate.frame_locator(".door-print")
    expect(sheet.locator(".badge-card")).to_contain_text("나현장")
    gate.wait_for_function("() => document.querySelector('.door-print').contentWindow.printed === 1")
    assert len(gate.context.pages) == 1

    gate.context.set_offline(True)
    gate.get_by_role("button", name="명찰 인쇄").click()
    expect(gate.get_by_text("인쇄할 명찰을 불러오지 못했습니다.")).to_be_visible()
    gate.context.set_offline(False)
    gate.get_by_role("dialog", name="등록했습니다").get_by_role("button", name="입장시키기").click()
    expect_verdict(gate, "admitted", "나현장")
    expect(gate.locator("#count-expected")).to_have_text("74")


def test_a_walk_in_who_is_on_the_list_is_asked_about(model_day: ModelDay, enter: Visit) -> None:
    gate = open_gate(enter, **PHONE)
    look_for(gate, "석용주")
    gate.get_by_role("button", name="현장 등록").click()
    gate.get_by_role("textbox", name="소속").fill("천안고용센터")
    gate.get_by_role("button", name="등록하고 명찰 발급").click()
    expect(gate.get_by_role("heading", name="그래도 등록할까요?")).to_be_focused()

    gate.get_by_role("button", name="그대로 두기").click()

    expect(gate.get_by_role("textbox", name="소속")).to_have_value("천안고용센터")
    expect(gate.locator("#count-expected")).to_have_text("73")


def test_companions_are_let_in_together_with_a_card_each(model_day: ModelDay, enter: Visit) -> None:
    gate = open_gate(enter, **PHONE)
    choose_person(gate, "천안고용센터", "석용주")
    gate.get_by_role("button", name="일행과 함께").click()
    expect(gate.get_by_role("button", name="1명 입장시키기")).to_be_visible()

    gate.get_by_role("button", name="모두 고르기").click()
    gate.get_by_role("button", name="2명 입장시키기").click()

    expect(gate.locator("#count-inside")).to_have_text("2")
    expect(gate.locator("#recent li")).to_have_count(2)


def test_first_badge_of_a_party_lets_the_others_in(model_day: ModelDay, enter: Visit) -> None:
    desk = enter("organiser")
    for guest in ("guest-001", "guest-002", "guest-003"):
        desk.goto(model_day.page(f"desk/people/{guest}?lang=ko"))
        desk.get_by_role("textbox", name="일행").fill("세종 일행")
        desk.get_by_role("button", name="저장").click()
        expect(desk.get_by_text("저장했습니다.")).to_be_visible()
    gate = open_gate(enter, **PHONE)

    scan(gate, badge_of(model_day, "guest-001"))
    expect_verdict(gate, "admitted", "일행")
    gate.get_by_role("button", name="일행도 입장").click()
    expect(gate.get_by_role("button", name="2명 입장시키기")).to_be_visible()
    assert violations(gate) == []
    gate.get_by_role("button", name="2명 입장시키기").click()

    expect(gate.locator("#count-inside")).to_have_text("3")
    expect(gate.locator("#recent li")).to_have_count(3)


def test_a_badge_is_issued_anew_and_the_one_before_is_refused(model_day: ModelDay, enter: Visit) -> None:
    gate = open_gate(enter, **PHONE)
    before = badge_of(model_day, "guest-001")
    choose_person(gate, "석용주", "석용주")
    gate.get_by_role("button", name="명찰 새로 발급").click()
    gate.get_by_role("button", name="새로 발급", exact=True).click()
    expect(gate.get_by_alt_text("석용주 님의 명찰 QR 코드")).to_be_visible()
    gate.get_by_role("button", name="닫기").last.click()

    scan(gate, before)

    expect_verdict(gate, "revoked")


def test_a_seat_that_somebody_has_is_refused_and_a_free_one_is_taken(
    model_day: ModelDay, enter: Visit
) -> None:
    gate = open_gate(enter, **PHONE)
    choose_person(gate, "석용주", "석용주")
    gate.get_by_role("button", name="좌석 바꾸기").click()
    gate.get_by_role("textbox", name="좌석").fill("D-06")
    gate.get_by_role("button", name="좌석 바꾸기").click()
    expect(gate.get_by_role("alert").filter(has_text="다른 사람의 좌석입니다")).to_be_visible()

    gate.get_by_role("textbox", name="좌석").fill("Z-01")
    gate.get_by_role("button", name="좌석 바꾸기").click()

    expect(gate.get_by_text("석용주 님의 좌석은 이제 Z-01입니다.").first).to_be_visible()
