"""One opening of a page in a real browser: what it loaded, when it showed its content, when it could be used."""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass
from typing import Any

from playwright.sync_api import BrowserContext, Page

from bench.rig.line import Line
from bench.rig.traffic import Traffic

WITHIN_S = 40.0
"""How long a page may take until it can be used."""
QUIET_S = 1.0
"""When nothing was loaded for so long, the page has all that it wanted."""
TICK_MS = 50
WATCH = """(shows) => {
  const found = { shown: null, live: null, painted: null, shift: 0 };
  window.opening = () => ({
    ...found,
    line: document.querySelector('[data-connection]') !== null,
    loaded: performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd || null,
  });
  const says = (element) => element.textContent.trim() !== '' && element.checkVisibility();
  let waiting = false;
  const look = () => {
    waiting = false;
    const now = performance.now();
    if ([...document.querySelectorAll(shows)].some(says)) found.shown ??= now;
    if (document.querySelector('[data-connection][data-state=live]')) found.live ??= now;
    if (found.shown !== null && found.live !== null) changes.disconnect();
  };
  const changes = new MutationObserver(() => {
    if (!waiting) requestAnimationFrame(look);
    waiting = true;
  });
  const attributeFilter = ['data-state', 'data-on', 'hidden'];
  changes.observe(document, { subtree: true, childList: true, characterData: true, attributeFilter });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntriesByName('first-contentful-paint')) found.painted = entry.startTime;
  }).observe({ type: 'paint', buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) found.shift += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
}"""
"""Runs in the page before anything of ours; it looks at most once a frame, as looking costs the slow CPU too."""


@dataclass(frozen=True, kw_only=True)
class Content:
    """What must be on a page: visible text in an element that the selector `shows` finds; `follows`: and a socket."""

    shows: str
    follows: bool = False


@dataclass(frozen=True, kw_only=True)
class Opening:
    """The figures of one opening; instants in ms after the page was asked for.

    `kb`: what was asked for until the page was ready, besides fonts; `later_kb`: what it loaded by itself after that.
    `painted`: the first text or picture; `shown`: what the page is opened for stands there; `connected`: its socket was
    accepted; `ready`: content and scripts are there and, where the page is to follow the day, its connection too, and
    it says so. `shift`: how much of the page moved while it loaded (cumulative layout shift).
    """

    requests: int
    kb: float
    later_kb: float
    font_kb: float
    painted_ms: float
    shown_ms: float
    connected_ms: float | None
    ready_ms: float
    shift: float

    def as_figures(self) -> dict[str, float | None]:
        """Return the figures by name."""
        return asdict(self)


def open_page(context: BrowserContext, url: str, content: Content, line: Line) -> Opening:
    """Open `url` in a new tab of `context` on that line, and close it once nothing more is loaded.

    Raises TimeoutError when it cannot be used in time, RuntimeError when the server refuses any part of it.
    """
    page = context.new_page()
    try:
        session = context.new_cdp_session(page)
        traffic = Traffic(origin="/".join(url.split("/")[:3]))
        traffic.listen(session)
        line.put_on(session)
        page.add_init_script(f"({WATCH})({json.dumps(content.shows)})")
        page.goto(url, wait_until="commit", timeout=WITHIN_S * 1000)
        told = _when_ready(page, traffic, content)
        _until_quiet(page, traffic)
        if traffic.refused:
            raise RuntimeError(f"{url}: {', '.join(traffic.refused)}")
        shift = page.evaluate("opening().shift")
        return _opening({**told, "shift": shift}, traffic, follows=content.follows)
    finally:
        page.close()


def _when_ready(page: Page, traffic: Traffic, content: Content) -> dict[str, Any]:
    """Wait until the page can be used; return its own instants. It is asked seldom: an answer costs the slow CPU."""
    until = time.monotonic() + WITHIN_S
    told: dict[str, Any] = {}
    while time.monotonic() < until:
        page.wait_for_timeout(4 * TICK_MS)
        told = page.evaluate("opening()")
        if _ready(told, traffic, content):
            return told
    message = f"{page.url} is not ready: {told}, connected: {traffic.joined_ms}"
    raise TimeoutError(message)


def _ready(told: dict[str, Any], traffic: Traffic, content: Content) -> bool:
    if told["shown"] is None or told["loaded"] is None or told["painted"] is None:
        return False
    connected = traffic.joined_ms is not None and (told["live"] is not None or not told["line"])
    return connected or not content.follows


def _until_quiet(page: Page, traffic: Traffic) -> None:
    until = time.monotonic() + WITHIN_S
    since = time.monotonic()
    while (now := time.monotonic()) < until and now - since < QUIET_S:
        page.wait_for_timeout(TICK_MS)
        if not traffic.idle:
            since = time.monotonic()


def _opening(told: dict[str, Any], traffic: Traffic, *, follows: bool) -> Opening:
    of_page = (told["shown"], told["loaded"], told["painted"])
    of_connection = (told["live"], traffic.joined_ms) if follows else ()
    ready_ms = max(each for each in (*of_page, *of_connection) if each is not None)
    first, later = traffic.page_bytes(ready_ms)
    return Opening(
        requests=traffic.requests,
        kb=round(first / 1000, 1),
        later_kb=round(later / 1000, 1),
        font_kb=round(traffic.font_bytes / 1000, 1),
        painted_ms=round(told["painted"]),
        shown_ms=round(told["shown"]),
        connected_ms=None if traffic.joined_ms is None else round(traffic.joined_ms),
        ready_ms=round(ready_ms),
        shift=round(told["shift"], 3),
    )
