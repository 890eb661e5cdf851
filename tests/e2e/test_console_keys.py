"""The console by key: each key does its one thing once, and nothing happens by accident."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from conference_hub.access import actions
from conference_hub.access.model import Role
from conference_hub.app import make_hub
from conference_hub.core.actor import Actor
from conference_hub.core.config import load
from conference_hub.core.now import utc_now
from tests.e2e.conftest import ModelDay, Visit
from tests.e2e.console import answered, calm, click, go_on, press, standing_still
from tests.model_day import CONF
from tests.services.machine import wait_until

Operator = Callable[..., Page]

BESIDE_A_THIRD_LANE = """() => {
  const lanes = document.querySelector('#lanes');
  const third = lanes.appendChild(lanes.firstElementChild.cloneNode(true));
  const tops = [...lanes.children].map((lane) => lane.getBoundingClientRect().top);
  const buttons = lanes.querySelectorAll(':is(.card-steps, .card-more, .lane-buttons) .button');
  const bottoms = [...buttons].map((button) => button.getBoundingClientRect().bottom);
  third.remove();
  return [tops, bottoms];
}"""
"""Where three lanes begin, one of them twice there for a moment, and where their buttons end."""


@pytest.fixture
def operator(model_day: ModelDay, visit: Visit) -> Operator:
    """Return `operator(name, ...)`: a browser on the console, signed in under that name."""

    def console(name: str, **how: object) -> Page:
        hub = make_hub(load(model_day.server.environment(), demo=True))
        with hub.database.writing() as db:
            secret = actions.make_link(
                db, conf=CONF, role=Role.OPERATOR, at=utc_now(), name=name, by=Actor.system("test")
            )
        hub.database.close()
        page = visit(f"{model_day.server.url}/link#{secret}", clock=True, **how)
        page.locator("main button").first.click()
        page.wait_for_url("**/console")
        expect(rundown(page, "hall").first).to_be_visible()
        expect(page.locator("[data-connection]")).to_have_attribute("data-state", "live")
        return page

    return console


def lane(page: Page, lane_id: str = "hall") -> Locator:
    return page.locator(f'[data-lane="{lane_id}"]')


def rundown(page: Page, lane_id: str = "hall") -> Locator:
    return lane(page, lane_id).locator(".rundown > li")


def on_air(page: Page, lane_id: str = "hall") -> Locator:
    return rundown(page, lane_id).and_(page.locator('[aria-current="step"]')).locator(".rundown-title")


def progress(page: Page, lane_id: str = "hall") -> Locator:
    return lane(page, lane_id).locator(".progress")


def facts(day: ModelDay) -> list[str]:
    """Topics of the run commands, in order."""
    _, answer = day.server.get("state?stream=operator&after=0", "operator")
    return [entry["topic"] for entry in answer["entries"] if "lane" in entry["body"]]


def test_key_moves_the_lane_and_a_second_console_follows(model_day: ModelDay, operator: Operator) -> None:
    first, second = operator("김감독"), operator("이조감독")

    press(first, "Shift+S")
    expect(on_air(second)).to_have_text("개회 및 고용노동부 장관 격려사")
    expect(progress(first)).to_contain_text("시작: 개회 및 고용노동부 장관 격려사")
    calm(first)
    press(first, "Shift+N")

    expect(on_air(second)).to_have_text("시상 ① 상담우수자")
    expect(second.locator("#log li").first).to_contain_text("김감독")
    expect(second.locator("#log li").first).to_contain_text("다음 순서로: 시상 ① 상담우수자")
    assert facts(model_day) == ["LaneStarted", "CueStarted"]


def test_digits_and_arrows_choose_the_lane_that_keys_command(model_day: ModelDay, operator: Operator) -> None:
    page = operator("김감독")

    press(page, "2")
    press(page, "Shift+S")
    expect(on_air(page, "metaverse")).to_have_text("시상 ② 업무 우수자 <센터 개인>")
    press(page, "ArrowLeft")
    expect(lane(page, "hall").locator(".lane-heading")).to_have_attribute("aria-pressed", "true")

    assert facts(model_day) == ["LaneStarted"]
    expect(lane(page, "hall")).to_have_attribute("data-status", "waiting")


def test_hold_stops_the_countdown_and_resume_lets_it_go_on(model_day: ModelDay, operator: Operator) -> None:
    model_day.at(0)
    page = operator("김감독")
    press(page, "Shift+S")
    expect(lane(page)).to_have_attribute("data-status", "running")

    press(page, "h")
    expect(lane(page).locator(".lane-head .badge")).to_have_text("멈춰 있음")
    expect(lane(page).locator(".lane-left")).to_have_text("남음 · 멈춤")
    held = lane(page).locator(".lane-countdown").inner_text()
    page.clock.fast_forward(2_100)
    assert lane(page).locator(".lane-countdown").inner_text() == held

    press(page, "h")
    expect(lane(page)).to_have_attribute("data-status", "running")
    assert facts(model_day) == ["LaneStarted", "LaneHeld", "LaneResumed"]


def test_changing_a_cues_minutes_moves_the_expected_end(model_day: ModelDay, operator: Operator) -> None:
    page = operator("김감독")
    press(page, "Shift+S")
    expect(lane(page)).to_have_attribute("data-status", "running")

    for key, length in (("=", "10분 +1"), ("=", "10분 +2"), ("=", "10분 +3"), ("-", "10분 +2")):
        press(page, key)
        expect(rundown(page).first.locator(".rundown-length")).to_have_text(length)
    expect(page.locator("#log li").first).to_contain_text("1분 줄임")
    assert facts(model_day) == ["LaneStarted", "CueExtended", "CueExtended", "CueExtended", "CueExtended"]


def test_overtime_differs_by_word_sign_and_colour(model_day: ModelDay, operator: Operator) -> None:
    model_day.stop_at(model_day.opening)
    page = operator("김감독")
    press(page, "Shift+S")
    expect(lane(page)).to_have_attribute("data-status", "running")

    model_day.stop_at(model_day.opening + timedelta(minutes=12.5))
    page.reload()

    expect(lane(page).locator(".lane-left")).to_have_text("시간 초과")
    expect(lane(page).locator(".lane-countdown")).to_have_attribute("data-phase", "over")
    assert lane(page).locator(".lane-countdown").inner_text().startswith("+02:")
    assert lane(page).locator(".lane-drift").inner_text().startswith("예정보다 2분 ")


def test_late_lane_makes_up_time_by_one_press_and_undoes_it_by_one(
    model_day: ModelDay, operator: Operator
) -> None:
    model_day.at(5)
    model_day.server.run("start")
    page = operator("김감독")

    click(page, lane(page).get_by_role("button", name="시간 맞추기"))
    ways = page.get_by_role("dialog").locator(".make-up-way")
    expect(ways.first).to_contain_text("한 명에")
    ways.first.get_by_role("button").click()
    expect(progress(page)).to_contain_text("시간을 맞춤")
    calm(page)
    press(page, "Backspace")

    go_on(page, progress(page).filter(has_text="실행 취소: 시간 맞추기"))
    assert facts(model_day) == ["LaneStarted", "LaneMadeUp", "CommandUndone"]


def test_a_key_held_down_moves_once(model_day: ModelDay, operator: Operator) -> None:
    page = operator("김감독")
    press(page, "Shift+S")
    expect(lane(page)).to_have_attribute("data-status", "running")
    answered(page)
    calm(page)

    page.keyboard.down("Shift")
    for _ in range(20):
        page.keyboard.down("N")
        page.clock.fast_forward(60)
    page.keyboard.up("N")
    page.keyboard.up("Shift")

    expect(on_air(page)).to_have_text("시상 ① 상담우수자")
    assert facts(model_day) == ["LaneStarted", "CueStarted"]


def test_a_double_press_moves_once(model_day: ModelDay, operator: Operator) -> None:
    page = operator("김감독")
    press(page, "Shift+S")
    expect(lane(page)).to_have_attribute("data-status", "running")
    answered(page)
    calm(page)

    with standing_still(page):
        lane(page).locator('[data-button="next"]').dblclick()

    expect(on_air(page)).to_have_text("시상 ① 상담우수자")
    expect(lane(page).locator('[aria-busy="true"]')).to_have_count(0)
    assert facts(model_day) == ["LaneStarted", "CueStarted"]


def test_enter_held_on_a_button_presses_it_once(model_day: ModelDay, operator: Operator) -> None:
    page = operator("김감독")
    press(page, "Shift+S")
    expect(lane(page)).to_have_attribute("data-status", "running")
    answered(page)

    lane(page).locator('[data-button="longer"]').focus()
    for _ in range(10):
        page.keyboard.down("Enter")
        page.clock.fast_forward(60)
    page.keyboard.up("Enter")

    expect(rundown(page).first.locator(".rundown-length")).to_have_text("10분 +1")
    assert facts(model_day) == ["LaneStarted", "CueExtended"]


def test_typing_and_browser_shortcuts_send_no_command(model_day: ModelDay, operator: Operator) -> None:
    page = operator("김감독")
    page.evaluate("document.querySelector('#lanes').before(document.createElement('textarea'))")

    page.locator("textarea").focus()
    page.keyboard.type("SNHFsad12=-")
    page.locator("textarea").blur()
    for shortcut in ("Control+s", "Alt+s", "Meta+s", "Space", "s", "n"):
        press(page, shortcut)

    assert page.locator("textarea").input_value() == "SNHFsad12=-"
    assert facts(model_day) == []


def test_undo_asks_once_and_escape_cancels(model_day: ModelDay, operator: Operator) -> None:
    page = operator("김감독")
    press(page, "Shift+S")
    expect(lane(page)).to_have_attribute("data-status", "running")

    model_day.pass_by(page, 3_500)
    press(page, "Backspace")
    expect(page.get_by_role("dialog")).to_contain_text("시작: 개회 및 고용노동부 장관 격려사")
    press(page, "Shift+N")
    press(page, "Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert facts(model_day) == ["LaneStarted"]

    press(page, "Backspace")
    press(page, "Enter")
    expect(lane(page)).to_have_attribute("data-status", "waiting")
    expect(progress(page)).to_contain_text("실행 취소: 시작")
    assert facts(model_day) == ["LaneStarted", "CommandUndone"]

    press(page, "y")
    press(page, "Enter")
    expect(lane(page)).to_have_attribute("data-status", "running")
    expect(progress(page)).to_contain_text("다시 실행: 시작")
    assert facts(model_day) == ["LaneStarted", "CommandUndone", "CommandRedone"]


def test_finishing_early_says_how_many_cues_it_leaves_out(model_day: ModelDay, operator: Operator) -> None:
    page = operator("김감독")
    press(page, "2")
    press(page, "Shift+S")
    expect(lane(page, "metaverse")).to_have_attribute("data-status", "running")

    press(page, "Shift+F")
    expect(page.get_by_role("dialog")).to_contain_text("남은 순서 1개")
    page.get_by_role("dialog").locator('button[value="go"]').click()
    expect(page.get_by_role("dialog")).to_contain_text("아직 부르지 않은 수상자")
    go_on(page, lane(page, "metaverse").locator(".lane-head .badge", has_text="마침"))

    expect(rundown(page, "metaverse")).to_have_count(1)
    expect(rundown(page, "metaverse")).to_contain_text("진행 안 함")
    assert facts(model_day) == ["LaneStarted", "LaneFinished"]


def test_leaving_the_ceremony_while_the_metaverse_runs_it_names_that_lane(
    model_day: ModelDay, operator: Operator
) -> None:
    for body in ({}, {"lane": "metaverse"}):
        model_day.server.run("start", **body)
    for _ in range(3):
        model_day.server.run("next")
    page = operator("김감독")
    expect(on_air(page)).to_contain_text("시상 ③")

    press(page, "Shift+N")
    expect(page.get_by_role("dialog")).to_contain_text("메타버스에서는 ‘시상 ② 업무 우수자 <센터 개인>’")
    go_on(page, on_air(page).filter(has_text="샌드아트 퍼포먼스"))

    expect(lane(page, "metaverse")).to_have_attribute("data-status", "running")


def test_unavailable_button_says_why_and_sends_nothing(model_day: ModelDay, operator: Operator) -> None:
    page = operator("김감독")

    press(page, "Shift+N")

    expect(progress(page)).to_contain_text("먼저 시작을 누르세요")
    assert facts(model_day) == []


def test_space_gives_an_award_step_by_step_and_never_moves_the_cue(
    model_day: ModelDay, operator: Operator
) -> None:
    model_day.server.run("start")
    model_day.server.run("next")
    page = operator("김감독")
    card = lane(page).locator(".card")
    expect(on_air(page)).to_contain_text("시상 ①")
    award = card.get_attribute("data-award")

    with standing_still(page):
        press(page, "Space")
        expect(card).to_have_attribute("data-state", "armed")
        press(page, "Space")
        answered(page)
        expect(card).to_have_attribute("data-state", "armed")
    calm(page)
    press(page, "Space")
    expect(card).to_have_attribute("data-state", "revealed")
    calm(page)
    press(page, "Backspace")
    go_on(page, progress(page).filter(has_text="실행 취소: 발표"))
    expect(card).to_have_attribute("data-state", "armed")
    calm(page)
    press(page, "s")
    expect(card).to_have_attribute("data-state", "revealed")
    press(page, "d")
    expect(card).not_to_have_attribute("data-award", str(award))

    expect(on_air(page)).to_contain_text("시상 ①")
    page.keyboard.press("?")
    expect(page.locator("#log li").first).to_contain_text("마침")


def test_chosen_lane_survives_a_reload_and_a_press_does_not_move_it(
    model_day: ModelDay, operator: Operator
) -> None:
    page = operator("김감독")
    press(page, "Tab")
    expect(lane(page, "metaverse")).to_have_class("lane panel chosen")
    page.reload()
    expect(lane(page, "metaverse")).to_have_class("lane panel chosen")

    click(page, lane(page).locator('[data-button="start"]'))
    expect(lane(page)).to_have_attribute("data-status", "running")
    expect(lane(page, "metaverse")).to_have_class("lane panel chosen")
    assert facts(model_day) == ["LaneStarted"]


def test_somebody_is_called_out_of_order_by_initial_consonants(
    model_day: ModelDay, operator: Operator
) -> None:
    model_day.server.run("start")
    model_day.server.run("next")
    page = operator("김감독")
    expect(on_air(page)).to_contain_text("시상 ①")

    press(page, "/")
    page.get_by_label("호명 번호나 이름의 초성").fill("ㅎㅇㅎ")
    expect(page.get_by_role("dialog").locator("li").first).to_contain_text("하연희")
    page.keyboard.press("Enter")

    expect(lane(page).locator(".card-name")).to_have_text("하연희")
    expect(lane(page).locator(".card")).to_have_attribute("data-state", "armed")


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_every_button_with_a_key_is_on_the_screen(model_day: ModelDay, operator: Operator, lang: str) -> None:
    model_day.server.run("start")
    model_day.server.run("next")
    page = operator("김감독", lang=lang, width=1024, height=768)

    steps = set()
    for state in ("sealed", "armed", "revealed"):
        expect(lane(page).locator(".card")).to_have_attribute("data-state", state)
        for width, height in ((1024, 768), (1440, 900), (1920, 1080)):
            page.set_viewport_size({"width": width, "height": height})
            assert (
                lowest(page.locator(".lane :is(.card-steps, .card-more, .lane-buttons) .button:visible"))
                <= height
            )
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        steps.add(
            (
                lowest(lane(page).locator(".card-steps .button")),
                lowest(lane(page).locator(".lane-buttons .button")),
            )
        )
        calm(page)
        press(page, "Space")
    assert len(steps) == 1, "neither the three steps nor the buttons below them move"


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_a_third_lane_stands_beside_the_others(model_day: ModelDay, operator: Operator, lang: str) -> None:
    model_day.server.run("start")
    model_day.server.run("next")
    page = operator("김감독", lang=lang)
    expect(lane(page).locator(".card")).to_be_visible()

    tops, bottoms = page.evaluate(BESIDE_A_THIRD_LANE)
    assert len(set(tops)) == 1
    assert max(bottoms) <= 900


def test_a_key_brings_an_award_that_is_off_the_screen_there_before_it_gives_it(
    model_day: ModelDay, operator: Operator
) -> None:
    model_day.server.run("start")
    model_day.server.run("next")
    page = operator("김감독", width=360, height=740)
    card = lane(page).locator(".card")
    expect(card).to_be_visible()
    press(page, "2")
    expect(lane(page, "metaverse").locator(".lane-heading")).to_be_in_viewport()
    expect(card).not_to_be_in_viewport()

    press(page, "a")
    expect(card.locator(".card-steps")).to_be_in_viewport()
    expect(page.locator("#notices")).to_contain_text("화면 밖이어서 실행하지 않았습니다")
    expect(card).to_have_attribute("data-state", "sealed")
    press(page, "a")
    expect(card).to_have_attribute("data-state", "armed")


def lowest(buttons: Locator) -> float:
    """Return where the lowest of the buttons ends, from the top of the window."""
    bottoms: list[float] = buttons.evaluate_all("all => all.map((one) => one.getBoundingClientRect().bottom)")
    return max(bottoms)


FULL_BAR = """() => {
  const [up, inbox, together] = ['screens-up', 'inbox-link', 'together'].map((id) => document.getElementById(id));
  up.textContent = 'Shown on 12 of 14 screens · Browsers: 1,204';
  inbox.dataset.waiting = '12';
  inbox.textContent = 'To look at: 12';
  together.textContent = 'Start together';
  together.hidden = false;
  const words = document.querySelectorAll('.console-vital :is(.connection, #screens-up)');
  const heights = [...words].map((one) => one.getBoundingClientRect().height);
  return [Math.max(...heights), document.documentElement.scrollWidth];
}"""
"""Fills the bar with all that may stand in it, and measures it before the page draws it anew."""


@pytest.mark.parametrize("width", [360, 720, 1024])
def test_the_bar_of_the_console_keeps_its_words_whole(operator: Operator, width: int) -> None:
    page = operator("김감독", lang="en", width=width, height=740)

    tallest, across = page.evaluate(FULL_BAR)

    assert tallest < 90
    assert across <= width


CUT = """() => {
  const all = (selector) => [...document.querySelectorAll(`.lane :is(${selector})`)];
  const cut = (one) => one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1;
  const broken = (one) => one.clientHeight > 1.5 * parseFloat(getComputedStyle(one).fontSize);
  return [
    ...all('.badge, .on-air-title, .lane-left').filter(cut),
    ...all('.lane-countdown').filter(broken),
  ].map((one) => one.textContent);
}"""
"""How lanes stand, where not all of the words can be seen, or the digits of the time not in one line."""
LATE_MS = 95 * 60_000


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_how_a_lane_stands_is_never_cut_short(model_day: ModelDay, operator: Operator, lang: str) -> None:
    page = operator("김감독", lang=lang, width=360, height=740)

    def see_all_of_it() -> None:
        for width, height in ((360, 740), (820, 1180), (1440, 900)):
            page.set_viewport_size({"width": width, "height": height})
            # letters have the size that their container gives them some frames after the window
            wait_until(lambda: page.evaluate(CUT) == [], f"that nothing is cut short at {width}")

    see_all_of_it()
    model_day.pass_by(page, LATE_MS)
    expect(lane(page).locator(".lane-countdown")).to_contain_text("+1:2")
    see_all_of_it()
