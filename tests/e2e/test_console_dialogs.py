"""The dialogs that the console loads after itself: a press that comes earlier waits, later no network is needed."""

from __future__ import annotations

from playwright.sync_api import Request, Route, expect

from tests.e2e.conftest import ModelDay
from tests.e2e.console import calm
from tests.e2e.intercepting import intercept
from tests.e2e.test_console_keys import Operator, facts, operator, rundown

__all__ = ["operator"]

DIALOGS = "**/static/built/chunks/dialogs-*.js"
LONGEST_PAUSE_MS = 15_000
WAITING = "dialog[open]:has(#later-title)"
FORM = "dialog[open].message-dialog"


def is_imported(request: Request) -> bool:
    """Return whether a page takes the dialogs as a script, which it does once they are fetched."""
    return "/dialogs-" in request.url and request.resource_type == "script"


def test_a_press_before_the_dialogs_are_there_waits_for_them(model_day: ModelDay, operator: Operator) -> None:
    page = operator("김감독")
    lost: list[str] = []

    def lose(route: Route) -> None:
        lost.append(route.request.url)
        route.abort()

    intercept(page, DIALOGS, lose)
    page.reload()
    expect(rundown(page, "hall").first).to_be_visible()
    expect(page.locator("[data-connection]")).to_have_attribute("data-state", "live")

    page.locator("#message-open").click()
    expect(page.locator(WAITING)).to_contain_text("아직 불러오지 못했습니다. 네트워크를 확인해 주세요.")
    for key in ("Shift+S", "Enter", "Space"):
        page.keyboard.press(key)
    expect(page.locator(WAITING)).to_be_visible()
    page.unroute(DIALOGS)
    page.clock.fast_forward(LONGEST_PAUSE_MS)

    expect(page.locator(FORM)).to_be_visible()
    expect(page.locator("dialog[open]")).to_have_count(1)
    assert lost
    assert facts(model_day) == []


def test_a_console_that_loses_the_network_at_once_says_so_at_each_press_and_opens_the_last_one_by_itself(
    model_day: ModelDay, operator: Operator
) -> None:
    server = model_day.server
    presses = [server.run("start"), server.run("next"), server.award("case-01", "arm")]
    assert [status for status, _ in presses] == [200] * 3
    before = facts(model_day)
    page = operator("김감독")
    intercept(page, DIALOGS, lambda route: route.abort())
    page.reload()
    expect(page.locator('.lane[data-lane="hall"] .card')).to_have_attribute("data-state", "armed")
    page.context.set_offline(True)

    for key in ("Shift+R", "c", "p", "g", "o"):
        calm(page)
        page.keyboard.press(key)
        expect(page.locator(WAITING)).to_contain_text("네트워크를 확인해 주세요.")
        page.keyboard.press("Escape")
        expect(page.locator("dialog[open]")).to_have_count(0)
    page.locator("#message-open").click()
    expect(page.locator(WAITING)).to_be_visible()
    page.unroute(DIALOGS)
    page.context.set_offline(False)

    expect(page.locator(FORM)).to_be_visible()
    expect(page.locator("dialog[open]")).to_have_count(1)
    assert facts(model_day) == before


def test_dialogs_open_when_the_network_goes_after_the_page_has_settled(operator: Operator) -> None:
    page = operator("김감독")
    with page.expect_request_finished(is_imported):
        page.reload()
    page.context.set_offline(True)

    page.locator("#message-open").click()
    expect(page.locator(FORM)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.keyboard.press("Shift+R")
    expect(page.locator("dialog[open] #rehearse-cue")).to_be_visible()
