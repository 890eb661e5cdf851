"""The server is killed in the middle of the ceremony: nothing is lost, and every screen comes back by itself."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import ModelDay, Visit
from tests.e2e.console import drive, row_of

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

COMING_BACK_MS = 30_000
KEPT_MS = 5_000
OPENING = "개회 및 고용노동부 장관 격려사"
ROUND = "시상 ① 상담우수자"
NEXT_ROUND = "시상 ② 업무 우수자 <센터 개인, 단체>"


def state(day: ModelDay, stream: str) -> dict[str, dict[str, Any]]:
    snapshot: dict[str, dict[str, Any]] = day.server.get(f"state?stream={stream}", "operator")[1]["snapshot"]
    return snapshot


def test_restarted_server_shows_the_same_day(model_day: ModelDay, enter: Visit, visit: Visit) -> None:
    console = enter("operator", clock=True)
    live = visit(model_day.page("live"), 360, 740)
    model_day.at(0)
    drive(console, "hall", "Shift+S", OPENING)
    model_day.at(11)
    drive(console, "hall", "Shift+N", ROUND)
    row = row_of(console, "석용주")
    row.get_by_role("button", name="발표 준비").click()
    row.get_by_role("button", name="발표", exact=True).click()
    expect(live.locator("main")).to_contain_text("석용주")
    before = {stream: state(model_day, stream) for stream in ("public", "operator")}

    model_day.server.kill()
    for page in (console, live):
        expect(page.locator("[data-connection]").first).not_to_have_attribute("data-state", "live")
    expect(live.locator("main")).to_contain_text("석용주")
    model_day.server.start()

    assert {stream: state(model_day, stream) for stream in ("public", "operator")} == before
    for page in (console, live):
        expect(page.locator("[data-connection]").first).to_have_attribute(
            "data-state", "live", timeout=COMING_BACK_MS
        )
    model_day.at(24)
    drive(console, "hall", "Shift+N", NEXT_ROUND)
    expect(live.locator("main")).to_contain_text(NEXT_ROUND)


def test_a_key_pressed_while_the_server_is_gone_takes_effect_once(model_day: ModelDay, enter: Visit) -> None:
    console = enter("operator", clock=True)
    model_day.at(0)
    drive(console, "hall", "Shift+S", OPENING)

    model_day.server.kill()
    expect(console.locator("[data-connection]").first).not_to_have_attribute("data-state", "live")
    console.keyboard.press("Shift+N")
    console.clock.fast_forward(KEPT_MS)
    expect(console.locator('.lane[data-lane="hall"] .progress')).to_have_attribute("data-phase", "kept")
    model_day.server.start()
    console.get_by_role("button", name="지금 보내기").click(timeout=COMING_BACK_MS)

    title = console.locator('.lane[data-lane="hall"] .on-air-title')
    expect(title).to_contain_text(ROUND, timeout=COMING_BACK_MS)
    cues = [document for key, document in state(model_day, "operator").items() if key.startswith("cue/")]
    started = [cue["id"] for cue in cues if cue["started_at"]]
    assert sorted(started) == ["opening", "round-1-hall"]
