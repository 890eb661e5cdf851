"""From an empty hub: a symposium is prepared on the desk alone, moved to a second hub, and its day is run there."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import symposium
from tests.e2e.conftest import Visit
from tests.e2e.console import click, drive, finish, row_of
from tests.live.server_process import HubServer

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.timeout(300)]

CONF = "spring-symposium"
NEXT = f"{CONF}-next"
MORNING = (datetime.now(UTC) + timedelta(days=2)).replace(hour=0, minute=0, second=0, microsecond=0)
"""Nine in the morning in Seoul, within two days, for which a one-time link is good: the symposium begins."""
DAY = f"{MORNING:%Y-%m-%d}"
SAVED = "#save-state[data-state='saved']"


@dataclass(frozen=True)
class Desk:
    """An organiser's browser at the desk of one conference of a hub."""

    page: Page
    base: str

    def go(self, path: str = "") -> Page:
        """Open a page of the desk."""
        self.page.goto(f"{self.base}/c/{CONF}/desk/{path}")
        return self.page

    def save(self) -> None:
        """Send the form of the page."""
        self.page.locator("main form.form").get_by_role("button").first.click()

    def upload(self, name: str, part: str, content: bytes) -> None:
        """Upload a list of a part, up to the comparison."""
        self.go(f"files/import/{part}")
        self.page.set_input_files("#file", {"name": name, "mimeType": "text/csv", "buffer": content})
        self.page.get_by_role("button", name="올리고 비교하기").click()
        self.page.wait_for_url("**/desk/files/drafts/*")
        expect(self.page.locator("h1")).to_contain_text("비교:")

    def apply(self) -> None:
        """Apply the comparison."""
        self.page.get_by_role("button", name="적용하기").click()
        self.page.wait_for_url(lambda url: "/drafts/" not in url)

    def faults(self) -> list[str]:
        """Return the faults that the comparison names: where, and what."""
        return self.page.locator("section[aria-labelledby='faults'] tbody tr").all_inner_texts()

    def counts(self) -> dict[str, list[str]]:
        """Return what the comparison counts, by list: new, changed, moved, gone, the same."""
        rows = self.page.locator("section[aria-labelledby='summary'] tbody tr").all()
        return {row.locator("th").inner_text(): row.locator("td").all_inner_texts() for row in rows}


@dataclass(frozen=True)
class EmptyHub:
    """A running hub, and the link that signs its first organiser in."""

    server: HubServer
    link: str


@contextmanager
def empty_hub(directory: Path) -> Iterator[EmptyHub]:
    """Run a hub that knows nothing but its first organiser, at seven in the morning of the symposium."""
    clock = directory / "clock"
    directory.mkdir()
    ahead = MORNING.timestamp() - 7200 - datetime.now(UTC).timestamp()
    clock.write_text(str(ahead), encoding="utf-8")
    server = HubServer(
        directory=directory,
        extra_env={"HUB_TEST_CLOCK": str(clock), "HUB_SECRET_KEY": "s" * 40, "HUB_LANG": "ko"},
        program=(sys.executable, "-m", "tests.e2e.clocked_hub", "empty"),
        forked=True,
    )
    server.extra_env["HUB_PUBLIC_URL"] = server.url
    printed = server.command("init", "--login", "kim", "--name", "김주최", "--link")
    server.start()
    try:
        yield EmptyHub(server=server, link=next(word for word in printed.split() if "/link#" in word))
    finally:
        server.kill()


def enter(visit: Visit, hub: EmptyHub, **how: object) -> Page:
    page = visit(hub.link, **how)
    page.locator("main button").first.click()
    page.wait_for_url("**/password*")
    for field in page.locator("main input[type='password']").all():
        field.fill("a long password")
    page.locator("main form.form button").first.click()
    page.wait_for_url("**/conferences/")
    return page


def test_symposium_from_an_empty_hub_to_its_last_cue_on_another(tmp_path: Path, visit: Visit) -> None:
    with empty_hub(tmp_path / "first") as hub:
        desk = Desk(page=enter(visit, hub), base=hub.server.url)
        make_conference(desk)
        add_rooms(desk)
        import_lists(desk)
        hold_webinars(desk)
        publish_plan(desk)
        publish_conference(desk)
        clone(desk)
        exported = export(desk)
    with empty_hub(tmp_path / "second") as hub:
        page = enter(visit, hub, clock=True)
        bring_in(page, hub, exported)
        again = Desk(page=page, base=hub.server.url)
        assert export(again) == exported
        run_the_day(page, hub, visit)


def make_conference(desk: Desk) -> None:
    desk.page.goto(f"{desk.base}/conferences/new")
    form = {
        "title_ko": "봄 심포지엄",
        "title_en": "Spring Symposium",
        "host_ko": "상담학회",
        "venue_ko": "국제회관",
        "slug": CONF,
        "starts_at": f"{DAY}T09:00",
        "ends_at": f"{DAY}T12:00",
    }
    for name, value in form.items():
        desk.page.fill(f"[name='{name}']", value)
    desk.save()
    desk.page.wait_for_url(f"**/c/{CONF}/desk/**")


