"""An operator at a console who has a keyboard and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.e2e.console import calm, press

TABS = 60
"""At most so many presses of Tab lead from one thing on a page to another."""
COMING_BACK_MS = 30_000
AT = "(selector) => document.activeElement?.matches(selector) ?? false"


@dataclass(frozen=True)
class Operator:
    """One of those who run the day, at a page that is visited with `clock`."""

    page: Page
    lang: str
    by: str

    def hit(self, *keys: str) -> None:
        """Press keys one after the other, as a calm hand does."""
        for key in keys:
            calm(self.page)
            press(self.page, key)

    def write(self, words: str) -> None:
        """Type into what has the focus."""
        self.page.keyboard.type(words)

    def go_to(self, selector: str, key: str = "Tab") -> None:
        """Press Tab until something has the focus."""
        for _ in range(TABS):
            if self.page.evaluate(AT, selector):
                return
            self.page.keyboard.press(key)
        raise AssertionError(f"{key} does not reach {selector}")

    def lane(self, lane: str) -> Locator:
        """Return the column of a lane, by its id."""
        return self.page.locator(f'.lane[data-lane="{lane}"]')

    def choose(self, lane: str) -> None:
        """Let the keyboard command a lane."""
        shown = self.page.locator(".lane").evaluate_all("lanes => lanes.map((lane) => lane.dataset.lane)")
        self.hit(str(shown.index(lane) + 1))
        expect(self.page.locator(".lane.chosen")).to_have_attribute("data-lane", lane)

    @property
    def question(self) -> Locator:
        """What the console asks."""
        return self.page.locator("dialog[open]")

    def answer(self, value: str) -> None:
        """Give an answer to what the console asks; the next question may follow at once."""
        expect(self.question).to_be_visible()
        self.question.evaluate("dialog => dialog.setAttribute('data-answered', '')")
        self.go_to(f'dialog[open] button[value="{value}"]')
        self.page.keyboard.press("Enter")
        expect(self.page.locator("dialog[open][data-answered]")).to_have_count(0)

    def answers(self, *values: str) -> bool:
        """Give the first of some answers that is offered, where the console asks; return whether it did."""
        if not self.question.count():
            return False
        offered = self.question.locator("button").evaluate_all("all => all.map((button) => button.value)")
        self.answer(next(value for value in values if value in offered))
        return True

    def said(self, lane: str) -> Locator:
        """Return where the console says how the last press stands."""
        return self.lane(lane).locator(".progress")

    def take_over(self, lane: str) -> None:
        """Press the button that says who drives a lane."""
        self.choose(lane)
        self.hit("F6")
        self.go_to(f'.lane[data-lane="{lane}"] .lane-driver', "Shift+Tab")
        self.page.keyboard.press("Enter")

    def leave_it(self) -> None:
        """Give the keys back to the lanes."""
        self.page.keyboard.press("Escape")

    def is_connected(self) -> None:
        """Wait until the console shows the lanes and follows the day: until then it takes no key."""
        expect(self.page.locator(".lane").first).to_be_visible(timeout=COMING_BACK_MS)
        state = self.page.locator("[data-connection]").first
        expect(state).to_have_attribute("data-state", "live", timeout=COMING_BACK_MS)

    def is_alone(self) -> None:
        """Wait until the console knows that the server is gone."""
        expect(self.page.locator("[data-connection]").first).not_to_have_attribute("data-state", "live")
