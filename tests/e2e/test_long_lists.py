"""Forty lanes, 500 cues and 1,000 awards: console and plan show what can be seen, and no hand is lost by it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from bench.rig.large_conference import AWARDS, CUES, SLUG, large_conference
from tests.e2e.axe import violations
from tests.e2e.conftest import Visit
from tests.live.server_process import HubServer

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(240)]

LANES = 40
LINK = re.compile(r"/link#(\S+)")
ROWS_AT_MOST = 60
"""Of three heights of the frame, however low rows are."""
NODES_AT_MOST = 9_000
"""Forty panels, about 160 elements each, and one open list; 1,000 rows would be 20,000 more."""
PAGES_TO_THE_END = 60
"""More than enough: a key goes on by ten rows, and stays at the last."""
LAID_OUT = "row => row.checkVisibility({ contentVisibilityAuto: true })"
SEND = """async ([path, body]) => {
  const token = document.querySelector('meta[name="csrf-token"]').content;
  const headers = { 'Content-Type': 'application/json', 'X-CSRFToken': token };
  const sent = JSON.stringify({ command_id: crypto.randomUUID(), ...body });
  return (await fetch(path, { method: 'POST', headers, body: sent })).status;
}"""


@dataclass(frozen=True)
class LongDay:
    """A hub with the large conference, and an operator's console of it."""

    server: HubServer
    console: Page

    @property
    def lane(self) -> Locator:
        """The panel of the first lane."""
        return self.console.locator(".lane").first

    @property
    def frame(self) -> Locator:
        """What the list of the first lane's awards is scrolled in."""
        return self.lane.locator(".awards-all .table-frame")

    @property
    def rows(self) -> Locator:
        """The rows of that list that are in the page."""
        return self.frame.locator("tbody tr:not(.window-gap)")

    def row(self, number: int) -> Locator:
        """Return the row of the award that is called as `number`, if it is in the page."""
        return self.frame.locator(f'tbody tr[aria-rowindex="{number + 1}"]')

    def send(self, path: str, **body: object) -> None:
        """Give a command from the console's page."""
        assert self.console.evaluate(SEND, [f"/api/v1/c/{SLUG}/{path}", body]) == 200


@pytest.fixture
def large_hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HubServer]:
    """A hub with the large conference."""
    directory = tmp_path_factory.mktemp("long")
    file = directory / "large.json"
    file.write_text(json.dumps(large_conference(LANES, AWARDS), ensure_ascii=False), encoding="utf-8")
    server = HubServer(directory=directory / "hub", prepared=False, forked=True)
    server.start()
    try:
        server.command("import", str(file))
        yield server
    finally:
        if server.running:
            server.kill()


@pytest.fixture
def long_day(large_hub: HubServer, visit: Visit) -> LongDay:
    """The console of the large conference, the list of the first lane's awards open."""
    page = enter(large_hub, visit, "operator")
    expect(page.locator("[data-connection]").first).to_have_attribute("data-state", "live")
    expect(page.locator(".lane")).to_have_count(LANES)
    # lanes out of sight are drawn one after the other
    expect(page.locator(".lane-name:empty")).to_have_count(0)
    day = LongDay(large_hub, page)
    day.lane.locator(".awards-all summary").click()
    expect(day.row(1)).to_be_visible()
    return day


def test_the_page_holds_what_can_be_seen_of_a_thousand_awards(long_day: LongDay) -> None:
    table = long_day.frame.locator("table")
    expect(table).to_have_attribute("aria-rowcount", str(AWARDS + 1))
    assert long_day.rows.count() <= ROWS_AT_MOST
    assert long_day.console.locator("*").count() <= NODES_AT_MOST

    long_day.frame.focus()
    expect(last_by_keyboard(long_day)).to_be_visible()
    assert long_day.rows.count() <= ROWS_AT_MOST
    expect(long_day.row(1)).to_have_count(0)
    assert violations(long_day.console) == []


def test_tab_goes_from_the_last_row_in_sight_to_the_one_after_it(long_day: LongDay) -> None:
    index = int(long_day.rows.last.get_attribute("aria-rowindex") or 0)
    row = long_day.frame.locator(f'[aria-rowindex="{index}"]')
    row.locator("button").nth(-2).focus()

    long_day.console.keyboard.press("Tab")  # who comes by keys finds the next row there
    expect(row.locator("button").last).to_be_focused()
    long_day.console.keyboard.press("Tab")

    focused = long_day.console.locator("tbody tr:focus-within")
    expect(focused).to_have_attribute("aria-rowindex", str(index + 1))


def test_a_button_keeps_the_focus_while_facts_come_and_the_list_is_scrolled_away(long_day: LongDay) -> None:
    long_day.send("run/start")
    expect(long_day.lane).to_have_attribute("data-status", "running")
    button = long_day.row(3).locator('[data-verb="arm"]')
    expect(button).to_have_attribute("aria-disabled", "false")
    button.focus()
    long_day.frame.evaluate("frame => { frame.scrollTop = frame.scrollHeight; }")
    expect(long_day.rows.last).to_have_attribute("aria-rowindex", re.compile(r"^(9\d\d|100\d)$"))

    long_day.send("run/extend", seconds=60)
    expect(long_day.lane.locator(".rundown-length").first).to_have_text("5분 +1")
    expect(button).to_be_focused()
    long_day.console.keyboard.press("Enter")

    expect(long_day.row(3).locator(".badge")).to_have_text("발표 준비")
    expect(button).to_be_focused()


def test_the_plan_lays_out_the_lanes_in_sight_and_keys_reach_its_last_row(
    large_hub: HubServer, visit: Visit
) -> None:
    plan = enter(large_hub, visit, "organiser")
    plan.goto(f"{large_hub.url}/c/{SLUG}/desk/programme")
    lanes = plan.locator(".sheet-lane")
    expect(lanes).to_have_count(LANES)
    first, last = lanes.first, lanes.last
    expect(last.locator(".sheet-row")).to_have_count(CUES // LANES + 1)
    assert first.locator(".sheet-row").first.evaluate(LAID_OUT)
    assert not last.locator(".sheet-row").last.evaluate(LAID_OUT)

    first.locator('[data-field="title.ko"]').first.click()
    for _ in range(PAGES_TO_THE_END):
        plan.keyboard.press("PageDown")

    empty = last.locator('.sheet-row.new [data-field="title.ko"] .cell-input')
    expect(empty).to_be_focused()
    expect(empty).to_be_in_viewport()
    plan.keyboard.insert_text("폐회")
    plan.keyboard.press("Enter")
    expect(last.locator(".sheet-row:not(.new)").last).to_contain_text("폐회")
    expect(empty).to_be_focused()
    assert violations(plan) == []


def enter(server: HubServer, visit: Visit, role: str) -> Page:
    """Sign in by a fresh link of a role, and return the page to which it leads."""
    found = LINK.search(server.command("link", "--role", role, "--conf", SLUG))
    assert found
    page = visit(f"{server.url}/link#{found[1]}")
    page.locator("main button").first.click()
    page.wait_for_url(lambda url: "/link" not in url)
    return page


def last_by_keyboard(day: LongDay) -> Locator:
    """Press End and return the last row."""
    day.console.keyboard.press("End")
    return day.row(AWARDS)
