"""How pages with long lists keep up: 40 lanes, 1,000 awards and 5,000 guests in a browser that is four times slower.

Run as `python -m bench.long_lists [--only NAME,NAME]`. A conference of that size is imported, all lanes begin, and the
600 awards of one round are revealed. Then each page is opened in Chromium with its processor throttled to a quarter,
and looked at: elements in the page, the longest task while it opens, the work of a second in which nothing happens and
of one fact (a cue is given more time, an award is made ready), the longest task meanwhile, and the longest frame while
it is scrolled to its end. Milliseconds are of the page's main thread; they move with the machine.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from bench.rig.client import CSRF, Client
from bench.rig.large_conference import SLUG, large_conference
from bench.rig.report import last_line
from bench.rig.target import Target
from tests.services.machine import program

ROOT = Path(__file__).parent.parent
LANES, FIRST_ROUND, REVEALED = 40, 800, 600
SLOWER = 4
FACTS = 10
QUIET_S = 5
PATIENCE_MS = 120_000
BUSY_MS = 500
"""Of a second: a page with more to do than this has not settled."""
SECRET = re.compile(r"/link#(\S+)")
WATCH = """() => {
  globalThis.longest = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) {
      globalThis.longest = Math.max(globalThis.longest, duration);
    }
  }).observe({ type: 'longtask', buffered: true });
}"""
SCROLL = """async () => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  let longest = 0;
  let last = await frame();
  for (let step = 0; step < 60; step += 1) {
    scrollBy({ top: 600, behavior: 'instant' });
    const now = await frame();
    longest = Math.max(longest, now - last);
    last = now;
  }
  scrollTo({ top: 0, behavior: 'instant' });
  return longest;
}"""
PAGES = {
    "live": ("live", "attendee"),
    "overview": ("", "attendee"),
    "programme": ("programme", "attendee"),
    "results": ("results", "attendee"),
    "console": ("console", "operator"),
    "console, the list of a lane open": ("console", "operator"),
    "stage": ("screen/stage", "operator"),
    "emcee": ("screen/emcee", "emcee"),
    "backstage": ("screen/backstage", "operator"),
    "crew's cue sheet": ("screen/cue-sheet", "operator"),
    "cue sheet to print": ("desk/programme/cue-sheet", "organiser"),
    "plan editor": ("desk/programme", "organiser"),
    "desk, awards": ("desk/awards", "organiser"),
    "desk, calling order": ("desk/awards/order/{cue}", "organiser"),
    "desk, people": ("desk/people", "organiser"),
    "desk, badges": ("desk/badges", "organiser"),
    "desk, report of awards": ("desk/report/awards", "organiser"),
}
OPEN = {"console, the list of a lane open": ".awards-all summary"}
"""What is clicked once the page is there."""


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What was seen of a page; times in ms."""

    nodes: int
    opening_longest_ms: float
    quiet_second_ms: float
    fact_ms: float
    fact_longest_ms: float
    scroll_longest_ms: float


@dataclass
class Day:
    """The running conference, and an operator who gives commands in it."""

    target: Target
    client: Client
    token: str
    lanes: list[str]
    cue: str
    awards: list[str]

    def link(self, role: str) -> str:
        """Return a fresh sign-in link."""
        made = self.target.command("-m", "conference_hub", "link", "--role", role, "--conf", SLUG)
        found = SECRET.search(made)
        assert found, made
        return f"{self.target.url}/link#{found[1]}"

    def send(self, path: str, **body: Any) -> None:
        """Give a command."""
        content = json.dumps({"command_id": uuid.uuid4().hex, **body}).encode()
        headers = {"Content-Type": "application/json", "X-CSRFToken": self.token}
        answer = self.client.send(f"/api/v1/c/{SLUG}/{path}", headers, content)
        assert answer.status == HTTPStatus.OK, (path, answer.text)


