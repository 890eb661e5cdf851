"""axe finds nothing serious at the gate with its verdicts and dialogs open, nor where devices are connected."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import violations
from tests.e2e.badges import badge_of
from tests.e2e.conftest import ModelDay, Visit, running_day
from tests.e2e.gate_screen import expect_verdict, scan

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(240)]

SIZES = [("ko", {"width": 360, "height": 740}), ("en", {"width": 1440, "height": 900})]
WORDS = {
    "anyway": {"ko": "그래도 입장", "en": "Admit anyway"},
    "companions": {"ko": "일행과 함께", "en": "With companions"},
    "badge": {"ko": "명찰 새로 발급", "en": "New badge"},
    "seat": {"ko": "좌석 바꾸기", "en": "Change seat"},
    "undo": {"ko": "입장 되돌리기", "en": "Undo entry"},
}
AMBER, GREEN = "guest-088", {"ko": "guest-001", "en": "guest-002"}


@pytest.fixture(scope="module")
def model_day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModelDay]:
    """One hub for all tests of this file: in each language somebody else comes in."""
    with running_day(tmp_path_factory.mktemp("day")) as day:
        yield day


def press(page: Page, what: str, lang: str) -> None:
    """Press a button by what it says in the language."""
    page.get_by_role("button", name=WORDS[what][lang]).first.click()


def choose_first(gate: Page) -> None:
    """Choose the first person whom the search found."""
    gate.locator("#search-found button").first.click()
    gate.locator("#found-person").wait_for()


def close(page: Page) -> None:
    """Close the dialog in front."""
    front = page.locator("dialog[open]").last.element_handle()
    page.keyboard.press("Escape")
    page.wait_for_function("dialog => !dialog.open", arg=front)


@pytest.mark.parametrize(("lang", "size"), SIZES)
def test_axe_finds_nothing_serious_at_the_gate(
    model_day: ModelDay, enter: Visit, lang: str, size: dict[str, int]
) -> None:
    gate = enter("staff", lang=lang, **size)
    expect(gate.locator("#gates")).to_be_visible()
    found = violations(gate)
    gate.locator("[data-gate=main]").click()
    expect(gate.locator("[data-connection]")).to_have_attribute("data-state", "live")

    scan(gate, badge_of(model_day, GREEN[lang]))
    expect_verdict(gate, "admitted")
    found += violations(gate)
    press(gate, "undo", lang)
    expect(gate.locator("dialog[open]")).to_be_visible()
    found += violations(gate)
    close(gate)
    scan(gate, "WRONG")
    expect_verdict(gate, "unknown_badge")
    found += violations(gate)
    scan(gate, badge_of(model_day, AMBER))
    gate.get_by_role("button", name=WORDS["anyway"][lang]).first.wait_for()
    found += violations(gate)
    press(gate, "anyway", lang)
    gate.locator("dialog[open] input[name=why]").first.wait_for()
    found += violations(gate)
    close(gate)

    assert found == []


@pytest.mark.parametrize(("lang", "size"), SIZES)
def test_axe_finds_nothing_serious_in_the_search_and_at_the_door(
    enter: Visit, lang: str, size: dict[str, int]
) -> None:
    gate = enter("staff", lang=lang, **size)
    gate.locator("[data-gate=main]").click()
    gate.locator("#search-open").click()
    gate.locator("#search-field").fill("나현장")
    gate.locator("#walk-in").click()
    gate.locator("dialog.door[open]").wait_for()
    found = violations(gate)
    close(gate)
    gate.locator("#search-field").fill("천안고용센터")
    gate.locator("#search-found button").first.wait_for()
    found += violations(gate)
    choose_first(gate)
    found += violations(gate)
    for what in ("companions", "badge", "seat"):  # each closes the search
        press(gate, what, lang)
        gate.locator("dialog.door[open]").wait_for()
        found += violations(gate)
        close(gate)
        gate.locator("#search-open").click()
        gate.locator("#search-field").fill("천안고용센터")
        choose_first(gate)

    assert found == []


@pytest.mark.parametrize(("lang", "size"), SIZES)
def test_axe_finds_nothing_serious_where_devices_are_connected(
    model_day: ModelDay, enter: Visit, lang: str, size: dict[str, int]
) -> None:
    desk = enter("organiser", lang=lang, **size)
    desk.goto(model_day.page("desk/gates/devices"))
    desk.locator("input[name=name]").fill("2층, 민지")
    desk.locator("input[name=name]").press("Enter")
    code = desk.locator("#pairing-code").inner_text()
    found = violations(desk)
    browser = desk.context.browser
    assert browser is not None
    phone = browser.new_context(locale="en-GB" if lang == "en" else "ko-KR").new_page()
    phone.goto(f"{model_day.server.url}/checkin/pair")
    phone.locator("#code").fill(code)
    found += violations(phone)
    phone.locator("#pair button").click()
    phone.locator("#gates").wait_for()
    desk.goto(model_day.page("desk/gates/devices"))
    desk.locator("main a[href*='/gates/devices/']").first.click()
    desk.locator("main form").first.wait_for()
    found += violations(desk)
    desk.goto(f"{model_day.server.url}/checkin/pair")
    expect(desk.locator("#signed-in")).to_be_visible()
    found += violations(desk)
    phone.context.close()

    assert found == []
