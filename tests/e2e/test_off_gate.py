"""Scanners at pages of check-in that are no gate: a scan presses nothing there, and is said to belong to the gate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import cycle

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import violations
from tests.e2e.badges import badge_of
from tests.e2e.conftest import ModelDay, Visit, running_day
from tests.e2e.gate_screen import PHONE
from tests.e2e.turnstiles import let_in
from tests.e2e.wedge import FOCUSABLE, LAYOUTS, STATE, SUFFIXES, Wedge, remembered

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(240)]

NOT_TAKEN = "방금 스캔한 명찰은 처리하지 않았습니다. 명찰은 체크인 화면에서 스캔해 주세요."
DOUBLE = "두 기기가 같은 사람을 들여보냈습니다"


@pytest.fixture(scope="module")
def model_day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModelDay]:
    """One hub for all tests of this file, with something of each kind in the inbox; nothing here may change it."""
    with running_day(tmp_path_factory.mktemp("day")) as day:
        let_in(day, "guest-001", "회전문 1", -10.5)
        let_in(day, "guest-001", "회전문 2", -10.4)
        let_in(day, "guest-033", "회전문 1", -10.3)
        let_in(day, "guest-002", "회전문 1", -10.2, gate="gone")
        yield day


@pytest.fixture
def inbox(model_day: ModelDay, enter: Visit) -> Page:
    """The inbox on a supervisor's phone, which follows what happens."""
    page = enter("staff", clock=True, **PHONE)
    go_to(page, model_day.page("desk/check-in"))
    return page


def go_to(page: Page, address: str) -> list[str]:
    """Open a page, with its scripts; return what it goes on to ask of the hub, but for reading."""
    page.goto(address, wait_until="networkidle")
    return what_is_asked(page)


def what_is_asked(page: Page) -> list[str]:
    """Return a list that fills with what a page asks of the hub, but for reading."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.method != "GET" else None)
    return asked


def expect_turned_away(
    page: Page, wedge: Wedge, code: str, layout: str = "us", suffix: str = "enter"
) -> None:
    """Scan; expect the hint to come anew and everything else to stay as it was."""
    before = remembered(page)
    page.evaluate(
        "() => document.querySelectorAll(':is(.notice, .scan-note)').forEach((one) => one.remove())"
    )
    wedge.scan(code, layout=layout, suffix=suffix)
    expect(page.locator(":is(.notice, dialog .scan-note)")).to_contain_text(NOT_TAKEN)
    assert page.evaluate(STATE) == before, page.evaluate("() => window.focused.outerHTML")


def scan_into(page: Page, elements: str, code: str) -> set[str]:
    """Scan into each visible element, with Enter and with another end; return the tags of what was scanned into."""
    wedge, tags = Wedge(page=page), set()
    layouts, ends = cycle(LAYOUTS), cycle(set(SUFFIXES) - {"enter"})
    for element in page.locator(elements).element_handles():
        if not element.is_visible():
            continue
        tags.add(str(element.evaluate("({ localName }) => localName")))
        for suffix in ("enter", next(ends)):
            element.focus()
            expect_turned_away(page, wedge, code, next(layouts), suffix)
    return tags


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("", "body"),
        ("/quarantine?sender={sender}", ".desk-content"),
        ("/../gates", ".desk-content"),
        ("/../gates/devices", ".desk-content"),
    ],
)
def test_a_scan_presses_nothing_on_a_page_that_is_no_gate(
    model_day: ModelDay, enter: Visit, path: str, part: str
) -> None:
    page = enter("organiser", clock=True)
    go_to(page, model_day.page("desk/check-in"))
    link = page.get_by_role("link", name="스캔 보기").get_attribute("href") or ""
    sender = link.partition("sender=")[2]
    assert sender
    asked = go_to(page, model_day.page(f"desk/check-in{path.format(sender=sender)}"))

    tags = scan_into(page, f"{part} {FOCUSABLE}", badge_of(model_day, "guest-001"))

    assert {"a", "button"} <= tags
    assert asked == []


def test_a_scan_answers_no_question_of_the_inbox(model_day: ModelDay, inbox: Page) -> None:
    asked = what_is_asked(inbox)
    inbox.get_by_role("button", name=re.compile("입장 되돌리기")).first.click()
    expect(inbox.get_by_role("dialog")).to_contain_text("입장을 되돌릴까요?")

    tags = scan_into(inbox, f"dialog {FOCUSABLE}", badge_of(model_day, "guest-001"))

    assert tags == {"button"}
    expect(inbox.get_by_role("dialog")).to_be_visible()
    assert asked == []
    assert violations(inbox) == []
    inbox.keyboard.press("Escape")
    expect(inbox.get_by_role("dialog")).to_have_count(0)


def test_two_badges_that_run_together_and_a_sponsors_code_press_nothing(
    model_day: ModelDay, inbox: Page
) -> None:
    wedge, code = Wedge(page=inbox), badge_of(model_day, "guest-001")
    inbox.get_by_role("button", name="같은 사람입니다").focus()

    expect_turned_away(inbox, wedge, code + code)
    expect_turned_away(inbox, wedge, "SPONSOR2021")


def test_the_hint_leads_to_the_gate_and_is_pressed_by_people_alone(model_day: ModelDay, inbox: Page) -> None:
    wedge, code = Wedge(page=inbox), badge_of(model_day, "guest-001")
    wedge.scan(code)
    way = inbox.locator(".notice").get_by_role("button", name="체크인 화면")
    way.focus()
    wedge.scan(code)
    expect(inbox.locator(".notice")).to_have_count(1)
    assert violations(inbox) == []

    way.focus()
    inbox.keyboard.press("Enter")

    inbox.wait_for_url("**/checkin/**")
    expect(inbox.locator("#gates")).to_be_visible()


def test_who_may_not_scan_is_shown_no_way_to_the_gate(model_day: ModelDay, enter: Visit) -> None:
    page = enter("operator", clock=True)
    go_to(page, model_day.page("desk/check-in"))

    Wedge(page=page).scan(badge_of(model_day, "guest-001"))

    expect(page.locator(".notice")).to_contain_text(NOT_TAKEN)
    expect(page.locator(".notice").get_by_role("button", name="체크인 화면")).to_have_count(0)


def test_people_press_and_write_as_ever(inbox: Page) -> None:
    word = inbox.get_by_label("어떻게 했는지").first
    word.press_sequentially("Same person", delay=60)
    expect(word).to_have_value("Same person")
    undo = inbox.get_by_role("button", name=re.compile("입장 되돌리기")).first
    for key in ("Enter", "Space"):
        undo.focus()
        inbox.keyboard.press(key)
        expect(inbox.get_by_role("dialog")).to_contain_text("입장을 되돌릴까요?")
        inbox.keyboard.press("Escape")
        expect(inbox.get_by_role("dialog")).to_have_count(0)
    expect(inbox.get_by_role("heading", name=DOUBLE)).to_be_visible()
