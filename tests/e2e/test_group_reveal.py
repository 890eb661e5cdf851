"""A group from the console to the stage: marked, named by key, taken back, and over."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import ModelDay, Visit
from tests.e2e.console import calm, click, drive, press

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

UNNAMED = 12
"""So many of the round come before the first who is named."""


def test_group_is_named_by_key_on_the_stage(model_day: ModelDay, enter: Visit, visit: Visit) -> None:
    console = enter("organiser", clock=True)
    stage = visit(model_day.page("screen/stage?lane=hall"), 1920, 1080)
    live = visit(model_day.page("live"), 360, 740)
    drive(console, "hall", "Shift+S", "개회")
    drive(console, "hall", "Shift+N", "시상 ①")
    press(console, "g")
    dialog = console.locator("dialog.ask[open]")
    dialog.get_by_label("첫 이름").select_option(index=UNNAMED)
    dialog.get_by_label("빠르기").select_option("")
    dialog.get_by_role("button", name="시작").click()
    card, roll = console.locator(".lane.chosen .group-card"), stage.locator(".group-roll li")
    expect(card).to_be_visible()
    expect(stage.locator(".picture-group .award-level")).to_have_text("우수상")
    expect(roll).to_have_count(0)

    calm(console)
    press(console, "Space")
    expect(roll).to_have_text(["정동희"])
    calm(console)
    press(console, "Space")
    expect(roll).to_have_text(["정동희", "양진경"])
    expect(stage.locator(".group-now .award-name")).to_have_text("양진경")
    expect(live.locator(".stage-roll li")).to_have_text(["정동희", "양진경"])

    click(console, card.get_by_role("button", name="이름 되돌리기"))
    expect(roll).to_have_text(["정동희"])
    expect(live.locator(".stage-roll")).to_be_hidden()
    click(console, card.get_by_role("button", name="단체 발표 마치기"))
    console.locator("dialog.ask[open]").get_by_role("button", name="단체 발표 마치기").click()
    expect(card).to_have_count(0)
    expect(stage.locator(".picture-award .award-name")).to_have_text("정동희")
