"""The console as an operator's hand uses it; its page is visited with `clock`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, Page, expect

from tests.services.machine import wait_until

QUESTIONS = 3
"""At most so many are asked one after the other: about other lanes, and about names that were not called."""
CALM_MS = 1_000
"""The console takes a second press within a moment for a slip of the hand."""
AHEAD_S = 5
"""A page's clock is stopped only at a time that has not come yet: longer than it takes to say so."""


def calm(console: Page) -> None:
    """Let the moment pass, on the page's clock, in which a second press is a slip of the hand."""
    console.clock.fast_forward(CALM_MS)


@contextmanager
def standing_still(console: Page) -> Iterator[None]:
    """Stop the page's clock, so that what is done falls into one moment, however long the machine takes for it."""
    console.clock.pause_at(console.evaluate("Date.now() / 1000") + AHEAD_S)
    yield
    console.clock.resume()


def answered(console: Page) -> None:
    """Wait until the last command is answered: until then a press is not taken, and the console says so."""
    under_way = (
        '.lane [aria-busy="true"], .lane .progress:is([data-phase="sending"], [data-phase="retrying"])'
    )
    expect(console.locator(under_way)).to_have_count(0)


def press(console: Page, key: str) -> None:
    """Press a key once the last command is answered."""
    answered(console)
    console.keyboard.press(key)


def click(console: Page, button: Locator) -> None:
    """Click a button once the last command is answered."""
    answered(console)
    button.click()


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
    go_on(console, console.locator(f'.lane[data-lane="{lane}"] .on-air-title', has_text=title))


def go_on(console: Page, settled: Locator) -> None:
    """Answer what the console asks so that it goes on, leaving out names that nobody called, until `settled` shows."""
    question = console.locator("dialog.ask[open]")
    for _ in range(QUESTIONS):
        expect(settled.or_(question).first).to_be_visible()
        if question.count():
            question.locator('button[value="go"], button[value="leave"]').click()
    expect(settled).to_be_visible()


def finish(console: Page, lane: str) -> None:
    """Finish a lane and answer the questions that are asked."""
    choose(console, lane)
    press(console, "Shift+F")
    go_on(console, console.locator(f'.lane[data-lane="{lane}"][data-status="finished"]'))


FURTHER = """frame => {
  const before = frame.scrollTop;
  frame.scrollBy({ top: frame.clientHeight, behavior: 'instant' });
  if (frame.scrollTop === before) frame.scrollTo({ top: 0, behavior: 'instant' });
}"""
"""Goes down a list, and from its end to its beginning: it may have grown, or have been somewhere in the middle."""
DRAWN = """frame => {
  const { top, bottom } = frame.getBoundingClientRect();
  const boxes = [...frame.querySelectorAll('.window-gap')].map((gap) => gap.getBoundingClientRect());
  return boxes.every((box) => box.bottom <= top + 1 || box.top >= bottom - 1);
}"""
"""Whether rows stand wherever the frame is looked into."""
INTO_SIGHT = """async (frame, recipient) => {
  const found = () => [...frame.querySelectorAll('tbody tr')].find((row) => row.textContent.includes(recipient));
  found()?.scrollIntoView({ block: 'center', behavior: 'instant' });
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  return found() !== undefined;
}"""
"""Brings a row into the middle: one that only stands beside what is seen goes when rows around it are measured."""


def row_of(console: Page, recipient: str) -> Locator:
    """Open the list of the chosen lane's awards and return the recipient's row; the page has only those in sight."""
    awards = console.locator(".lane.chosen .awards-all")
    if not awards.evaluate("element => element.open"):
        awards.locator("summary").click()
    row, frame = awards.locator("tbody tr", has_text=recipient), awards.locator(".table-frame")
    expect(awards.locator("tbody tr:not(.window-gap)").first).to_be_visible()

    def come_upon() -> bool:
        if not row.count():
            frame.evaluate(FURTHER)
            console.wait_for_function(DRAWN, arg=frame.element_handle())
        return bool(frame.evaluate(INTO_SIGHT, recipient))

    wait_until(come_upon, f"the row of {recipient}")
    return row


def state_of(row: Locator) -> Locator:
    """Return where a row says how far its award has come; its buttons carry the same words."""
    return row.locator(".badge")


def reveal(console: Page, recipient: str) -> None:
    """Make a name ready in the list of the chosen lane and reveal it."""
    row = row_of(console, recipient)
    click(console, row.get_by_role("button", name="발표 준비"))
    expect(state_of(row)).to_have_text("발표 준비")
    click(console, row.get_by_role("button", name="발표", exact=True))
    expect(state_of(row)).to_have_text("발표됨")
    answered(console)
