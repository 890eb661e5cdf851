"""Browsers on computers whose clocks are wrong by hours, and a hub whose clock is set: all act by the hub's time."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from conference_hub.core.now import parse_iso
from tests.e2e.conftest import ModelDay, Visit
from tests.e2e.console import drive, reveal
from tests.services.machine import wait_until

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

ZONE = ZoneInfo("Asia/Seoul")
HOUR_MS = 3_600_000
DELAY_MS, LONG_DELAY_MS = 2_000, 9_000
AGREE = timedelta(milliseconds=100)
FOLLOWED_MS = 60_000
"""Three heartbeats of the hub, and what a busy machine adds."""
WRONG_CLOCK = """
  (() => {
    const origin = performance.timeOrigin;
    const wrong = %d;
    globalThis.machineTime = () => origin + performance.now();
    Object.defineProperty(performance, 'timeOrigin', { value: origin + wrong });
    globalThis.Date = class extends Date {
      constructor(...given) { given.length > 0 ? super(...given) : super(Date.now()); }
      static now() { return Math.trunc(machineTime()) + wrong; }
    };
  })();
"""
"""Sets the clock of a page's computer wrong by so many milliseconds; `machineTime` is what the hub's machine has."""
NOTE_NAME = """name => {
  const look = () => { if (document.body.innerText.includes(name)) globalThis.namedAt ??= machineTime(); };
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
}"""
NOTE_SPOKEN = """() => {
  globalThis.spoken = [];
  const note = ({ addedNodes }) => addedNodes.forEach((line) => spoken.push(line.textContent));
  new MutationObserver((changes) => changes.forEach(note))
    .observe(document.getElementById('announce-polite'), { childList: true });
}"""
NOTE_SECONDS = """() => {
  const clock = document.getElementById('clock');
  globalThis.seconds = [];
  new MutationObserver(() => seconds.push([clock.textContent, machineTime()]))
    .observe(clock, { subtree: true, childList: true, characterData: true });
}"""


def test_a_name_appears_by_the_time_of_the_hub_on_every_screen(
    model_day: ModelDay, enter: Visit, visit: Visit
) -> None:
    console = enter("organiser", clock=True)
    screens = [
        visit(
            model_day.page(f"screen/{kind}?lane=hall&delay_ms={DELAY_MS}"),
            1280,
            720,
            before=WRONG_CLOCK % wrong,
        )
        for kind, wrong in (("stage", -7 * HOUR_MS), ("lower-third", 5 * HOUR_MS), ("stage", 26 * HOUR_MS))
    ]
    for screen in screens:
        screen.evaluate(NOTE_NAME, "하연희")
    drive(console, "hall", "Shift+S", "개회")
    drive(console, "hall", "Shift+N", "시상 ①")
    reveal(console, "하연희")

    for screen in screens:
        expect(screen.locator("body")).to_contain_text("하연희")
    due = revealed_at(model_day) + timedelta(milliseconds=DELAY_MS)
    early = [due - hub_time(model_day, screen.evaluate("namedAt")) for screen in screens]
    assert max(early) < AGREE


def test_what_happens_just_after_the_hub_set_its_clock_back_waits_for_the_picture(
    model_day: ModelDay, enter: Visit, visit: Visit
) -> None:
    console = enter("organiser", clock=True)
    address = model_day.page(f"screen/stage?lane=hall&delay_ms={LONG_DELAY_MS}")
    stage = visit(address, 1280, 720, before=WRONG_CLOCK % 0)
    drive(console, "hall", "Shift+S", "개회")
    expect(stage.get_by_role("heading", level=1)).to_contain_text("개회")
    stage.evaluate(NOTE_NAME, "시상 ①")

    model_day.at(-70)
    pressed_at = stage.evaluate("machineTime()")
    drive(console, "hall", "Shift+N", "시상 ①")

    expect(stage.get_by_role("heading", level=1)).to_contain_text("시상 ①", timeout=FOLLOWED_MS)
    assert stage.evaluate("namedAt") - pressed_at >= LONG_DELAY_MS


@pytest.mark.parametrize("minutes", [-1, -60])
def test_name_revealed_after_the_hub_set_its_clock_back_is_shown_and_read_out(
    model_day: ModelDay, enter: Visit, visit: Visit, minutes: int
) -> None:
    console = enter("organiser", clock=True)
    stage = visit(model_day.page("screen/stage?lane=hall"), 1280, 720)
    live = visit(model_day.page("live"), 360, 740)
    drive(console, "hall", "Shift+S", "개회")
    drive(console, "hall", "Shift+N", "시상 ①")
    expect(stage.get_by_role("heading", level=1)).to_contain_text("시상 ①")
    expect(live.locator("#ceremony")).to_be_visible()
    live.evaluate(NOTE_SPOKEN)

    model_day.at(-10 + minutes)
    reveal(console, "하연희")

    expect(stage.locator("#scene")).to_contain_text("하연희")
    expect(live.locator(".stage-name")).to_have_text("하연희")
    live.wait_for_function("() => spoken.some((words) => words.includes('하연희'))")
    drive(console, "hall", "Shift+N", "시상 ②")
    expect(stage.locator("#scene")).not_to_contain_text("하연희")
    expect(live.locator(".stage-name")).to_have_count(0)


def test_clocks_of_screens_change_with_the_seconds_of_the_hub(model_day: ModelDay, enter: Visit) -> None:
    emcees = [enter("emcee", before=WRONG_CLOCK % wrong) for wrong in (-9 * HOUR_MS, 3 * HOUR_MS)]
    for emcee in emcees:
        emcee.evaluate(NOTE_SECONDS)

    for emcee in emcees:
        wait_until(
            partial(changed_on_time, emcee, model_day), "a clock that changes with the seconds of the hub"
        )
        shown, at = emcee.evaluate("seconds.at(-1)")
        now = hub_time(model_day, at).astimezone(ZONE)
        assert shown == f"{now:%H:%M:%S}"


@pytest.mark.parametrize("minutes", [-60, 60])
def test_screens_follow_a_hub_whose_clock_is_set(model_day: ModelDay, enter: Visit, minutes: int) -> None:
    emcee = enter("emcee")
    expect(emcee.locator("#clock")).to_have_text(shows(model_day, -10))

    model_day.at(-10 + minutes)

    expect(emcee.locator("#clock")).to_have_text(shows(model_day, -10 + minutes), timeout=FOLLOWED_MS)


def changed_on_time(screen: Page, day: ModelDay) -> bool:
    """Return whether the clock of a screen changed just after a second of the hub began."""
    changes = [hub_time(day, at) for _shown, at in screen.evaluate("seconds")]
    return any(timedelta(microseconds=at.microsecond) < AGREE for at in changes)


def shows(day: ModelDay, minutes: int) -> re.Pattern[str]:
    """Return how a clock looks so many minutes after the opening, and in the two minutes after that."""
    times = [day.opening + timedelta(minutes=minutes + late) for late in range(3)]
    return re.compile("|".join(f"^{time.astimezone(ZONE):%H:%M}:" for time in times))


def revealed_at(day: ModelDay) -> datetime:
    """Return when the only name that is out came out, by the hub's clock."""
    snapshot = day.server.get("state?stream=public")[1]["snapshot"]
    (instant,) = (doc["revealed_at"] for key, doc in snapshot.items() if key.startswith("award/"))
    return parse_iso(instant)


def ahead_ms(day: ModelDay) -> float:
    """Return how far the hub's clock is ahead of its machine's."""
    return float(day.clock.read_text(encoding="utf-8")) * 1000


def hub_time(day: ModelDay, machine_ms: float) -> datetime:
    """Return what the hub's clock shows at a time of its machine."""
    return datetime.fromtimestamp((machine_ms + ahead_ms(day)) / 1000, UTC)
