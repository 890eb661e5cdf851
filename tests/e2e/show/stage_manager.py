"""Who has every screen of the show in sight, and calls the accidents of the day one after the other."""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e.conftest import PATIENCE_MS, ModelDay
from tests.e2e.show.faces import Shown, expected, seen
from tests.e2e.show.known import Known
from tests.e2e.show.operators import COMING_BACK_MS, Operator
from tests.live.server_process import HubServer

SHOTS = os.environ.get("SHOW_SHOTS")
"""A directory that gets a picture of every screen at the moments that are worth looking at; none when it is not set."""
STREAMS = {"public": None, "sealed": "emcee", "operator": "operator", "rehearsal": "operator"}
FOLLOWS = {"console": "operator", "emcee": "sealed", "backstage": "sealed", "cue-sheet": "sealed"}
OF_RUN = ("segment/", "lane/", "cue/", "award/", "calling/", "group/", "layer/", "rounds/", "ceremony")
LIVE = ("live", "console-second")
"""Pages that never show a rehearsal: the audience's, and the console of who does not drive it."""
HALL, METAVERSE = "현장", "메타버스"


@dataclass(frozen=True)
class Screen:
    """A page that is open the whole day; `lane` is the Korean title of the one that it is for."""

    name: str
    kind: str
    page: Page
    lang: str
    lane: str | None = None

    def seen(self) -> Shown:
        """Return what it shows now."""
        return seen(self.page, self.kind)

    def expected(self, streams: dict[str, Known]) -> Shown:
        """Return what it has to show."""
        known = streams[FOLLOWS.get(self.kind, "public")]
        lane = known.lane(self.lane) if self.lane else None
        return expected(self.kind, known, lane, self.lang)


@dataclass
class StageManager:
    """Two operators, the screens, and the clock of the house."""

    day: ModelDay
    first: Operator
    second: Operator
    screens: list[Screen]
    step: str = ""
    rehearsing: bool = False
    taken: list[str] = field(default_factory=list)

    @property
    def server(self) -> HubServer:
        """The hub."""
        return self.day.server

    def call(self, step: Callable[[StageManager], None]) -> None:
        """Let a step of the running order happen, and look at every screen after it."""
        self.step = step.__name__
        step(self)
        self.compare("")

    def known(self, stream: str = "") -> Known:
        """Ask the server; without a `stream` for what operators drive."""
        stream = stream or ("rehearsal" if self.rehearsing else "operator")
        return Known.of(self.server, stream, STREAMS[stream])

    def lane(self, title: str) -> str:
        """Return the id of a lane."""
        lane: str = self.known("public").lane(title)["id"]
        return lane

    def until(self, what: str, holds: Callable[[Known], bool]) -> Known:
        """Wait until the server says so."""
        by = time.monotonic() + PATIENCE_MS / 1_000
        while time.monotonic() < by:
            if holds(known := self.known()):
                return known
        raise AssertionError(f"{self.step}: {what} did not happen; {self._said()}")

    def settle(self, operator: Operator, what: str, holds: Callable[[Known], bool], *answers: str) -> int:
        """Answer what an operator's console asks until the server says so, and return how often it asked.

        `answers`: the first of them that a question offers is given.
        """
        asked = 0
        by = time.monotonic() + PATIENCE_MS / 1_000
        while not holds(self.known()):
            asked += operator.answers(*answers)
            if time.monotonic() > by:
                raise AssertionError(f"{self.step}: {what} did not happen; {self._said()}")
        return asked

    def arrive(self, *recipients: str) -> None:
        """Let recipients come in at the door of the hall, by name."""
        known = self.known()
        gate = known.all("gate/")[0]["id"]
        for name in recipients:
            scan = {"scan_id": uuid.uuid4().hex, "gate": gate, "guest": known.award_of(name)["guest"]}
            status, answer = self.server.post("checkin/redeem", scan, as_whom="door")
            assert status == 200, answer
            assert answer["verdict"] == "admitted", answer

    def _said(self) -> str:
        if SHOTS:
            self.first.page.screenshot(path=Path(SHOTS) / "failed-first.png")
            self.second.page.screenshot(path=Path(SHOTS) / "failed-second.png")
        spoken = [console.page.locator(".progress, dialog[open]") for console in (self.first, self.second)]
        return " / ".join(" · ".join(one.all_inner_texts()) for one in spoken)

    def compare(self, moment: str) -> None:
        """Wait until every screen shows what the server says; the first that does not is named."""
        by = time.monotonic() + PATIENCE_MS / 1_000
        waiting = self.screens
        while waiting:
            streams = self._streams()
            looked = [(one, one.seen(), one.expected(streams[one.name in LIVE])) for one in waiting]
            wrong = [(one, shows, due) for one, shows, due in looked if shows != due]
            if wrong and time.monotonic() > by:
                screen, shows, due = wrong[0]
                raise AssertionError(f"{self.step} {moment}: {screen.name}\n shows {shows}\n not   {due}")
            waiting = [screen for screen, _, _ in wrong]

    def _streams(self) -> tuple[dict[str, Known], dict[str, Known]]:
        """Return what the server says to screens, and to those of the live run, which see nothing of a rehearsal."""
        live = {stream: self.known(stream) for stream in set(FOLLOWS.values()) | {"public"}}
        if not self.rehearsing:
            return live, live
        own = {key: doc for key, doc in self.known().docs.items() if key.startswith(OF_RUN)}
        shown = {
            stream: Known({key: doc for key, doc in one.docs.items() if not key.startswith(OF_RUN)} | own)
            for stream, one in live.items()
        }
        return shown, live

    def everybody_is_back(self) -> None:
        """Wait until every page follows the day again, consoles first."""
        for operator in (self.first, self.second):
            operator.is_connected()
        for screen in self.screens:
            state = screen.page.locator("[data-connection]").first
            if state.count():
                expect(state).to_have_attribute("data-state", "live", timeout=COMING_BACK_MS)

    def photograph(self, moment: str) -> None:
        """Look at every screen, then keep a picture of each, where somebody wants to see them."""
        self.compare(moment)
        if SHOTS is None:
            return
        place = Path(SHOTS)
        place.mkdir(parents=True, exist_ok=True)
        for screen in self.screens:
            file = place / f"{len(self.taken):02}-{moment}-{screen.name}-{screen.lang}.png"
            screen.page.screenshot(path=file)
        self.taken.append(moment)
