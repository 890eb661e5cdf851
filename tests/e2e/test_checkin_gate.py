"""The gate in real browsers: two devices, a dead network, a Hangul keyboard, a camera, a mistake."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.badges import badge_of, film_badge
from tests.e2e.conftest import FLAGS, ModelDay, Visit
from tests.e2e.console import standing_still
from tests.e2e.gate_screen import PHONE, choose_gate, device_clock, expect_verdict, open_gate, scan
from tests.e2e.test_checkin_offline import admissions, until_queued

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

FILM_GOES_ON = "before => document.querySelector('video').currentTime > before + 2"


def test_two_gates_the_desk_and_the_console_show_the_same_state_of_a_badge(
    model_day: ModelDay, enter: Visit
) -> None:
    desk, console = enter("organiser"), enter("operator")
    desk.goto(model_day.page("desk/people"))
    gates = [open_gate(enter, **PHONE), open_gate(enter, **PHONE)]
    code = badge_of(model_day, "guest-001")

    scan(gates[0], code)
    expect_verdict(gates[0], "admitted", "석용주")
    scan(gates[1], code)

    expect_verdict(gates[1], "already_inside", "그랜드볼룸 정문에서 입장")
    for gate in gates:
        expect(gate.locator("#count-inside")).to_have_text("1")
        expect(gate.locator("#count-expected")).to_have_text("73")
    expect(desk.locator('[data-guest="guest-001"] [data-presence]')).to_contain_text("입장")
    expect(console.locator("#attendance summary")).to_contain_text("현장 1")


def test_a_scan_without_network_is_never_shown_as_admitted_and_never_lost(
    model_day: ModelDay, enter: Visit
) -> None:
    gate = open_gate(enter, **PHONE)
    expect(gate.locator("[data-connection]")).to_have_attribute("data-state", "live")
    gate.context.set_offline(True)

    scan(gate, badge_of(model_day, "guest-002"))
    expect_verdict(gate, "retrying", "확인되지 않음")
    expect(gate.locator("#verdict-name")).to_be_empty()
    expect(gate.locator("#undo")).to_be_disabled()
    device_clock(gate, ahead_s=11)

    gate.context.set_offline(False)
    expect(gate.locator("#verdict")).to_have_attribute("data-verdict", "held", timeout=30_000)
    expect(gate.locator("#verdict")).to_have_attribute("data-tone", "warn")
    expect(gate.locator("#count-inside")).to_have_text("0")
    gate.locator("#verdict-actions").get_by_role("button", name="입장시키기").click()
    expect_verdict(gate, "admitted", "서미영")
    expect(gate.locator("#count-inside")).to_have_text("1")


def test_a_short_gap_in_the_network_keeps_nobody_waiting(model_day: ModelDay, enter: Visit) -> None:
    gate = open_gate(enter, **PHONE)
    expect(gate.locator("[data-connection]")).to_have_attribute("data-state", "live")
    device_clock(gate)
    gate.context.set_offline(True)
    scan(gate, badge_of(model_day, "guest-002"))
    expect_verdict(gate, "retrying", "확인되지 않음")

    gate.context.set_offline(False)

    expect(gate.locator("#verdict")).to_have_attribute("data-verdict", "admitted", timeout=30_000)
    expect(gate.locator("#count-inside")).to_have_text("1")


def test_admission_found_by_name_is_undone(model_day: ModelDay, enter: Visit) -> None:
    gate = open_gate(enter, **PHONE)
    gate.get_by_role("button", name="이름 찾기").click()
    gate.get_by_role("searchbox").fill("ㅅㅁㅇ")
    gate.get_by_role("button", name="서미영").click()
    expect(gate.locator("#found-person")).to_contain_text("예산고용센터")
    expect(gate.locator("#count-inside")).to_have_text("0")
    gate.get_by_role("button", name="입장시키기").click()
    expect_verdict(gate, "admitted", "예산고용센터")
    expect(gate.locator("#recent li").first).to_contain_text("서*영")

    gate.get_by_role("button", name="입장 되돌리기").click()
    gate.get_by_role("button", name="되돌리기", exact=True).click()

    expect_verdict(gate, "undone", "입장을 되돌렸습니다")
    expect(gate.locator("#count-inside")).to_have_text("0")
    expect(gate.locator("#recent li").first).to_contain_text("되돌림")


def test_staff_admit_outside_opening_hours_after_confirming(model_day: ModelDay, enter: Visit) -> None:
    model_day.at(-24 * 60)
    gate = open_gate(enter, **PHONE)
    scan(gate, badge_of(model_day, "guest-003"))
    expect_verdict(gate, "not_yet_open", "윤지수")

    gate.get_by_role("button", name="그래도 입장").click()
    gate.get_by_role("button", name="입장시키기").click()
    expect(gate.get_by_role("dialog")).to_be_visible()
    gate.get_by_label("주최 측이 허락했습니다").check()
    gate.get_by_role("button", name="입장시키기").click()

    expect_verdict(gate, "admitted", "담당자 판단으로 입장")


def test_scanner_input_through_a_hangul_input_method_is_read(model_day: ModelDay, enter: Visit) -> None:
    gate = open_gate(enter, **PHONE)
    code = badge_of(model_day, "guest-004")

    gate.evaluate(
        """code => {
          const field = document.querySelector('#code');
          for (const letter of code) {
            const key = /[0-9]/.test(letter) ? `Digit${letter}` : `Key${letter}`;
            field.dispatchEvent(new KeyboardEvent('keydown', { code: key, key: 'Process', bubbles: true }));
          }
          field.value = 'ㅡㄹㄱㅎ';
          field.dispatchEvent(new InputEvent('input', { bubbles: true }));
        }""",
        code,
    )
    gate.locator("#code").press("Enter")

    expect_verdict(gate, "admitted", "하연희")


def test_a_scanner_needs_no_focus(model_day: ModelDay, enter: Visit) -> None:
    gate = open_gate(enter)
    gate.locator("#undo").evaluate("() => document.activeElement.blur()")

    gate.keyboard.type(badge_of(model_day, "guest-005"))
    gate.keyboard.press("Enter")

    expect_verdict(gate, "admitted", "권영혜")


def test_the_camera_reads_a_badge_once(
    model_day: ModelDay, browser: Browser, chromium_path: str, tmp_path: Path
) -> None:
    film_badge(badge_of(model_day, "guest-006"), tmp_path / "badge.y4m")
    camera = (
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={tmp_path / 'badge.y4m'}",
    )
    with browser.browser_type.launch(executable_path=chromium_path, args=[*FLAGS, *camera]) as filming:
        gate = filming.new_page(viewport={"width": 360, "height": 740}, locale="ko-KR")
        gate.goto(model_day.link("staff"))
        gate.locator("main button").first.click()
        choose_gate(gate)
        gate.get_by_role("button", name="카메라로 스캔").click()

        expect(gate.locator("#verdict")).to_have_attribute("data-verdict", "admitted", timeout=20_000)
        expect(gate.locator("#verdict")).to_contain_text("최인숙")
        gate.wait_for_function(FILM_GOES_ON, arg=gate.locator("video").evaluate("film => film.currentTime"))
        expect(gate.locator("#recent li")).to_have_count(1)


def test_no_later_green_covers_a_refusal_until_it_was_seen(model_day: ModelDay, enter: Visit) -> None:
    gate = open_gate(enter, clock=True, **PHONE)
    scan(gate, "A" * 26)
    expect_verdict(gate, "unknown_badge")

    with standing_still(gate):  # a green card goes by itself
        scan(gate, badge_of(model_day, "guest-001"))
        expect_verdict(gate, "admitted", "석용주")
        expect(gate.locator("#behind .strip")).to_have_text(["등록되지 않은 명찰"])
        scan(gate, badge_of(model_day, "guest-001"))
        expect_verdict(gate, "already_inside", "석용주")
        expect(gate.locator("#unseen")).to_have_text("확인할 것 2")
        expect(gate.locator("#behind .strip")).to_have_text(["등록되지 않은 명찰", "입장석*주"])
    gate.clock.fast_forward(10_000)

    expect(gate.locator("#behind .strip")).to_have_text(["등록되지 않은 명찰"])
    gate.locator("#code").press("Enter")
    expect_verdict(gate, "already_inside")
    gate.keyboard.press("Escape")
    expect_verdict(gate, "unknown_badge")
    gate.get_by_role("button", name="확인함", exact=True).click()
    expect_verdict(gate, "none", "명찰을 스캔해 주세요")


def test_a_green_goes_by_itself(model_day: ModelDay, enter: Visit) -> None:
    gate = open_gate(enter, clock=True, **PHONE)
    scan(gate, badge_of(model_day, "guest-001"))
    expect_verdict(gate, "admitted", "석용주")

    gate.clock.fast_forward(10_000)

    expect_verdict(gate, "none")
    expect(gate.locator("#recent li")).to_contain_text("석*주")


def test_letting_out_is_marked_and_ends_by_itself(model_day: ModelDay, enter: Visit) -> None:
    gate = open_gate(enter, clock=True, **PHONE)
    code = badge_of(model_day, "guest-001")
    scan(gate, code)
    expect_verdict(gate, "admitted")
    gate.locator("#direction-out").check()
    expect(gate.locator("#leaving")).to_contain_text("퇴장 처리 중")
    scan(gate, code)
    expect_verdict(gate, "left", "석용주")
    expect(gate.locator("#count-inside")).to_have_text("0")

    gate.clock.fast_forward(61_000)

    expect(gate.locator("#leaving")).to_be_hidden()
    expect(gate.locator("#direction-in")).to_be_checked()
    expect(gate.locator(".notice")).to_contain_text("입장으로 돌아왔습니다")


def test_the_gate_is_chosen_and_what_was_scanned_before_is_not_lost(
    model_day: ModelDay, enter: Visit
) -> None:
    gate = enter("staff", **PHONE)
    expect(gate.get_by_role("dialog", name="어느 출입구에 계세요?")).to_be_visible()
    gate.keyboard.press("Escape")
    scan(gate, badge_of(model_day, "guest-001"))
    expect_verdict(gate, "no-gate")

    choose_gate(gate, "수상자 출입구")

    expect_verdict(gate, "admitted", "석용주")
    gate.reload()
    expect(gate.locator("#gate-title")).to_have_text("수상자 출입구")
    expect(gate.locator("#gates")).to_be_hidden()
    scan(gate, badge_of(model_day, "guest-001"))
    expect_verdict(gate, "already_inside", "수상자 출입구에서 입장")


def test_a_gate_that_was_signed_out_says_so_and_sends_its_scan_after_signing_in(
    model_day: ModelDay, enter: Visit
) -> None:
    gate = open_gate(enter, **PHONE)
    expect(gate.locator("[data-connection]")).to_have_attribute("data-state", "live")
    gate.context.clear_cookies()

    scan(gate, badge_of(model_day, "guest-001"))

    expect_verdict(gate, "retrying", "확인되지 않음")
    expect(gate.locator("#unanswered")).to_contain_text("로그인해야 보낼 수 있습니다")
    expect(gate.locator("#signed-out")).to_contain_text("로그아웃되었습니다")
    expect(gate.locator("#signed-out").get_by_role("link", name="로그인")).to_be_visible()

    address = gate.url
    gate.goto(address)
    expect(gate).to_have_url(re.compile("/sign-in"))
    expect(gate.locator("#scans-waiting")).to_contain_text(
        "이 기기에 보내지 못한 스캔이 1건 있습니다. 로그인해 체크인 화면을 열면"
    )
    assert admissions(model_day) == []
    gate.goto(model_day.link("staff"))
    gate.locator("main button").first.click()
    gate.wait_for_url(lambda url: "/link" not in url)
    gate.goto(address)

    expect(gate.locator("#count-inside")).to_have_text("1")
    until_queued(gate, 0)
    assert admissions(model_day) == [("guest-001", "admitted")]


def test_leaving_is_undone_as_entering_is(model_day: ModelDay, enter: Visit) -> None:
    gate = open_gate(enter, **PHONE)
    code = badge_of(model_day, "guest-001")
    scan(gate, code)
    expect_verdict(gate, "admitted")
    gate.locator("#direction-out").check()
    scan(gate, code)
    expect_verdict(gate, "left")
    expect(gate.locator("#count-inside")).to_have_text("0")

    gate.get_by_role("button", name="퇴장 되돌리기").click()
    expect(gate.get_by_role("heading", name="석*주 님의 퇴장을 되돌릴까요?")).to_be_focused()
    gate.get_by_role("button", name="되돌리기", exact=True).click()

    expect_verdict(gate, "undone", "퇴장을 되돌렸습니다")
    expect(gate.locator("#count-inside")).to_have_text("1")
    expect(gate.locator("#undo")).to_contain_text("입장 되돌리기")


def test_what_organisers_want_looked_at_is_overruled_by_having_looked(
    model_day: ModelDay, enter: Visit
) -> None:
    desk = enter("organiser")
    desk.goto(model_day.page("desk/people/guest-001"))
    desk.locator("[name=look]").fill("신분증과 이름을 대조해 주세요")
    desk.get_by_role("button", name="저장").first.click()
    gate = open_gate(enter, **PHONE)
    scan(gate, badge_of(model_day, "guest-001"))
    expect_verdict(gate, "needs_look", "신분증과 이름을 대조해 주세요")
    expect(gate.locator("#count-inside")).to_have_text("0")

    gate.get_by_role("button", name="확인하고 입장").click()

    expect_verdict(gate, "admitted", "담당자 판단으로 입장")
    expect(gate.locator("#count-inside")).to_have_text("1")
    expect(gate.locator("#unseen")).to_be_empty()


def test_english_gate_says_which_way_and_not_what_happened(enter: Visit) -> None:
    gate = enter("staff", lang="en", **PHONE)
    choose_gate(gate, "Grand Ballroom main entrance")

    expect(gate.locator("#direction label")).to_have_text(["Enter", "Leave"])
