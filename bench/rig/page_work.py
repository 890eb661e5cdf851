"""What a page of the large conference costs the browser that shows it: while it opens, at rest, and by a fact."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page

from bench.rig.large_day import Day

FACTS = 20
QUIET_S = 5
PATIENCE_MS = 120_000
BUSY_MS = 500
"""Of a second: a page with more to do than this has not settled."""
WATCH = """() => {
  globalThis.longest = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) {
      globalThis.longest = Math.max(globalThis.longest, duration);
    }
  }).observe({ type: 'longtask', buffered: true });
}"""
SCROLL = """async (selector) => {
  const picture = () => new Promise((done) => requestAnimationFrame(done));
  const frame = (selector && document.querySelector(selector)) || document.scrollingElement;
  let longest = 0;
  let last = await picture();
  for (let step = 0; step < 60; step += 1) {
    frame.scrollBy({ top: 600, behavior: 'instant' });
    const now = await picture();
    longest = Math.max(longest, now - last);
    last = now;
  }
  frame.scrollTo({ top: 0, behavior: 'instant' });
  return longest;
}"""


@dataclass(frozen=True, kw_only=True)
class Look:
    """A page as somebody opens it, and what they do there.

    `clicks` are selectors of what is clicked once the page is there, in that order; `paired`: the browser is paired as
    a device of a gate; `frame`: selector of what is scrolled, empty for the page itself; `happens`: what is done there
    instead of a fact of the show; `group`: a group is called meanwhile, and the fact is its next name.
    """

    path: str
    role: str = "attendee"
    clicks: tuple[str, ...] = ()
    paired: bool = False
    frame: str = ""
    happens: Callable[[Page, int], None] | None = None
    group: bool = False


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What was seen of a page; times in ms, fonts in kB as they came over the wire."""

    nodes: int
    fonts_kb: float
    opening_longest_ms: float
    quiet_second_ms: float
    fact_ms: float
    fact_longest_ms: float
    scroll_longest_ms: float


def measured(chromium: Browser, day: Day, look: Look, slower: int) -> Figures:
    """Open a page in a browser that is `slower` times slower than this machine, and look at it."""
    with _tab(chromium, day, look) as (page, chrome):
        fonts = _fonts_of(chrome)
        chrome.send("Emulation.setCPUThrottlingRate", {"rate": slower})
        if look.group:
            day.next_name()
        page.goto(day.address(look.path))
        _settle(page, chrome)
        for selector in look.clicks:
            page.locator(selector).first.click()
            _settle(page, chrome)
        opening, loaded = _longest(page), sum(fonts) / 1000
        before = _work_ms(chrome)
        page.wait_for_timeout(QUIET_S * 1000)
        quiet = (_work_ms(chrome) - before) / QUIET_S
        _longest(page)
        fact = _of_a_fact(page, chrome, day, look, quiet)
        fact_longest = _longest(page)
        return Figures(
            nodes=page.evaluate("document.querySelectorAll('*').length"),
            fonts_kb=round(loaded, 1),
            opening_longest_ms=round(opening),
            quiet_second_ms=round(quiet, 1),
            fact_ms=round(fact, 1),
            fact_longest_ms=round(fact_longest),
            scroll_longest_ms=round(page.evaluate(SCROLL, look.frame)),
        )


@contextmanager
def _tab(chromium: Browser, day: Day, look: Look) -> Iterator[tuple[Page, CDPSession]]:
    """Give a tab of a browser of its own that is signed in or paired, and notes its longest task."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="ko-KR")
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    if look.paired:
        page.goto(f"{day.target.url}/checkin/pair#{day.code()}")
        page.locator(".enter-button").click()
        page.wait_for_url(lambda url: "/pair" not in url)
    elif look.role != "attendee":
        page.goto(day.link(look.role))
        page.locator("main button").first.click()
        page.wait_for_url(lambda url: "/link" not in url)
    page.add_init_script(f"({WATCH})()")
    chrome = context.new_cdp_session(page)
    chrome.send("Performance.enable")
    try:
        yield page, chrome
    finally:
        context.close()


def _fonts_of(chrome: CDPSession) -> list[float]:
    """Return a list that takes up the bytes of each font as it has come."""
    came: list[float] = []
    asked: set[str] = set()

    def began(event: dict[str, Any]) -> None:
        if event["type"] == "Font":
            asked.add(event["requestId"])

    def ended(event: dict[str, Any]) -> None:
        if event["requestId"] in asked:
            came.append(event["encodedDataLength"])

    chrome.on("Network.requestWillBeSent", began)
    chrome.on("Network.loadingFinished", ended)
    chrome.send("Network.enable")
    return came


def _of_a_fact(page: Page, chrome: CDPSession, day: Day, look: Look, quiet: float) -> float:
    """Return the work of one fact, or of what happens instead, in ms, without that of the seconds that pass."""
    happens = look.happens or (lambda _page, turn: day.next_name() if look.group else day.happens(turn))
    before, began = _work_ms(chrome), time.monotonic()
    for turn in range(FACTS):
        happens(page, turn)
        page.wait_for_timeout(300)
    _settle(page, chrome)
    passed_s = time.monotonic() - began
    return (_work_ms(chrome) - before - quiet * passed_s) / FACTS


def _settle(page: Page, chrome: CDPSession) -> None:
    """Wait until the page has less to do than half of the time, at most half a minute."""
    for _ in range(30):
        before = _work_ms(chrome)
        page.wait_for_timeout(1000)
        if _work_ms(chrome) - before < BUSY_MS:
            return


def _work_ms(chrome: CDPSession) -> float:
    metrics = {one["name"]: one["value"] for one in chrome.send("Performance.getMetrics")["metrics"]}
    return float(metrics["TaskDuration"]) * 1000


def _longest(page: Page) -> float:
    """Return the longest task since it was asked last, in ms; 0 where none took 50."""
    return float(
        page.evaluate("() => { const found = globalThis.longest; globalThis.longest = 0; return found; }")
    )
