"""A page shows what is true before it asks for anything, and goes on from there."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import ModelDay, Visit
from tests.e2e.console import drive
from tests.e2e.intercepting import intercept

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

STATE = "**/api/v1/c/*/state*"
SOCKET = "**/socket.io/**"


def cut(page: Page, *patterns: str) -> None:
    """Let no request that fits one of `patterns` reach the hub, nor any socket of those."""
    for pattern in patterns:
        page.route_web_socket(pattern, lambda socket: socket.close())
        intercept(page, pattern, lambda route: route.abort())


FIRST = (
    ("attendee", "live", ".lane-title", {"ko": "에 시작할 예정입니다", "en": "Due to start at"}),
    ("organiser", "console", ".lane", {"ko": "아직 시작하지 않았습니다", "en": "Not started yet"}),
    ("emcee", "screen/emcee", "#cue-next", {"ko": "개회", "en": "Opening"}),
    ("emcee", "screen/stage", ".picture", {"ko": "에 시작합니다", "en": "Starts at"}),
)


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_pages_show_the_day_when_nothing_else_is_answered(
    model_day: ModelDay, enter: Visit, lang: str
) -> None:
    pages = {
        role: enter(role, "guest-088" if role == "attendee" else None, lang=lang)
        for role in ("attendee", "organiser", "emcee")
    }
    for page in pages.values():
        cut(page, STATE, SOCKET)

    for role, path, place, words in FIRST:
        pages[role].goto(model_day.page(path))
        expect(pages[role].locator(place).first).to_contain_text(words[lang])


def test_gate_shows_its_counts_when_nothing_else_is_answered(model_day: ModelDay, enter: Visit) -> None:
    gate = enter("staff")
    expect(gate.locator("#count-expected")).not_to_have_text("–")
    expected = gate.locator("#count-expected").inner_text()
    cut(gate, STATE, SOCKET)

    gate.reload()

    expect(gate.locator("#count-expected")).to_have_text(expected)


def test_page_goes_on_from_what_it_came_with(model_day: ModelDay, enter: Visit, visit: Visit) -> None:
    """Without `/state` whatever happens after the page was made can come by the socket alone."""
    console, live = enter("organiser", clock=True), visit(model_day.page("results"), 360, 740)
    cut(live, STATE)
    live.goto(model_day.page("live"))
    expect(live.locator("[data-connection]")).to_have_attribute("data-state", "live")

    drive(console, "hall", "Shift+S", "개회")

    expect(live.locator(".lane-title").first).to_contain_text("개회")
