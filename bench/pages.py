"""What it takes to open each page on a bad line with a slow device: requests, bytes, and the time until it can be used.

Run as `python -m bench.pages [--checkout DIR] [--only 'PATTERN;...'] [--rounds N]`. The real server with the model
conference, whose hall is on air and has revealed an award; Debian's Chromium, in which DevTools emulate 1.6 Mbit/s,
150 ms before each answer and a quarter of this machine's speed, WebSockets included. Cold is the first page that a
browser opens, warm the same page again in a new tab. Of the rounds the median counts. Ratios are to `/healthz`, the
least that opening anything costs on that line.
"""

from __future__ import annotations

import argparse
import fnmatch
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, ViewportSize, sync_playwright

from bench.rig.client import Client
from bench.rig.line import BAD_LINE
from bench.rig.opening import Content, Opening, open_page
from bench.rig.report import commit, last_line
from bench.rig.subject import GUEST, Subject, enter, start
from bench.rig.template import Template
from tests.model_day import CONF
from tools.machine import find

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking")
ONLY_HERE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
"""Videos and whatever else lies elsewhere cannot be reached."""
PHONE = ViewportSize(width=360, height=740)
FLOOR = "healthz"
LIVE = Content(shows="#lanes .lane-title", follows=True)
WORDS = Content(shows="main")
HEAD = (
    "| page | | requests | kB | later kB | fonts kB "
    "| painted ms | shown ms | connected ms | ready ms | shift | over |"
)
Figures = dict[str, float | None]


@dataclass(frozen=True, kw_only=True)
class Item:
    """A page as somebody opens it: `who` is a role of the conference, None a visitor without cookies."""

    name: str
    path: str
    who: str | None = None
    content: Content = WORDS


PAGES = (
    Item(name=FLOOR, path="/healthz", content=Content(shows="body")),
    Item(name="live", path=f"/c/{CONF}/live", content=LIVE),
    Item(name="live (guest)", path=f"/c/{CONF}/live", who="attendee", content=LIVE),
    Item(
        name="overview",
        path=f"/c/{CONF}/",
        content=Content(shows="#now-line[data-on=true] #now-words", follows=True),
    ),
    Item(name="results", path=f"/c/{CONF}/results", content=Content(shows="#levels", follows=True)),
    Item(
        name="console",
        path=f"/c/{CONF}/console",
        who="organiser",
        content=Content(shows=".lane .on-air-title", follows=True),
    ),
    Item(name="gate", path="/checkin/", who="staff", content=Content(shows="#gates button", follows=True)),
    Item(
        name="stage",
        path=f"/c/{CONF}/screen/stage",
        content=Content(shows=".picture:not(.picture-idle)", follows=True),
    ),
    Item(
        name="emcee",
        path=f"/c/{CONF}/screen/emcee",
        who="organiser",
        content=Content(shows="#cue-now", follows=True),
    ),
    Item(name="me", path=f"/c/{CONF}/me", who="attendee"),
    Item(name="follow-up", path=f"/c/{CONF}/follow-up"),
    Item(name="registration", path=f"/c/{CONF}/register"),
    Item(name="sign-in", path="/sign-in"),
    Item(name="desk", path=f"/c/{CONF}/desk/conference", who="organiser"),
    Item(name="desk/programme", path=f"/c/{CONF}/desk/programme", who="organiser"),
    Item(name="desk/people", path=f"/c/{CONF}/desk/people", who="organiser"),
    Item(name="desk/awards", path=f"/c/{CONF}/desk/awards", who="organiser"),
    Item(name="desk/gates", path=f"/c/{CONF}/desk/gates", who="organiser"),
)
LIMITS: Figures = {"requests": 20, "kb": 90, "font_kb": 120, "ready_ms": 2000}
"""What the live page, the console and the gate are to keep to when they are opened cold."""
LIMITED = ("live", "live (guest)", "console", "gate")