def add_rooms(desk: Desk) -> None:
    for title in ("대강당", "회의실 201"):
        desk.go("conference/places/rooms/new").fill("[name='title_ko']", title)
        desk.save()
        desk.page.wait_for_url("**/desk/conference/places*")


def import_lists(desk: Desk) -> None:
    desk.upload("큐시트.csv", "cues", symposium.as_csv(symposium.CUES))
    assert desk.counts()["큐시트"] == ["12", "0", "0", "0", "0"]
    desk.apply()
    desk.upload("명단.csv", "guests", symposium.as_csv(symposium.guests(mended=False), "cp949"))
    assert desk.faults() == symposium.FAULTS
    desk.upload("명단.csv", "guests", symposium.as_csv(symposium.guests(mended=True), "cp949"))
    assert desk.counts()["참석자"] == ["40", "0", "0", "0", "0"]
    desk.apply()
    desk.upload("시상.csv", "awards", symposium.as_csv(symposium.AWARDS))
    assert desk.counts()["상"] == ["5", "0", "0", "0", "0"]
    desk.apply()


def hold_webinars(desk: Desk) -> None:
    for number, day in enumerate((7, 14), start=1):
        page = desk.go("follow-up/new")
        at = MORNING + timedelta(days=day)
        page.fill("[name='title_ko']", f"온라인 세미나 {number}")
        page.fill("[name='starts_at']", f"{at:%Y-%m-%d}T14:00")
        page.fill("[name='ends_at']", f"{at:%Y-%m-%d}T15:00")
        desk.save()
        page.wait_for_url(lambda url: not url.endswith("/new"))
        page.get_by_role("button", name="공개", exact=True).click()
        page.get_by_role("dialog").get_by_role("button").first.click()
        expect(page.locator("main")).to_contain_text("공개했습니다")


def publish_plan(desk: Desk) -> None:
    page = desk.go("programme")
    page.locator(SAVED).wait_for()
    page.locator("#publish").click()
    page.get_by_role("dialog").get_by_role("button", name="공개", exact=True).click()
    expect(page.locator("#notices")).to_contain_text("버전 1")


def publish_conference(desk: Desk) -> None:
    page = desk.go()
    page.get_by_role("button", name="행사 공개", exact=True).click()
    expect(page.locator(".desk-head .badge")).to_have_text("공개됨")


def clone(desk: Desk) -> None:
    """Clone the symposium for next year: the plan comes along, nobody's name does."""
    page = desk.go("conference/clone")
    page.fill("[name='slug']", NEXT)
    desk.save()
    page.wait_for_url(f"**/c/{NEXT}/desk/**")
    page.goto(f"{desk.base}/c/{NEXT}/desk/programme")
    page.locator(SAVED).wait_for()
    expect(page.locator(".sheet-row:not(.new)")).to_have_count(len(symposium.CUES) - 1)
    page.goto(f"{desk.base}/c/{NEXT}/desk/people")
    expect(page.locator("main")).not_to_contain_text("김민수")


def export(desk: Desk) -> dict[str, Any]:
    """Return the whole conference as its file."""
    page = desk.go("files")
    page.select_option("#form", "json")
    page.select_option("#reason", index=1)
    with page.expect_download() as download:
        page.get_by_role("button", name="내보내기").click()
    content: dict[str, Any] = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    return content


def bring_in(page: Page, hub: EmptyHub, content: dict[str, Any]) -> None:
    """Make the conference of its file on another hub, on the page of all conferences."""
    page.goto(f"{hub.server.url}/conferences/import")
    data = json.dumps(content).encode()
    page.set_input_files("#file", {"name": "s.json", "mimeType": "application/json", "buffer": data})
    page.locator("main form.form button").first.click()
    page.get_by_role("button", name="적용하기").click()
    page.wait_for_url(f"**/c/{CONF}/desk/**")


def run_the_day(console: Page, hub: EmptyHub, visit: Visit) -> None:
    """Run both rooms from the first cue to the last, and give the awards in between."""
    stage = visit(f"{hub.server.url}/c/{CONF}/live")
    console.goto(f"{hub.server.url}/c/{CONF}/console")
    expect(console.locator(".lane")).to_have_count(2)
    hall, room = console.locator(".lane").evaluate_all("lanes => lanes.map((lane) => lane.dataset.lane)")
    for lane, place in ((hall, "본행사장"), (room, "회의실 201")):
        titles = [row[4] for row in symposium.CUES[1:] if row[5] == place]
        for number, title in enumerate(titles):
            drive(console, lane, "Shift+N" if number else "Shift+S", title)
            if title == "우수 논문 시상":
                give_awards(console, stage)
        finish(console, lane)
    expect(stage.locator("main")).to_contain_text("마쳤습니다")


def give_awards(console: Page, screen: Page) -> None:
    for row in symposium.AWARDS[1:]:
        award = row_of(console, row[3]).filter(has=console.locator(".badge", has_text="발표 전")).first
        click(console, award.get_by_role("button", name="발표 준비"))
        armed = row_of(console, row[3]).filter(has=console.locator(".badge", has_text="발표 준비")).first
        click(console, armed.get_by_role("button", name="발표", exact=True))
        expect(screen.locator("main")).to_contain_text(row[3])