def main() -> None:
    """Measure and print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--only", default="", help="pages, by their names, with commas between")
    names = [name for name in parser.parse_args().only.split(",") if name] or list(PAGES)
    figures = {}
    with (
        tempfile.TemporaryDirectory() as directory,
        running_day(Path(directory)) as day,
        sync_playwright() as playwright,
    ):
        chromium = playwright.chromium.launch(
            executable_path=program("chromium-headless-shell", "/usr/bin/chromium"), args=["--no-sandbox"]
        )
        for name in names:
            seen = measured(chromium, day, name)
            figures[name] = vars(seen)
            print(
                f"{name:34} " + ", ".join(f"{what} {value:g}" for what, value in vars(seen).items()),
                flush=True,
            )
        chromium.close()
    print(last_line("long_lists", figures, {}))


@contextmanager
def running_day(directory: Path) -> Iterator[Day]:
    """Import the conference, start every lane, and reveal awards of the round on air."""
    file = directory / "large.json"
    file.write_text(json.dumps(large_conference(LANES, FIRST_ROUND), ensure_ascii=False), encoding="utf-8")
    target = Target(checkout=ROOT, directory=directory / "hub")
    target.start()
    try:
        target.command("-m", "conference_hub", "import", str(file))
        printed = target.command("-m", "conference_hub", "link", "--role", "operator", "--conf", SLUG)
        found = SECRET.search(printed)
        assert found, printed
        client = Client(target.port)
        client.send_form("/link", "/link", secret=found[1])
        (token,) = CSRF.findall(client.get(f"/c/{SLUG}/console").text)
        docs = client.get(f"/api/v1/c/{SLUG}/state?stream=operator").document["snapshot"]
        yield _begun(Day(target, client, token, _ids(docs, "lane/"), "", []), docs)
    finally:
        target.end()


def _begun(day: Day, docs: dict[str, Any]) -> Day:
    for lane in day.lanes:
        day.send("run/start", lane=lane)
    first = min((doc for key, doc in docs.items() if key.startswith("cue/")), key=_place_of(day.lanes[0]))
    day.cue = first["id"]
    awards = [doc for key, doc in docs.items() if key.startswith("award/") and doc["cue"] == day.cue]
    day.awards = [doc["id"] for doc in sorted(awards, key=lambda doc: doc["order"])]
    for award in day.awards[:REVEALED]:
        for verb in ("arm", "reveal"):
            day.send(f"awards/{award}/{verb}")
    return day


def _place_of(lane: str) -> Callable[[dict[str, Any]], tuple[bool, int]]:
    return lambda cue: (cue["lane"] != lane, cue["position"])


def _ids(docs: dict[str, Any], prefix: str) -> list[str]:
    found = [doc for key, doc in docs.items() if key.startswith(prefix)]
    return [doc["id"] for doc in sorted(found, key=lambda doc: doc["position"])]


def measured(chromium: Browser, day: Day, name: str) -> Figures:
    """Open a page and look at it."""
    path, role = PAGES[name]
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="ko-KR")
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    if role != "attendee":
        page.goto(day.link(role))
        page.locator("main button").first.click()
        page.wait_for_url(lambda url: "/link" not in url)
    page.add_init_script(f"({WATCH})()")
    chrome = context.new_cdp_session(page)
    chrome.send("Performance.enable")
    chrome.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(f"{day.target.url}/c/{SLUG}/{path.format(cue=day.cue)}")
    _settle(page, chrome)
    if name in OPEN:
        page.locator(OPEN[name]).first.click()
        _settle(page, chrome)
    opening = _longest(page)
    before = _work_ms(chrome)
    page.wait_for_timeout(QUIET_S * 1000)
    quiet = (_work_ms(chrome) - before) / QUIET_S
    _longest(page)
    fact = _of_a_fact(page, chrome, day, quiet)
    fact_longest = _longest(page)
    scrolled = page.evaluate(SCROLL)
    nodes = page.evaluate("document.querySelectorAll('*').length")
    context.close()
    return Figures(
        nodes=nodes,
        opening_longest_ms=round(opening),
        quiet_second_ms=round(quiet, 1),
        fact_ms=round(fact, 1),
        fact_longest_ms=round(fact_longest),
        scroll_longest_ms=round(scrolled),
    )


def _of_a_fact(page: Page, chrome: CDPSession, day: Day, quiet: float) -> float:
    """Return the work of one fact in ms, without that of the seconds that pass."""
    armed = day.awards[REVEALED]
    before, began = _work_ms(chrome), time.monotonic()
    for _ in range(FACTS // 2):
        day.send("run/extend", lane=day.lanes[0], seconds=60)
        page.wait_for_timeout(300)
        day.send(f"awards/{armed}/arm")
        page.wait_for_timeout(300)
        day.send("run/extend", lane=day.lanes[1], seconds=60)
        page.wait_for_timeout(300)
        day.send(f"awards/{armed}/take-back")
        page.wait_for_timeout(300)
    _settle(page, chrome)
    passed_s = time.monotonic() - began
    return (_work_ms(chrome) - before - quiet * passed_s) / (FACTS * 2)


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


if __name__ == "__main__":
    main()