def main() -> None:
    """Measure and print the figures."""
    arguments = _arguments()
    chromium = find("chromium-headless-shell", "/usr/bin/chromium")
    if chromium is None:
        print("no Chromium on this machine: not measured")
        return
    with ExitStack() as stack:
        directory = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        subject = stack.enter_context(start(Template(arguments.checkout, directory / "0"), directory / "hub"))
        for name in ("arm", "reveal"):
            subject.award(name)
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=chromium, args=[*FLAGS, ONLY_HERE])
        chosen = [item for item in PAGES if item.name == FLOOR or _chosen(item.name, arguments.only)]
        print(f"{HEAD}\n{'|---' * (HEAD.count('|') - 1)}|")
        found = dict(_measured(browser, subject, chosen, arguments.rounds))
    figures = {"checkout": commit(arguments.checkout), "browser": browser.version, "pages": found}
    print(f"\n{last_line('pages', figures, _ratios(found))}")


def _measured(
    browser: Browser, subject: Subject, items: list[Item], rounds: int
) -> Iterator[tuple[str, dict[str, Figures]]]:
    """Give the name of each page with its figures, cold and warm, and print them."""
    clients = {who: _client(subject, who) for who in {item.who for item in items}}
    for item in items:
        cold, warm = zip(
            *(_both(browser, subject, item, clients[item.who]) for _ in range(rounds)), strict=True
        )
        found = {"cold": _median(cold), "warm": _median(warm)}
        for name, each in found.items():
            print(_row(item.name, name, each), flush=True)
        yield item.name, found


def _client(subject: Subject, who: str | None) -> Client:
    """Return a client that came by a link of that role, or did not."""
    client = Client(subject.target.port)
    if who is not None:
        person = ("--person", GUEST) if who == "attendee" else ()
        enter(client, subject.target, "--role", who, *person)
    return client


def _both(browser: Browser, subject: Subject, item: Item, client: Client) -> tuple[Opening, Opening]:
    """Open a page as the first of a fresh browser, and once more."""
    context = browser.new_context(viewport=PHONE, locale="ko-KR")
    url = subject.target.url
    context.add_cookies(
        [{"name": name, "value": value, "url": url} for name, value in client.cookies.items()]
    )
    try:
        first, again = (open_page(context, url + item.path, item.content, BAD_LINE) for _ in range(2))
    finally:
        context.close()
    return first, again


def _median(openings: tuple[Opening, ...]) -> Figures:
    found: Figures = {}
    all_figures = [opening.as_figures() for opening in openings]
    for name in all_figures[0]:
        values = [value for figures in all_figures if (value := figures[name]) is not None]
        found[name] = round(statistics.median(values), 3) if values else None
    return found


def _row(page: str, when: str, figures: Figures) -> str:
    limited = page in LIMITED and when == "cold"
    over = [name for name, most in LIMITS.items() if limited and (figures[name] or 0) > (most or 0)]
    cells = [f"{'–' if value is None else format(value, 'g')}" for value in figures.values()]
    return f"| {page} | {when} | {' | '.join(cells)} | {', '.join(over)} |"


def _ratios(found: dict[str, dict[str, Figures]]) -> dict[str, dict[str, float]]:
    """Return by page how many times as long as the floor it takes until it can be used."""
    floor = found[FLOOR]
    return {
        f"{when}_to_floor": {
            page: round((each[when]["ready_ms"] or 0) / (floor[when]["ready_ms"] or 1), 1)
            for page, each in found.items()
        }
        for when in ("cold", "warm")
    }


def _chosen(name: str, patterns: str) -> bool:
    return any(fnmatch.fnmatch(name, pattern) for pattern in patterns.split(";"))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    here = Path(__file__).resolve().parent.parent
    parser.add_argument(
        "--checkout",
        type=lambda path: Path(path).resolve(),
        default=here,
        help="what to measure (default: this)",
    )
    parser.add_argument("--only", default="*", help="patterns of pages, divided by semicolons")
    parser.add_argument("--rounds", type=int, default=3, help="how often each page is opened, cold and warm")
    return parser.parse_args()


if __name__ == "__main__":
    main()
