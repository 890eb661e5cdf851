"""Scans that wait outlive the browser that was killed and the session that is gone, and are sent once."""

from __future__ import annotations

import os
import signal
import sqlite3
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from conference_hub.gates.device_actions import invite
from conference_hub.gates.model import Plan
from tests.e2e.badges import badge_of
from tests.e2e.conftest import FLAGS, ModelDay, Visit
from tests.e2e.gate_screen import PHONE, scan
from tests.e2e.test_checkin_offline import admissions, paired_gate, until_kept, until_queued, written

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

SCANS = 60


def onsite(day: ModelDay, count: int) -> list[str]:
    """Return guests who take part in the hall."""
    with sqlite3.connect(f"file:{day.server.directory}/data/hub.sqlite3?mode=ro", uri=True) as db:
        query = "SELECT id FROM guest WHERE mode = 'onsite' ORDER BY id LIMIT ?"
        return [guest for (guest,) in db.execute(query, (count,))]


def opened(browser: Browser, chromium_path: str, profile: Path) -> BrowserContext:
    """Start a browser of its own, which keeps what it has in `profile`."""
    return browser.browser_type.launch_persistent_context(
        profile,
        executable_path=chromium_path,
        args=list(FLAGS),
        viewport=PHONE,  # type: ignore[arg-type]
        locale="ko-KR",
        reduced_motion="reduce",
    )


def at(context: BrowserContext, url: str) -> Page:
    """Open a page in the browser's first window."""
    context.pages[0].goto(url)
    return context.pages[0]


def kill(context: BrowserContext, profile: Path) -> None:
    """End the browser of `profile`, all its processes, without a word, as a phone whose battery is empty."""
    with context.expect_event("close"):
        for process in processes_of(profile):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)


def processes_of(profile: Path) -> list[int]:
    own = f"--user-data-dir={profile}".encode()
    found = []
    for directory in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if own in (directory / "cmdline").read_bytes():
                found.append(int(directory.name))
    assert found
    return found


def test_sixty_scans_of_a_browser_that_was_killed_are_sent_once(
    model_day: ModelDay, browser: Browser, chromium_path: str, tmp_path: Path
) -> None:
    guests, profile = onsite(model_day, SCANS), tmp_path / "profile"
    paired = opened(browser, chromium_path, profile)
    gate = paired_gate(model_day, lambda url, **_: at(paired, url))
    until_kept(gate, "/checkin/")
    address = gate.url
    paired.close()  # a browser writes cookies down within half a minute, or when it is closed
    killed = opened(browser, chromium_path, profile)
    gate = at(killed, address)
    expect(gate.locator("#offline-ready")).to_contain_text("네트워크 없이도 준비됨")
    killed.set_offline(True)
    for guest in guests:
        scan(gate, badge_of(model_day, guest))
    until_queued(gate, SCANS)

    kill(killed, profile)

    context = opened(browser, chromium_path, profile)
    context.set_offline(True)
    again = at(context, address)
    expect(again.locator("#unanswered")).to_contain_text(f"전송 대기 {SCANS}건")
    assert admissions(model_day) == []
    context.set_offline(False)
    expect(again.locator("#count-inside")).to_have_text(str(SCANS))
    until_queued(again, 0)
    expect(again.locator("#lost")).to_be_hidden()
    answered = sorted(admissions(model_day))  # those of the last ten seconds may go before older ones
    assert answered == [(guest, "admitted") for guest in guests]
    context.close()


def test_a_device_whose_session_is_gone_says_what_waits_and_sends_it_when_it_is_paired_again(
    model_day: ModelDay, visit: Visit
) -> None:
    gate = paired_gate(model_day, visit)
    address = gate.url
    gate.context.set_offline(True)
    for number in (1, 2):
        scan(gate, badge_of(model_day, f"guest-00{number}"))
    until_queued(gate, 2)
    gate.context.clear_cookies()
    gate.goto("about:blank")
    gate.context.set_offline(False)

    words = "이 기기에 보내지 못한 스캔이 2건 있습니다. 기기를 다시 연결하면 전송합니다."
    gate.goto(address)
    gate.wait_for_url("**/sign-in**")
    expect(gate.locator("#scans-waiting")).to_have_text(words)
    code = written(model_day, lambda write: invite(write, Plan(name="정문 1번")).code)
    gate.goto(f"{model_day.server.url}/checkin/pair#{code}")
    expect(gate.locator("#scans-waiting")).to_have_text(words)
    assert admissions(model_day) == []
    gate.locator(".enter-button").click()

    expect(gate.locator("#count-inside")).to_have_text("2")
    until_queued(gate, 0)
    assert admissions(model_day) == [("guest-001", "admitted"), ("guest-002", "admitted")]
