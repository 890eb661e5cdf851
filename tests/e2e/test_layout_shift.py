"""Pages do not move under the eyes of who opens them: what their scripts draw takes places that were there before.

The browser's own figure, the cumulative layout shift, depends on when it painted. So the scripts and fonts of each page
are held back until it was painted without them, and what moves is added up until they have drawn.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.conftest import ModelDay, Visit
from tests.e2e.intercepting import intercept

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

MOST = 0.1
"""What counts as good (web.dev, Cumulative Layout Shift)."""
ADD_UP = """
  delete Navigator.prototype.serviceWorker;  // what it has kept comes past the routes of a test
  window.moved = { sum: 0, painted: false };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.moved.sum += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
  new PerformanceObserver((list) => {
    if (list.getEntriesByName('first-contentful-paint').length > 0) window.moved.painted = true;
  }).observe({ type: 'paint', buffered: true });
"""
AFTER_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))"
FONTS_READY = "() => document.fonts.ready.then(() => undefined)"
SCRIPTS_AND_FONTS = re.compile(r"/static/.*\.(js|woff2)$|/letters/")
SIZES = {"phone": (360, 740), "desktop": (1440, 900)}
CONNECTED = "[data-connection][data-state=live]"
DRAWN = {
    "live": (CONNECTED,),
    "console": ("#lanes .lane-buttons", CONNECTED),
    "checkin": ("#gates button", CONNECTED),
    "": ("[data-cue][aria-current]",),
}
"""What can be seen on a page once its scripts have drawn, and not before."""


def moved(page: Page, url: str, drawn: tuple[str, ...]) -> float:
    """Open a page, its scripts and fonts only after it was painted; return its cumulative layout shift."""
    held: list[Route] = []
    painted = False

    def hold(route: Route) -> None:
        if painted:
            route.continue_()
        else:
            held.append(route)

    intercept(page, SCRIPTS_AND_FONTS, hold)
    page.goto(url, wait_until="commit")
    page.wait_for_function("() => window.moved.painted")
    page.evaluate(AFTER_FRAMES)
    assert held, f"{url} was drawn by its scripts before they were let through"
    painted = True
    for route in held:
        route.continue_()
    for selector in drawn:
        expect(page.locator(selector).first).to_be_visible()
    page.evaluate(FONTS_READY)
    page.evaluate(AFTER_FRAMES)
    sum_: float = page.evaluate("() => window.moved.sum")
    return sum_


@pytest.mark.parametrize("size", SIZES)
def test_pages_stand_still_while_they_open(
    model_day: ModelDay, enter: Visit, visit: Visit, size: str
) -> None:
    server = model_day.server
    presses = [
        server.run("start"),
        server.run("next"),
        server.award("case-01", "arm"),
        server.award("case-01", "reveal"),
    ]
    assert [status for status, _ in presses] == [200] * 4
    width, height = SIZES[size]
    how = {"width": width, "height": height, "before": ADD_UP}
    guest = visit(model_day.page("results"), **how)
    pages = {
        "live": (guest, model_day.page("live")),
        "": (guest, model_day.page("")),
        "console": (enter("organiser", **how), model_day.page("console")),
        "checkin": (enter("staff", **how), f"{server.url}/checkin/"),
    }

    found = {path: moved(page, url, DRAWN[path]) for path, (page, url) in pages.items()}

    assert {path: shift for path, shift in found.items() if shift >= MOST} == {}
