"""The gate's screen in tests: a device at its gate, scans, and what it shows."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit

MAIN_ENTRANCE = "그랜드볼룸 정문"
PHONE = {"width": 360, "height": 740}
GREEN_CARDS = """count => {
  const front = document.querySelector('#verdict');
  const behind = [...document.querySelectorAll('#behind .strip')];
  const all = [front, ...behind];
  if (all.length !== count || all.some(({ dataset }) => dataset.tone !== 'good')) return null;
  const [first, ...others] = front.querySelector('#verdict-name').textContent;
  const masked = first + '*'.repeat(others.length - 1) + others.at(-1);
  return [masked, ...behind.map((strip) => strip.querySelector('span').textContent)];
}"""


def open_gate(enter: Visit, **how: object) -> Page:
    """Sign in as gate staff and choose the main entrance."""
    page = enter("staff", **how)
    choose_gate(page)
    return page


def choose_gate(page: Page, gate: str = MAIN_ENTRANCE) -> None:
    """Answer the question at which gate the device stands."""
    page.locator("#gates").get_by_role("button", name=gate).click()
    expect(page.locator("#gate-title")).to_have_text(gate)


def scan(gate: Page, code: str) -> None:
    """Type a code and send it."""
    gate.locator("#code").fill(code)
    gate.locator("#code").press("Enter")


def expect_verdict(gate: Page, verdict: str, name: str = "") -> None:
    """Expect the card in front to show a verdict."""
    panel = gate.locator("#verdict")
    expect(panel).to_have_attribute("data-verdict", verdict)
    expect(panel).to_contain_text(name)


def cards(gate: Page, count: int) -> list[str]:
    """Wait for so many cards of people, all green; return their names, masked as on a strip, the one in front first."""
    names: list[str] = gate.wait_for_function(GREEN_CARDS, arg=count).json_value()
    return names


def device_clock(gate: Page, ahead_s: float = 0) -> None:
    """Let the device's clock stand still `ahead_s` after now; timers run on."""
    gate.clock.set_fixed_time(gate.evaluate("Date.now() / 1000") + ahead_s)
