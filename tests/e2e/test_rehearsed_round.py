"""A round is rehearsed by keyboard, with stage, emcee and live page open: numbers, and nothing outside."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import ModelDay, Visit
from tests.e2e.console import calm, choose, press

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]


def test_round_is_rehearsed_by_keyboard(model_day: ModelDay, enter: Visit, visit: Visit) -> None:
    console, emcee, stage = enter("organiser", clock=True), enter("emcee"), enter("organiser")
    stage.goto(model_day.page("screen/stage?lane=hall"))
    live = visit(model_day.page("live"), 360, 740)
    hall = visit(model_day.page("screen/stage?lane=hall"), 1920, 1080)
    expect(console.locator('.lane[data-lane="hall"]')).to_be_visible()
    press(console, "Shift+R")
    console.get_by_role("dialog").get_by_label("시작할 순서").select_option("round-1-hall")
    console.get_by_role("button", name="리허설 시작").click()
    console.wait_for_url(re.compile(r"run=run-2"))
    choose(console, "hall")
    card, scene = console.locator(".lane.chosen .card"), stage.locator("#scene")

    press(console, "Space")
    expect(card).to_have_attribute("data-state", "armed")
    expect(card.locator(".card-name")).to_have_text("수상자 01")
    expect(card.locator(".card-level")).to_contain_text("리허설")
    expect(emcee.locator("#up-name")).to_have_text("수상자 01")
    expect(emcee.locator("#up-state")).to_have_text("준비하세요")
    calm(console)
    press(console, "Space")
    expect(scene).to_contain_text("수상자 01")
    expect(stage.locator(".rehearsal-band")).to_be_visible()
    expect(scene).to_contain_text("장려상")
    expect(emcee.locator("#up-state")).to_have_text("읽으세요")

    calm(console)
    press(console, "p")
    expect(console.locator(".lane.chosen .progress-words")).to_contain_text("리허설에는 수상자의 이름이 없어")
    press(console, "Shift+K")
    expect(stage.locator(".picture-blackout")).to_be_visible()
    expect(scene).not_to_contain_text("수상자 01")
    undo(console, console.locator(".lane.chosen .progress-words", has_text="실행 취소"))
    expect(scene).to_contain_text("수상자 01")
    undo(console, console.locator('.lane.chosen .card[data-state="armed"]'))
    expect(scene).not_to_contain_text("수상자 01")

    for page in (live, hall):
        expect(page.locator("body")).not_to_contain_text("수상자 01")
        expect(page.locator("[data-rehearsal]")).to_have_count(0)
    press(console, "Shift+R")
    console.get_by_role("dialog").get_by_role("button", name="리허설 지우기").click()
    expect(stage.locator(".rehearsal-band")).to_have_count(0)
    expect(emcee.locator("#up")).to_be_hidden()
    console.wait_for_url(re.compile(r"/console(\?lane=hall)?$"))
    expect(console.locator('.lane[data-lane="hall"]')).to_have_attribute("data-status", "waiting")


def undo(console: Page, settled: Locator) -> None:
    """Undo the last act of the lane until `settled` shows; the console asks when it was a while ago."""
    calm(console)
    press(console, "Backspace")
    question = console.locator("dialog.ask[open]")
    expect(question.or_(settled).first).to_be_visible()
    if question.count():
        console.keyboard.press("Enter")
    expect(settled).to_be_visible()
