"""How pages with long lists keep up: 40 lanes, 1,000 awards and 5,000 guests in a browser that is four times slower.

Run as `python -m bench.long_lists [--only 'NAME;NAME'] [--slower N]`. A conference of that size is imported, everybody
has a badge, all lanes begin, and 600 awards of one round are revealed, all but one level; last, names of that level
are called as a group. Then each page is opened in Chromium with
its processor throttled to a quarter, and looked at: elements in the page, the longest task while it opens, the work of
a second in which nothing happens and of one fact (a cue is given more time, an award is made ready; at a gate, a search
or a scan), the longest task meanwhile, the longest frame while it is scrolled to its end, and how much of fonts it
loaded. Milliseconds are of the page's main thread; they move with the machine.
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
from bench.rig.large_conference import GUESTS, SLUG, large_conference
from bench.rig.people import body, person
from bench.rig.report import last_line
from bench.rig.target import Target
from tests.services.machine import program

ROOT = Path(__file__).parent.parent
LANES, FIRST_ROUND, REVEALED = 40, 800, 600
HONOURS = 120
GROUP, NAMED = 150, 80
"""Names that are called as a group, and how many of them are out before anybody looks."""
SLOWER = 4
FACTS = 20
QUIET_S = 5
PATIENCE_MS = 120_000
BUSY_MS = 500
"""Of a second: a page with more to do than this has not settled."""
SECRET = re.compile(r"/link#(\S+)")
CODE = re.compile(r'id="pairing-code">([^<]+)<')
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


def _search(page: Page, turn: int) -> None:
    """Look for a guest by a part of the name that many have; every other time by one that few have."""
    page.locator("#search-field").fill(f"김손님{turn:02}" if turn % 2 else "김손님")


def _scan(page: Page, turn: int) -> None:
    """Show a badge that nobody knows: the whole list is looked through."""
    page.locator("#code").fill(f"A{turn:03}-UNKNOWN-BADGE")
    page.locator("#code").press("Enter")


def _scan_here(page: Page, turn: int) -> None:
    """Do so while the device is without a network and answers by its own list."""
    page.context.set_offline(True)
    _scan(page, turn)


def _edit(page: Page, turn: int) -> None:
    """Write another length into a cell of the plan's sheet and go to the one below, as hands on a keyboard do."""
    if turn == 0:
        page.locator('.sheet-row [data-field="duration"]').first.click()
    page.keyboard.insert_text(str(4 + turn % 3))
    page.keyboard.press("Enter")


def _move(page: Page, turn: int) -> None:
    """Move an award of a long calling order down by one place, as hands on a keyboard do."""
    if turn == 0:
        page.locator(".award-order-item:not([data-fixed])").nth(20).focus()
    page.keyboard.press("Alt+ArrowDown")


GATE = f"/checkin/?conf={SLUG}"
PAGES = {
    "live": Look(path="live"),
    "overview": Look(path=""),
    "programme": Look(path="programme"),
    "results": Look(path="results"),
    "console": Look(path="console", role="operator"),
    "console, the list of a lane open": Look(
        path="console", role="operator", clicks=(".awards-all summary",), frame=".awards-all .table-frame"
    ),
    "console, the line-up open": Look(
        path="console", role="operator", clicks=("[data-verb='line-up']",), frame=".line-up"
    ),
    "stage": Look(path="screen/stage", role="operator"),
    "emcee": Look(path="screen/emcee", role="emcee"),
    "backstage": Look(path="screen/backstage", role="operator"),
    "crew's cue sheet": Look(path="screen/cue-sheet", role="operator"),
    "cue sheet to print": Look(path="desk/programme/cue-sheet", role="organiser"),
    "plan editor": Look(path="desk/programme", role="organiser"),
    "plan editor, writing": Look(path="desk/programme", role="organiser", happens=_edit),
    "desk, awards": Look(path="desk/awards", role="organiser"),
    "desk, calling orders": Look(path="desk/awards/order", role="organiser"),
    "desk, calling order": Look(path="desk/awards/order/{cue}", role="organiser", happens=_move),
    "desk, levels": Look(path="desk/awards/levels", role="organiser"),
    "desk, seal": Look(path="desk/awards/seal", role="organiser"),
    "desk, guests of honour": Look(path="desk/honours", role="organiser"),
    "guests of honour today": Look(path="honours", role="operator"),
    "desk, people": Look(path="desk/people", role="organiser"),
    "desk, badges": Look(path="desk/badges", role="organiser"),
    "desk, report of awards": Look(path="desk/report/awards", role="organiser"),
    "gate, searching": Look(
        path=GATE,
        role="staff",
        clicks=("#search-open",),
        frame="#search-found",
        happens=_search,
    ),
    "paired gate, scanning": Look(path=GATE, paired=True, happens=_scan),
    "paired gate without a network": Look(path=GATE, paired=True, happens=_scan_here),
    "live, a group": Look(path="live", group=True),
    "stage, a group": Look(path="screen/stage", role="operator", group=True),
    "console, a group": Look(path="console", role="operator", group=True),
}


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


