"""A screen opened by a link: made on the desk, put up elsewhere without signing in, kept in an outage, revoked."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import ModelDay, Visit
from tests.e2e.console import drive, row_of

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

KEPT = """async () => {
  const cache = await caches.open('screens');
  const kept = new Set((await cache.keys()).map((request) => request.url));
  const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
  return kept.has(location.href) && loaded.filter((url) => url.includes('/static/')).every((url) => kept.has(url));
}"""
"""True once the worker of screens has the page and its files."""

NAMES_KEPT = """async (name) => {
  const cache = await caches.open('screens');
  const page = await (await cache.match(location.href)).text();
  return [page.includes(name), JSON.stringify({...sessionStorage, ...localStorage}).includes(name)];
}"""
"""Whether the page that the browser keeps has a name, and whether anything else that it keeps has it."""


def made(organiser: Page, model_day: ModelDay, name: str, kind: str, *, lane: str | None = None) -> str:
    """Make a link on the desk, and return its address; without a `lane` it follows the one that stands first."""
    organiser.goto(model_day.page("desk/screens"))
    organiser.get_by_label("이름").fill(name)
    organiser.get_by_label("종류").select_option(kind)
    if lane:
        organiser.locator("select[name=lane]").select_option(lane)
    organiser.get_by_role("button", name="링크 만들기").click()
    expect(organiser.get_by_role("heading", level=1)).to_have_text("화면 링크를 만들었습니다")
    return organiser.locator("#secret").input_value()


def test_a_screen_opens_by_its_link_keeps_its_picture_and_ends_when_revoked(
    model_day: ModelDay, enter: Visit, visit: Visit
) -> None:
    organiser = enter("organiser", clock=True)
    address = made(organiser, model_day, "무대 왼쪽", "stage")
    assert urlsplit(address).path.startswith("/s/")
    organiser.goto(model_day.page("console"))
    drive(organiser, "hall", "Shift+S", "개회 및 고용노동부 장관 격려사")

    screen = visit(address, 1920, 1080)
    expect(screen.locator("#scene")).to_contain_text("개회 및 고용노동부 장관 격려사")
    while not screen.evaluate(KEPT):
        pass
    screen.context.set_offline(True)
    screen.reload()
    expect(screen.locator("#scene")).to_contain_text("개회 및 고용노동부 장관 격려사")
    screen.context.set_offline(False)

    organiser.goto(model_day.page("desk/screens"))
    organiser.get_by_role("row", name="무대 왼쪽").get_by_role("button", name="회수").click()
    organiser.get_by_role("dialog").get_by_role("button").first.click()
    expect(organiser.get_by_role("row", name="무대 왼쪽")).to_have_count(0)
    expect(screen.locator("#scene")).not_to_contain_text("개회 및 고용노동부 장관 격려사")
    screen.reload()
    expect(screen.get_by_role("heading", level=1)).to_have_text("이 화면 링크는 없거나 더는 쓸 수 없습니다.")


def test_a_timer_that_is_loaded_again_in_an_outage_goes_by_the_hubs_clock(
    model_day: ModelDay, enter: Visit, visit: Visit
) -> None:
    address = made(enter("organiser"), model_day, "연사 앞", "timer")
    model_day.at(0)
    model_day.server.run("start")
    screen = visit(address)
    digits = screen.locator("#timer-left")
    expect(digits).to_have_text(re.compile("^(10:00|09:)"))
    while not screen.evaluate(KEPT):
        pass

    model_day.at(4)
    expect(digits).to_have_text(re.compile("^0[56]:"))
    screen.context.set_offline(True)
    screen.reload()

    expect(digits).to_have_text(re.compile("^0[56]:"))


def test_an_emcee_screen_by_link_knows_names_and_the_browser_nothing_else(
    model_day: ModelDay, enter: Visit, visit: Visit
) -> None:
    address = made(enter("organiser"), model_day, "사회자 태블릿", "emcee")

    tablet = visit(address, 820, 1180)

    expect(tablet.locator("[data-connection]")).to_have_attribute("data-state", "live")
    led_to = tablet.evaluate(
        "async (path) => new URL((await fetch(path)).url).pathname", "/c/best-practice-2021/screen/emcee"
    )
    assert led_to == "/sign-in"


def test_an_emcee_reads_on_after_loading_the_screen_again_in_an_outage(
    model_day: ModelDay, enter: Visit, visit: Visit
) -> None:
    console = enter("organiser", clock=True)
    address = made(console, model_day, "사회자 태블릿", "emcee")
    console.goto(model_day.page("console"))
    drive(console, "hall", "Shift+S", "개회 및 고용노동부 장관 격려사")
    drive(console, "hall", "Shift+N", "시상 ①")
    row_of(console, "하연희").get_by_role("button", name="발표 준비").click()
    tablet = visit(address, 820, 1180)
    connection = tablet.locator("[data-connection]")
    expect(tablet.locator("#up-name")).to_have_text("하연희")
    while not tablet.evaluate(KEPT):
        pass
    assert tablet.evaluate(NAMES_KEPT, "하연희") == [False, False]

    tablet.context.set_offline(True)
    expect(connection).not_to_have_attribute("data-state", "live")
    tablet.reload()
    expect(tablet.locator("#up-name")).to_have_text("하연희")
    expect(connection).to_have_attribute("data-state", "offline")

    tablet.context.set_offline(False)
    expect(connection).to_have_attribute("data-state", "live")
    assert tablet.evaluate(NAMES_KEPT, "하연희") == [False, False]
