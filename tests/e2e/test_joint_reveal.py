"""Two names of two lanes by one key: both stages and the live page, how many screens show it, and back again."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import ModelDay, Visit
from tests.e2e.console import calm, choose, drive, press
from tests.e2e.test_screen_links import made

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(240)]

CUES = {"hall": "round-2-hall", "metaverse": "round-2-metaverse"}


def join(desk: Page, model_day: ModelDay, cue: str) -> str:
    """Give the first award of a cue the joint word; return its recipient."""
    desk.goto(model_day.page(f"desk/awards?cue={cue}"))
    desk.locator("tbody th a").first.click()
    desk.get_by_label("함께 발표").fill("대상")
    desk.get_by_role("button", name="저장").click()
    expect(desk.locator(".callout", has_text="‘대상’")).to_be_visible()
    return desk.get_by_label("수상자 이름 또는 팀 이름").input_value()


def test_one_key_reveals_both_names_and_one_takes_them_back(
    model_day: ModelDay, enter: Visit, visit: Visit
) -> None:
    console = enter("organiser", clock=True)
    desk = enter("organiser")
    names = [join(desk, model_day, cue) for cue in CUES.values()]
    stages = [visit(made(desk, model_day, f"{lane} 무대", "stage", lane=lane), 1920, 1080) for lane in CUES]
    live = visit(model_day.page("live"), 360, 740)
    drive(console, "hall", "Shift+S", "개회")
    drive(console, "hall", "Shift+N", "시상 ①")
    drive(console, "hall", "Shift+N", "시상 ②")
    drive(console, "metaverse", "Shift+S", "시상 ②")
    cards = [console.locator(f'.lane[data-lane="{lane}"] .card') for lane in CUES]

    press(console, "Space")
    for card in cards:
        expect(card).to_have_attribute("data-state", "armed")
    calm(console)
    press(console, "Space")

    for stage, name in zip(stages, names, strict=True):
        expect(stage.locator("#scene")).to_contain_text(name)
    expect(live.locator(".stage-name")).to_have_text(names)
    for card in cards:
        expect(card.locator(".card-hint")).to_contain_text("무대 화면 2대 중 2대")
    choose(console, "hall")
    press(console, "Backspace")
    question = console.locator("dialog.ask[open]")
    expect(question.or_(console.locator('.card[data-state="armed"]')).first).to_be_visible()
    if question.count():
        question.locator('button[value="go"]').click()
    for stage, name in zip(stages, names, strict=True):
        expect(stage.locator("#scene")).not_to_contain_text(name)
    expect(live.locator(".stage-name")).to_have_count(0)
