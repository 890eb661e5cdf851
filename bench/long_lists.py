"""How pages with long lists keep up: 40 lanes, 1,000 awards and 5,000 guests in a browser that is four times slower.

Run as `python -m bench.long_lists [--only 'NAME;NAME'] [--slower N] [--before DIR] [--rounds N]`. A conference of that
size is imported, everybody has a badge, all lanes begin, and 600 awards of one round are revealed, all but one level;
last, names of that level are called as a group. Then each page is opened in Chromium with its processor throttled to a
quarter, and looked at: elements in the page, the longest task while it opens, the work of a second in which nothing
happens and of one fact (a cue is given more time, an award is made ready; at a gate, a search or a scan), the longest
task meanwhile, the longest frame while it is scrolled to its end, and how much of fonts it loaded. Milliseconds are of
the page's main thread; they move with the machine. `--before DIR` opens each page of another checkout, which has its
own .venv, in turns with this one's.
"""

from __future__ import annotations

import argparse
import tempfile
from contextlib import ExitStack
from itertools import product
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from bench.rig.large_conference import SLUG
from bench.rig.large_day import running_day
from bench.rig.page_work import Look, measured
from bench.rig.report import last_line
from tests.services.machine import program

ROOT = Path(__file__).parent.parent
SLOWER = 4


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


def main() -> None:
    """Measure and print the figures."""
    arguments = _arguments()
    names = [name for name in arguments.only.split(";") if name] or list(PAGES)
    checkouts = {"before": arguments.before, "now": ROOT} if arguments.before else {"now": ROOT}
    figures: dict[str, dict[str, list[dict[str, float]]]] = {}
    with (
        tempfile.TemporaryDirectory() as directory,
        ExitStack() as days,
        sync_playwright() as playwright,
    ):
        chromium = playwright.chromium.launch(
            executable_path=program("chromium-headless-shell", "/usr/bin/chromium"), args=["--no-sandbox"]
        )
        running = {
            version: days.enter_context(running_day(Path(directory) / version, checkout))
            for version, checkout in checkouts.items()
        }
        for name in names:
            for _, (version, day) in product(range(arguments.rounds), running.items()):
                seen = vars(measured(chromium, day, PAGES[name], arguments.slower))
                figures.setdefault(name, {}).setdefault(version, []).append(seen)
                print(
                    f"{name:34} {version:7} "
                    + ", ".join(f"{what} {value:g}" for what, value in seen.items()),
                    flush=True,
                )
        chromium.close()
    print(last_line("long_lists", figures, {}))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--only", default="", help="pages, by their names, with semicolons between")
    parser.add_argument("--slower", type=int, default=SLOWER, help="how many times slower than this machine")
    parser.add_argument("--before", type=Path, help="another checkout, measured in turns with this one")
    parser.add_argument("--rounds", type=int, default=1, help="how often each page is looked at")
    return parser.parse_args()


if __name__ == "__main__":
    main()
