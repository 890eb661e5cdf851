"""Without JavaScript the pages of the audience say what is true when they are opened, in the words of their scripts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.conftest import LOCALES, ModelDay, Visit
from tests.e2e.console import drive

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

SAID = (
    *(".lane-name", ".lane-segment", ".lane-title", ".lane-speakers", ".lane-standing"),
    *(".lane-next-title", ".lane-next-time", ".lane-later-title", ".lane-later-time", "#finish-at"),
    *(".stage-lane", ".stage-round", ".stage-level", ".stage-name", ".stage-from", ".stage-waiting"),
    *(".message-head", ".message-text", "#awards-count", "#count"),
    *(".level-programme", ".level-title", ".level-count", ".level-prize", ".award-name", ".award-from"),
)
"""What both write; the scripts also draw countdowns."""
AWARD = "case-01"
NOTE = "noscript > .callout"


@pytest.fixture
def plain(browser: Browser, model_day: ModelDay) -> Iterator[dict[str, Page]]:
    """Browsers without scripts, by language."""
    contexts = {
        lang: browser.new_context(
            viewport={"width": 360, "height": 740}, locale=locale, java_script_enabled=False
        )
        for lang, locale in LOCALES.items()
    }
    yield {lang: context.new_page() for lang, context in contexts.items()}
    for context in contexts.values():
        context.close()


def said(page: Page) -> dict[str, list[str]]:
    """Return the texts of a page's parts, of those that say something."""
    return {part: [words for words in map(_words, page.locator(part).all()) if words] for part in SAID}


def _words(place: Locator) -> str:
    return " ".join((place.text_content() or "").split())


def test_live_page_says_what_is_on_and_what_comes(
    model_day: ModelDay, plain: dict[str, Page], visit: Visit, enter: Visit
) -> None:
    console = enter("organiser", clock=True)
    scripted = {lang: visit(model_day.page("live"), 360, 740, lang) for lang in plain}
    assert model_day.server.message("점심은 2층에서 드립니다")[0] == 200
    agree(model_day, plain, scripted, "live")

    drive(console, "hall", "Shift+S", "개회")
    agree(model_day, plain, scripted, "live")

    title = plain["ko"].locator(".lane-card").first.locator(".lane-title")
    expect(title).to_contain_text("개회")
    expect(title).to_be_visible()
    assert "까지" in _words(plain["ko"].locator(".lane-clock").first)
    assert "Until" in _words(plain["en"].locator(".lane-clock").first)
    expect(plain["ko"].locator(".message-text")).to_have_text("점심은 2층에서 드립니다")
    expect(plain["ko"].locator(NOTE)).to_contain_text("JavaScript가 켜져 있어야 실시간으로 바뀝니다.")
    expect(plain["ko"].locator(NOTE)).to_be_visible()
    expect(plain["ko"].locator("[data-connection]")).to_be_hidden()


def test_awards_are_listed_without_scripts_and_hold_nothing_back_or_ahead(
    model_day: ModelDay, plain: dict[str, Page], visit: Visit
) -> None:
    server = model_day.server
    presses = [
        server.run("start"),
        server.run("next"),
        server.award(AWARD, "arm"),
        server.award(AWARD, "reveal"),
    ]
    assert [status for status, _ in presses] == [200] * 4
    scripted = {lang: visit(model_day.page("results"), 360, 740, lang) for lang in plain}

    agree(model_day, plain, scripted, "results")
    agree(model_day, plain, scripted, "live")

    names = plain["ko"].locator(".award-name")
    expect(names).to_have_text(["석용주"])
    expect(names).to_be_visible()
    expect(plain["ko"].locator(".stage-name")).to_have_text("석용주")
    expect(plain["ko"].locator(".stage-name")).to_be_visible()
    assert "하연희" not in plain["ko"].content()

    plain["ko"].get_by_role("link", name="새로 고침").click()
    expect(plain["ko"].locator(".stage-round")).to_contain_text("시상 ①")


def agree(day: ModelDay, plain: dict[str, Page], scripted: dict[str, Page], path: str) -> None:
    """Require that the page says without scripts what its scripts say."""
    for lang, page in plain.items():
        other = scripted[lang]
        other.goto(day.page(path))
        expect(other.locator("[data-connection]").first).to_have_attribute("data-state", "live")
        page.goto(day.page(path))
        other.locator(".lane-later").evaluate_all("lists => lists.forEach((one) => { one.open = true; })")
        later = page.locator(".lane-later-title").count()
        expect(other.locator(".lane-later-title")).to_have_count(later)  # they are drawn once somebody looks
        assert said(page) == said(other)
        assert any(said(page).values())


SCREENS = {
    "organiser": "/c/best-practice-2021/console",
    "emcee": "/c/best-practice-2021/screen/emcee",
    "staff": "/checkin/",
}


def test_screens_that_need_scripts_say_so(model_day: ModelDay, enter: Visit, browser: Browser) -> None:
    states = {address: enter(role).context.storage_state() for role, address in SCREENS.items()}
    for address, state in {**states, "/c/best-practice-2021/screen/stage": None}.items():
        context = browser.new_context(storage_state=state, locale=LOCALES["en"], java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{model_day.server.url}{address}")
        expect(page.locator(NOTE)).to_contain_text("This screen needs JavaScript.")
        expect(page.locator(NOTE)).to_be_visible()
        context.close()
