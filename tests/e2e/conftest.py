"""A real hub whose clock a test moves, and real browsers that look at it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from conference_hub.access.model import Role
from conference_hub.app import make_hub
from conference_hub.cli.links import COMMAND_LINE, link_for
from conference_hub.core.config import load
from conference_hub.web.hub import Hub
from tests.e2e.clock_file import read_clock
from tests.live.server_process import HubServer
from tests.model_day import CONF

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DOORS_BEFORE_OPENING = timedelta(minutes=10)
PATIENCE_MS = 20_000
"""How long a page may take to show what a test expects: five seconds are too few on a busy machine."""
expect.set_options(timeout=PATIENCE_MS)
LOCALES = {"ko": "ko-KR", "en": "en-GB"}


@dataclass(frozen=True)
class ModelDay:
    """The model conference on a running hub; `opening` is when its day begins, by the hub's clock."""

    server: HubServer
    opening: datetime
    clock: Path

    def at(self, minutes: float) -> None:
        """Set the hub's clock to `minutes` after the opening (before, when negative)."""
        ahead = self.opening + timedelta(minutes=minutes) - datetime.now(UTC)
        self._set(ahead.total_seconds())

    def stop_at(self, instant: datetime) -> None:
        """Stop the hub's clock at an instant."""
        self._write(instant.isoformat())

    def pass_by(self, console: Page, ms: int) -> None:
        """Let so many milliseconds go by for the hub and for a page visited with `clock`.

        A page whose own clock alone is moved on finds out, sooner or later, that the hub has another time.
        """
        self._set(float(self.clock.read_text(encoding="utf-8")) + ms / 1000)
        console.clock.fast_forward(ms)

    def _set(self, ahead_s: float) -> None:
        """Set how far ahead the hub's clock is."""
        self._write(str(ahead_s))

    def _write(self, text: str) -> None:
        """Write the hub's clock, which the hub may be reading."""
        written = self.clock.with_suffix(".next")
        written.write_text(text, encoding="utf-8")
        written.replace(self.clock)

    def page(self, path: str) -> str:
        """Return the address of a page of the conference."""
        return f"{self.server.url}/c/best-practice-2021/{path}"

    @contextmanager
    def beside(self) -> Iterator[Hub]:
        """Open a hub on the database of the running one, with its clock, until the block ends."""
        hub = make_hub(load(self.server.environment(), demo=True), now=partial(read_clock, self.clock))
        try:
            yield hub
        finally:
            hub.database.close()

    def link(self, role: str, person: str | None = None) -> str:
        """Return a fresh one-time sign-in link."""
        with self.beside() as hub, hub.journal.writing(CONF, actor=COMMAND_LINE) as write:
            return link_for(hub, write, Role(role), person).url


Visit = Callable[..., Page]


@contextmanager
def running_day(
    directory: Path, *, seeded: bool = False, extra_env: Mapping[str, str] | None = None
) -> Iterator[ModelDay]:
    """Run a hub in its own process, ten minutes before the opening.

    `seeded`: with the conference as `serve --demo` makes it, whose lanes wait for one another; else with the ids of
    tests. `extra_env`: what else its environment says.
    """
    opening = (datetime.now(UTC) + timedelta(minutes=30)).replace(second=0, microsecond=0)
    clock = directory / "clock"
    clock.write_text("0", encoding="utf-8")
    server = HubServer(
        directory=directory / "hub",
        extra_env={
            **(extra_env or {}),
            "HUB_TEST_CLOCK": str(clock),
            "HUB_DEMO_START": opening.isoformat(),
        },
        program=(sys.executable, "-m", "tests.e2e.clocked_hub"),
        forked=True,
        prepared=not seeded,
    )
    day = ModelDay(server=server, opening=opening, clock=clock)
    day.at(-DOORS_BEFORE_OPENING / timedelta(minutes=1))
    server.start()
    try:
        yield day
    finally:
        if server.running:
            server.kill()


@pytest.fixture
def model_day(tmp_path: Path) -> Iterator[ModelDay]:
    """A hub in its own process, ten minutes before the opening."""
    with running_day(tmp_path) as day:
        yield day


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path, args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Return `visit(url, width=1440, height=900, lang="ko")`: a fresh browser of its own, closed at the end.

    Whatever a page logs as an error, or throws, fails the test. With `clock` the test can move the page's clock on;
    `before` is a script that runs in the page before its own.
    """
    opened: list[BrowserContext] = []
    complaints: list[str] = []

    def go(
        url: str,
        width: int = 1440,
        height: int = 900,
        lang: str = "ko",
        scheme: str = "light",
        *,
        clock: bool = False,
        before: str = "",
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale=LOCALES[lang],
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
        )
        opened.append(context)
        if clock:
            context.clock.install()
        if before:
            context.add_init_script(before)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.goto(url)
        return page

    yield go
    for context in opened:
        context.close()
    assert complaints == []


@pytest.fixture
def enter(visit: Visit, model_day: ModelDay) -> Visit:
    """Return `enter(role, person=None, ...)`: a browser that used a one-time link of that role."""

    def go(role: str, person: str | None = None, **how: object) -> Page:
        page = visit(model_day.link(role, person), **how)
        page.get_by_role("button").and_(page.locator("main button")).first.click()
        page.wait_for_url(lambda url: "/link" not in url)
        return page

    return go
