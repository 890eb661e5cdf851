"""A round on two lanes by keyboard alone, with the accidents of a real one, and what every screen shows each time."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import ModelDay, Visit
from tests.e2e.console import calm, choose, drive, press

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.timeout(300)]

COMING_BACK_MS = 30_000
OPENING, ROUND = "개회 및 고용노동부 장관 격려사", "시상 ① 상담우수자"
METAVERSE = "시상 ② 업무 우수자 <센터 개인>"


@dataclass(frozen=True)
class Show:
    """A console, a second one, and the screens that follow; all of them are compared by what they name."""

    console: Page
    other: Page
    stage: Page
    live: Page
    emcee: Page

    def card(self, lane: str = "hall", page: Page | None = None) -> Locator:
        """Return the award that is up in a lane."""
        return (page or self.console).locator(f'.lane[data-lane="{lane}"] .card')

    def award(self, lane: str = "hall") -> str:
        """Return the id of the award that is up."""
        return str(self.card(lane).get_attribute("data-award"))

    def progress(self, page: Page, lane: str = "hall") -> Locator:
        """Return where a console says how the last press stands."""
        return page.locator(f'.lane[data-lane="{lane}"] .progress')

    def hit(self, *keys: str, page: Page | None = None) -> None:
        """Press keys one after the other, as a calm hand does."""
        for key in keys:
            console = page or self.console
            calm(console)
            press(console, key)

    def undo(self, state: str) -> None:
        """Take the last act back, and say yes where that is asked; the award stands as before then."""
        self.hit("Backspace")
        question = self.console.locator("dialog.ask[open]")
        expect(
            question.or_(self.card().and_(self.console.locator(f'[data-state="{state}"]'))).first
        ).to_be_visible()
        if question.count():
            self.console.keyboard.press("Enter")
        self.stands(state)

    def stands(self, state: str) -> None:
        """Wait until the award that is up has come so far, on both consoles."""
        for page in (self.console, self.other):
            expect(self.card(page=page)).to_have_attribute("data-state", state)

    def shown(self, name: str) -> None:
        """Wait until everybody sees a name."""
        for page in (self.stage, self.live):
            expect(page.locator("main")).to_contain_text(name)

    def hidden(self, name: str) -> None:
        """Wait until nobody sees a name but the emcee."""
        for page in (self.stage, self.live):
            expect(page.locator("main")).not_to_contain_text(name)


@pytest.fixture
def show(model_day: ModelDay, enter: Visit, visit: Visit) -> Show:
    """The first round of the hall on air, the metaverse not started."""
    console = enter("operator", clock=True)
    other = enter("operator", clock=True)
    screens = Show(
        console=console,
        other=other,
        stage=visit(model_day.page("screen/stage?lane=hall"), 1920, 1080),
        live=visit(model_day.page("live"), 360, 740),
        emcee=enter("emcee"),
    )
    model_day.at(0)
    drive(console, "hall", "Shift+S", OPENING)
    model_day.at(11)
    drive(console, "hall", "Shift+N", ROUND)
    return screens


def test_accidents_of_a_round_by_keyboard(model_day: ModelDay, show: Show) -> None:
    first = show.award()
    show.hit("x")
    expect(show.card()).to_contain_text("불참 취소")
    show.hit("e")
    expect(show.card()).not_to_have_attribute("data-award", first)
    second = show.award()
    show.hit("p")
    show.console.keyboard.type("김대리")
    show.console.keyboard.press("Tab")
    show.console.keyboard.type("동료")
    show.console.keyboard.press("Enter")
    expect(show.card()).to_contain_text("김대리")
    show.hidden("김대리")

    show.hit("a")
    show.stands("armed")
    show.hit("s")
    show.stands("revealed")
    name = show.card().locator(".card-name").inner_text()
    show.shown(name)
    show.undo("armed")
    show.hidden(name)
    show.undo("sealed")
    assert show.award() == second

    show.hit("j")
    expect(show.progress(show.console, "metaverse")).to_contain_text("Shift+A")

    show.hit("Shift+K")
    expect(show.stage.locator(".picture-blackout")).to_be_visible()
    show.hit("Shift+K")
    expect(show.stage.locator(".picture-blackout")).to_have_count(0)


def test_a_lane_is_handed_over_and_a_dead_server_leaves_what_was_ready(
    model_day: ModelDay, show: Show
) -> None:
    driver = show.console.locator('.lane[data-lane="hall"] .lane-driver')
    driver.focus()
    show.console.keyboard.press("Enter")
    expect(driver).to_have_attribute("data-driver", "you")
    theirs = show.other.locator('.lane[data-lane="hall"] .lane-driver')
    expect(theirs).to_have_attribute("data-driver", "other")
    choose(show.other, "hall")
    show.hit("a", page=show.other)
    expect(show.progress(show.other)).to_contain_text("진행하고 있습니다")
    theirs.focus()
    show.other.keyboard.press("Enter")
    show.other.get_by_role("dialog").locator("button").first.press("Enter")
    expect(driver).to_have_attribute("data-driver", "other")

    show.hit("a", page=show.other)
    show.stands("armed")
    name = show.card().locator(".card-name").inner_text()
    model_day.server.kill()
    for page in (show.console, show.other):
        expect(page.locator("[data-connection]").first).not_to_have_attribute("data-state", "live")
    model_day.server.start()
    for page in (show.other, show.live):
        expect(page.locator("[data-connection]").first).to_have_attribute(
            "data-state", "live", timeout=COMING_BACK_MS
        )
    show.stands("armed")
    show.hidden(name)

    show.hit("s", page=show.other)

    show.stands("revealed")
    show.shown(name)
    expect(show.emcee.locator("main")).to_contain_text(re.compile(re.escape(name)))
    drive(show.other, "metaverse", "Shift+S", METAVERSE)
