"""The screens as people meet them: a link that keeps its secret, a tab that was away, a stage, an emcee."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import ModelDay, Visit
from tests.e2e.console import click, drive, reveal, row_of

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

SHOW_AS = """state => {
  Object.defineProperty(document, 'visibilityState', {value: state, configurable: true});
  document.dispatchEvent(new Event('visibilitychange'));
}"""
ROOM_LEFT = "() => innerHeight - document.scrollingElement.scrollHeight"


def test_a_link_takes_its_secret_out_of_the_address(model_day: ModelDay, visit: Visit) -> None:
    page = visit(model_day.link("emcee"), 360, 740)

    expect(page.get_by_label("입장 코드")).to_be_hidden()
    assert "#" not in page.url
    page.get_by_role("button", name="입장하기").click()
    page.wait_for_url(model_day.page("screen/emcee"))


def test_returning_tab_shows_what_happened_meanwhile(model_day: ModelDay, enter: Visit, visit: Visit) -> None:
    console = enter("organiser", clock=True)
    live = visit(model_day.page("live"), 360, 740)
    expect(live.locator("[data-connection]")).to_have_attribute("data-state", "live")
    live.clock.install()
    live.evaluate(SHOW_AS, "hidden")
    drive(console, "hall", "Shift+S", "개회 및 고용노동부 장관 격려사")
    expect(live.locator(".lane-title").first).to_contain_text("개회")
    live.clock.fast_forward(31_000)
    expect(live.locator("#absence")).to_be_hidden()
    live.evaluate(SHOW_AS, "visible")
    live.clock.fast_forward(2_000)

    expect(live.locator("#absence")).to_contain_text("개회 및 고용노동부 장관 격려사 순서를 시작했습니다")
    live.get_by_role("button", name="확인했습니다").click()
    expect(live.locator("#absence")).to_be_hidden()


def test_the_emcee_reads_the_name_before_the_stage_shows_it(
    model_day: ModelDay, enter: Visit, visit: Visit
) -> None:
    console, emcee = enter("organiser", clock=True), enter("emcee")
    stage = visit(model_day.page("screen/stage?lane=hall"), 1920, 1080)
    drive(console, "hall", "Shift+S", "개회")
    drive(console, "hall", "Shift+N", "시상 ①")
    click(console, row_of(console, "하연희").get_by_role("button", name="발표 준비"))

    expect(emcee.locator("#up-name")).to_have_text("하연희")
    expect(emcee.locator("#up-state")).to_have_text("준비하세요")
    assert "하연희" not in stage.content()
    click(console, row_of(console, "하연희").get_by_role("button", name="발표", exact=True))
    expect(stage.locator(".award-name")).to_have_text("하연희")
    expect(stage.locator(".award-from")).to_have_text("㈜미래고용정보 대진대사무소")


@pytest.mark.parametrize(("width", "height"), [(360, 740), (820, 1180), (1440, 900)])
def test_emcee_screen_fits_without_scrolling(
    model_day: ModelDay, enter: Visit, width: int, height: int
) -> None:
    console = enter("organiser", clock=True)
    emcee = enter("emcee", width=width, height=height)
    drive(console, "hall", "Shift+S", "개회")
    drive(console, "hall", "Shift+N", "시상 ①")
    reveal(console, "윤지수")
    click(console, row_of(console, "하연희").get_by_role("button", name="발표 준비"))

    expect(emcee.locator("#up-name")).to_have_text("하연희")
    assert emcee.evaluate(ROOM_LEFT) >= 0
    assert emcee.evaluate("() => document.scrollingElement.scrollWidth <= innerWidth")


def test_screens_follow_a_rehearsal_that_the_audience_never_sees(
    model_day: ModelDay, enter: Visit, visit: Visit
) -> None:
    console, emcee, stage = enter("organiser"), enter("emcee"), enter("organiser")
    stage.goto(model_day.page("screen/stage?lane=hall"))
    hall, live = visit(model_day.page("screen/stage?lane=hall")), visit(model_day.page("live"), 360, 740)
    expect(console.locator('.lane[data-lane="hall"]')).to_be_visible()
    console.keyboard.press("Shift+R")
    dialog = console.get_by_role("dialog")
    dialog.get_by_label("시작할 순서").select_option("round-2-hall")
    dialog.get_by_label("속도").select_option("10")
    console.get_by_role("button", name="리허설 시작").click()

    console.wait_for_url(re.compile(r"run=run-2"))
    expect(console.locator("#rehearsal-bar")).to_contain_text("리허설 · 10배속")
    expect(console.locator('.lane[data-lane="hall"] .on-air-title')).to_contain_text("시상 ②")
    for page in (stage, emcee):
        expect(page.locator(".rehearsal-band")).to_have_text("리허설 · 10배속")
    expect(stage.locator("#scene")).to_contain_text("시상 ②")
    for page in (hall, live):
        expect(page.locator("[data-rehearsal]")).to_have_count(0)
        expect(page.locator("body")).not_to_contain_text("리허설")
    expect(hall.locator("#scene")).not_to_contain_text("시상 ②")

    console.get_by_label("화면이 리허설을 따라감").uncheck()
    expect(stage.locator(".rehearsal-band")).to_have_count(0)
    console.get_by_label("화면이 리허설을 따라감").check()
    expect(stage.locator(".rehearsal-band")).to_be_visible()
    console.keyboard.press("Shift+R")
    console.get_by_role("dialog").get_by_role("button", name="리허설 지우기").click()
    for page in (stage, emcee):
        expect(page.locator(".rehearsal-band")).to_have_count(0)
    console.wait_for_url(re.compile(r"/console$"))
    expect(console.locator('.lane[data-lane="hall"]')).to_have_attribute("data-status", "waiting")
