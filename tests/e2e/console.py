"""The console as an operator's hand uses it; its page is visited with `clock`."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

CALM_MS = 1_000
"""The console takes a second press within a moment for a slip of the hand."""


def calm(console: Page) -> None:
    """Let the moment pass, on the page's clock, in which a second press is a slip of the hand."""
    console.clock.fast_forward(CALM_MS)


def press(console: Page, key: str) -> None:
    """Press a key once the last command is answered: until then a press is not taken, and the console says so."""
    expect(console.locator('.lane [aria-busy="true"]')).to_have_count(0)
    console.keyboard.press(key)


def choose(console: Page, lane: str) -> None:
    """Choose a lane by its key, once the console has drawn it: a page that is still loading takes no key."""
    panel = console.locator(f'.lane[data-lane="{lane}"]')
    expect(panel).to_be_visible()
    expect(console.locator("[data-connection]").first).to_have_attribute("data-state", "live")
    calm(console)
    shown = console.locator(".lane").evaluate_all("lanes => lanes.map((lane) => lane.dataset.lane)")
    press(console, str(shown.index(lane) + 1))
    expect(panel).to_have_class(re.compile(r"\bchosen\b"))


def drive(console: Page, lane: str, key: str, title: str) -> None:
    """Choose a lane, press a key, leave out names that nobody called, and see what is on air in it."""
    choose(console, lane)
    press(console, key)
    on_air = console.locator(f'.lane[data-lane="{lane}"] .on-air-title')
    question = console.get_by_role("dialog")
    expect(on_air.filter(has_text=title).or_(question).first).to_be_visible()
    if question.count():
        go_on(console)
    expect(on_air).to_contain_text(title)


def go_on(console: Page) -> None:
    """Give the answer that sends the command which the console asks about."""
    console.get_by_role("dialog").locator('button[value="go"]').click()


def finish(console: Page, lane: str) -> None:
    """Finish a lane and answer the question that is asked."""
    choose(console, lane)
    press(console, "Shift+F")
    go_on(console)
    expect(console.locator(f'.lane[data-lane="{lane}"]')).to_have_attribute("data-status", "finished")


def row_of(console: Page, recipient: str) -> Locator:
    """Open the list of the chosen lane's awards and return the recipient's row."""
    awards = console.locator(".lane.chosen .awards-all")
    if not awards.evaluate("element => element.open"):
        awards.locator("summary").click()
    return awards.locator("tbody tr", has_text=recipient)


def state_of(row: Locator) -> Locator:
    """Return where a row says how far its award has come; its buttons carry the same words."""
    return row.locator(".badge")