@dataclass
class Day:
    """The running conference, an operator who gives commands in it, and an organiser at the desk."""

    target: Target
    client: Client
    organiser: Client
    token: str
    lanes: list[str]
    cue: str
    awards: list[str]
    grouped: bool = False

    def link(self, role: str) -> str:
        """Return a fresh sign-in link."""
        made = self.target.command("-m", "conference_hub", "link", "--role", role, "--conf", SLUG)
        found = SECRET.search(made)
        assert found, made
        return f"{self.target.url}/link#{found[1]}"

    def happens(self, turn: int) -> None:
        """Let something happen: a cue of one of two lanes gets more time, or an award is made ready or taken back."""
        if turn % 2 == 0:
            self.send("run/extend", lane=self.lanes[turn // 2 % 2], seconds=60)
        else:
            self.send(f"awards/{self.awards[REVEALED]}/{'take-back' if turn // 2 % 2 else 'arm'}")

    def next_name(self) -> None:
        """Let the next name of the group come out; the first time, a group is begun and half of it named."""
        if not self.grouped:
            self.grouped = True
            self.send("awards/group", lane=self.lanes[0], awards=self.awards[-GROUP:])
            for _ in range(NAMED):
                self.send("awards/group/next", lane=self.lanes[0])
        self.send("awards/group/next", lane=self.lanes[0])

    def code(self) -> str:
        """Return a code by which a browser becomes a device of all gates."""
        desk = f"/c/{SLUG}/desk/gates/devices"
        found = CODE.search(self.organiser.send_form(desk, desk, name=f"Gate {uuid.uuid4().hex[:6]}").text)
        assert found
        return found[1]

    def send(self, path: str, **body: Any) -> None:
        """Give a command."""
        content = json.dumps({"command_id": uuid.uuid4().hex, **body}).encode()
        headers = {"Content-Type": "application/json", "X-CSRFToken": self.token}
        answer = self.client.send(f"/api/v1/c/{SLUG}/{path}", headers, content)
        assert answer.status == HTTPStatus.OK, (path, answer.text)


def main() -> None:
    """Measure and print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--only", default="", help="pages, by their names, with semicolons between")
    parser.add_argument("--slower", type=int, default=SLOWER, help="how many times slower than this machine")
    arguments = parser.parse_args()
    names = [name for name in arguments.only.split(";") if name] or list(PAGES)
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
            seen = measured(chromium, day, PAGES[name], arguments.slower)
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
    file.write_text(json.dumps(_conference(), ensure_ascii=False), encoding="utf-8")
    target = Target(checkout=ROOT, directory=directory / "hub")
    target.start()
    try:
        target.command("-m", "conference_hub", "import", str(file))
        client, organiser = (_signed_in(target, role) for role in ("operator", "organiser"))
        (token,) = CSRF.findall(client.get(f"/c/{SLUG}/console").text)
        docs = client.get(f"/api/v1/c/{SLUG}/state?stream=operator").document["snapshot"]
        _give_badges(organiser)
        yield _begun(Day(target, client, organiser, token, _ids(docs, "lane/"), "", []), docs)
    finally:
        target.end()


def _conference() -> dict[str, Any]:
    """Return the conference file, with guests of honour."""
    honours = [
        {"name": person(number), "organisation": body(number), "office": {"ko": "위원장"}, "public": True}
        for number in range(HONOURS)
    ]
    return large_conference(LANES, FIRST_ROUND) | {"honours": honours}


def _signed_in(target: Target, role: str) -> Client:
    printed = target.command("-m", "conference_hub", "link", "--role", role, "--conf", SLUG)
    found = SECRET.search(printed)
    assert found, printed
    client = Client(target.port)
    client.send_form("/link", "/link", secret=found[1])
    return client


def _give_badges(organiser: Client) -> None:
    """Give a badge to everybody, as the desk does."""
    people = f"/c/{SLUG}/desk/people"
    fields = {"action": "badges", "every": "on", "confirmed": "on", "count": str(GUESTS)}
    answer = organiser.send_form(people, f"{people}/selected", **fields)
    assert answer.status == HTTPStatus.FOUND, answer.text


def _begun(day: Day, docs: dict[str, Any]) -> Day:
    for lane in day.lanes:
        day.send("run/start", lane=lane)
    first = min((doc for key, doc in docs.items() if key.startswith("cue/")), key=_place_of(day.lanes[0]))
    day.cue = first["id"]
    awards = [doc for key, doc in docs.items() if key.startswith("award/") and doc["cue"] == day.cue]
    lowest = max(doc["level"]["rank"] for doc in awards)
    awards.sort(key=lambda doc: (doc["level"]["rank"] == lowest, doc["order"]))
    day.awards = [doc["id"] for doc in awards]
    for award in day.awards[:REVEALED]:
        for verb in ("arm", "reveal"):
            day.send(f"awards/{award}/{verb}")
    return day


def _place_of(lane: str) -> Callable[[dict[str, Any]], tuple[bool, int]]:
    return lambda cue: (cue["lane"] != lane, cue["position"])


def _ids(docs: dict[str, Any], prefix: str) -> list[str]:
    found = [doc for key, doc in docs.items() if key.startswith(prefix)]
    return [doc["id"] for doc in sorted(found, key=lambda doc: doc["position"])]


def measured(chromium: Browser, day: Day, look: Look, slower: int) -> Figures:
    """Open a page in a browser that is `slower` times slower than this machine, and look at it."""
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
    fonts = _fonts_of(chrome)
    chrome.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    if look.group:
        day.next_name()
    page.goto(
        day.target.url
        + (look.path if look.path.startswith("/") else f"/c/{SLUG}/{look.path}").format(cue=day.cue)
    )
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
    scrolled = page.evaluate(SCROLL, look.frame)
    nodes = page.evaluate("document.querySelectorAll('*').length")
    context.close()
    return Figures(
        nodes=nodes,
        fonts_kb=round(loaded, 1),
        opening_longest_ms=round(opening),
        quiet_second_ms=round(quiet, 1),
        fact_ms=round(fact, 1),
        fact_longest_ms=round(fact_longest),
        scroll_longest_ms=round(scrolled),
    )


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


if __name__ == "__main__":
    main()
