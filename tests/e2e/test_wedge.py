"""Scanners at the gate in a real browser: whatever has the focus, a scan is a scan and never a press."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.badges import badge_of
from tests.e2e.conftest import ModelDay, Visit, running_day
from tests.e2e.gate_screen import MAIN_ENTRANCE, open_gate, scan
from tests.e2e.wedge import FOCUSABLE, LAYOUTS, STATE, SUFFIXES, Wedge, remembered

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(240)]

HEARD = """() => {
  window.heard = [];
  const send = window.fetch;
  window.fetch = (url, how) => {
    const { method, body } = how ?? {};
    const sent = method === 'POST' && String(url).includes('/redeem') ? JSON.parse(body) : { scans: [] };
    const known = new Set(window.heard.map(({ scan_id }) => scan_id));
    window.heard.push(...(sent.scans ?? [sent]).filter(({ scan_id }) => !known.has(scan_id)));
    return send(url, how);
  };
}"""
TOKENS = "() => window.heard.map(({ token, also = [] }) => [token, ...also])"


@pytest.fixture(scope="module")
def model_day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModelDay]:
    """One hub for all tests of this file: only the question about undoing needs somebody who is not inside yet."""
    with running_day(tmp_path_factory.mktemp("day")) as day:
        yield day


@pytest.fixture
def gate(enter: Visit) -> Page:
    """A gate that writes down what it sends."""
    page = open_gate(enter, clock=True)
    expect(page.locator("[data-connection]")).to_have_attribute("data-state", "live")
    page.evaluate(HEARD)
    return page


def expect_sent(gate: Page, tokens: list[str]) -> None:
    """Expect these scans and no others, in their order; of each the token is among what it may be."""
    gate.wait_for_function("count => window.heard.length >= count", arg=len(tokens))
    sent = gate.evaluate(TOKENS)
    assert len(sent) == len(tokens)
    assert all(token in may_be for token, may_be in zip(tokens, sent, strict=True))


def scan_into(gate: Page, elements: str, code: str, sent: list[str]) -> list[str]:
    """Scan into each visible element under every layout; expect nothing else to happen, and return their tags.

    Each element has another four of the suffixes, beginning one further, so that every layout meets every suffix.
    """
    wedge, tags, suffixes = Wedge(page=gate), list[str](), list(SUFFIXES)
    for element in gate.locator(elements).element_handles():
        if not element.is_visible():
            continue
        tags.append(str(element.evaluate("({ localName }) => localName")))
        for number, layout in enumerate(LAYOUTS):
            suffix = suffixes[(5 * len(tags) + number) % len(suffixes)]
            element.focus()
            before = remembered(gate)
            wedge.scan(code, layout=layout, suffix=suffix)
            sent.append(code)
            expect_sent(gate, sent)
            assert gate.evaluate(STATE) == before, element.evaluate("({ outerHTML }) => outerHTML")
    return tags


def test_a_scan_is_taken_wherever_the_focus_is(model_day: ModelDay, gate: Page) -> None:
    tags = scan_into(gate, f"body {FOCUSABLE}", badge_of(model_day, "guest-001"), [])

    assert {"a", "button", "input"} <= set(tags)
    assert gate.locator("footer").locator(FOCUSABLE).first.is_visible()


Open = Callable[[Page, str], None]


def press(name: str) -> Open:
    """Open a dialog by a button of that name."""
    return lambda gate, _code: gate.get_by_role("button", name=name).first.click()


def look_for(words: str, *buttons: str) -> Open:
    """Open the search, type words, press these buttons in turn."""

    def go(gate: Page, _code: str) -> None:
        gate.locator("#search-open").click()
        gate.locator("#search-field").fill(words)
        for name in buttons:
            gate.locator("dialog[open]").last.get_by_role("button", name=name).first.click()

    return go


def overrule(gate: Page, code: str) -> None:
    """Open the question why somebody of another way of taking part is let in."""
    scan(gate, code)
    gate.get_by_role("button", name="그래도 입장").click()


DIALOGS: dict[str, tuple[Open, str, set[str]]] = {
    "gates": (press(MAIN_ENTRANCE), "#gates", {"button"}),
    "person": (look_for("석용주", "석용주"), "#found-person", {"button"}),
    "walk-in": (look_for("나현장", "현장 등록"), "dialog.door", {"button", "input", "select"}),
    "companions": (look_for("천안고용센터", "석용주", "일행과 함께"), "dialog.door", {"button", "input"}),
    "new badge": (look_for("석용주", "석용주", "명찰 새로 발급"), "dialog.door", {"button"}),
    "seat": (look_for("석용주", "석용주", "좌석 바꾸기"), "dialog.door", {"button", "input"}),
    "overruling": (overrule, "dialog.ask", {"button", "input"}),
}
"""How each dialog is opened, what it is, and the kinds of elements in it."""


@pytest.mark.parametrize("dialog", DIALOGS)
def test_a_scan_answers_no_dialog_wherever_the_focus_is(model_day: ModelDay, gate: Page, dialog: str) -> None:
    opened, place, kinds = DIALOGS[dialog]
    opened(gate, badge_of(model_day, "guest-088"))
    expect(gate.locator(f"{place}:visible").last).to_be_visible()
    gate.evaluate("() => { window.heard = []; }")

    tags = scan_into(gate, f"{place} {FOCUSABLE}", badge_of(model_day, "guest-001"), [])

    assert kinds <= set(tags)
    expect(gate.locator("dialog[open]").last).to_be_visible()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_each_suffix_submits_once_and_moves_nothing(model_day: ModelDay, gate: Page, suffix: str) -> None:
    codes = [badge_of(model_day, f"guest-00{n}") for n in (1, 2)]
    wedge = Wedge(page=gate)
    before = remembered(gate)

    wedge.scan(codes[0], suffix=suffix)
    expect_sent(gate, codes[:1])
    wedge.scan(codes[1], suffix=suffix)

    expect_sent(gate, codes)
    assert gate.evaluate(STATE) == before
    assert len(gate.context.pages) == 1


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_dialog_keeps_its_question_while_badges_are_scanned(
    model_day: ModelDay, gate: Page, layout: str
) -> None:
    codes = [badge_of(model_day, f"guest-00{n}") for n in (1, 2)]
    gate.locator("#search-open").click()
    gate.locator("#search-field").fill("석")
    expect(gate.locator("#search-found button").first).to_be_visible()
    sent: list[str] = []
    wedge = Wedge(page=gate)
    for focused in ("#search-field", "#search-close", "#search-found button"):
        gate.locator(focused).first.focus()
        before = remembered(gate)
        for code in codes:
            wedge.scan(code, layout=layout)
            sent.append(code)
            expect_sent(gate, sent)
        assert gate.evaluate(STATE) == before
    expect(gate.locator("#search .scan-note")).to_have_text(
        "그 사이 명찰 스캔 6건을 받았습니다. 이 창을 닫으면 결과가 보입니다."
    )


def test_scanner_does_not_answer_a_question(model_day: ModelDay, gate: Page) -> None:
    wedge = Wedge(page=gate)
    wedge.scan(badge_of(model_day, "guest-003"))
    expect(gate.locator("#undo")).to_be_enabled()
    gate.locator("#undo").click()
    expect(gate.locator("dialog[open]")).to_be_visible()
    other = badge_of(model_day, "guest-002")

    wedge.scan(other)

    expect_sent(gate, [badge_of(model_day, "guest-003"), other])
    expect(gate.locator("dialog[open] .scan-note")).to_be_visible()


@pytest.mark.parametrize("wrapped", ["]Q1{}", "*{}*", '"{}"', "ID:{}"])
def test_what_scanners_put_around_a_token_is_taken_off(model_day: ModelDay, gate: Page, wrapped: str) -> None:
    code = badge_of(model_day, "guest-001")

    Wedge(page=gate).scan(wrapped.format(code))

    expect_sent(gate, [code])


def test_two_scans_that_ran_together_admit_nobody(model_day: ModelDay, gate: Page) -> None:
    codes = [badge_of(model_day, f"guest-00{n}") for n in (1, 2)]

    Wedge(page=gate).scan("".join(codes))

    expect(gate.get_by_text("명찰 여러 장이 한 번에 읽혔습니다")).to_be_visible()
    expect_sent(gate, [])


def test_what_a_person_types_fast_reaches_the_field(gate: Page) -> None:
    gate.locator("#search-open").click()

    gate.locator("#search-field").press_sequentially("Seok Yongju", delay=60)

    expect(gate.locator("#search-field")).to_have_value("Seok Yongju")


def test_letters_without_a_token_that_came_at_once_are_given_back(gate: Page) -> None:
    gate.locator("#search-open").click()
    gate.locator("#search-field").fill("김")

    Wedge(page=gate).scan("abcdefg", suffix="none")

    expect(gate.locator("#search-field")).to_have_value("김abcdefg")
    expect_sent(gate, [])


def test_a_handheld_that_inserts_codes_at_once_is_read(model_day: ModelDay, gate: Page) -> None:
    code = badge_of(model_day, "guest-001")
    gate.locator("#search-open").click()
    gate.locator("#search-field").focus()

    gate.keyboard.insert_text(code)

    expect_sent(gate, [code])
    expect(gate.locator("#search-field")).to_have_value("")


def test_people_press_with_the_keyboard_as_ever(gate: Page) -> None:
    gate.locator("#search-open").focus()
    gate.keyboard.press("Space")
    expect(gate.locator("#search")).to_be_visible()
    gate.locator("#search-close").focus()
    gate.keyboard.press("Enter")
    expect(gate.locator("#search")).to_be_hidden()
    gate.locator("#direction-out").focus()
    gate.keyboard.press("Space")
    expect(gate.locator("#direction-out")).to_be_checked()
