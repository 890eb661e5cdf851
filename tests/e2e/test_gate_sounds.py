"""The sounds of the gate as a browser plays them: each verdict its own, each answer its own, and a test of them all."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.badges import badge_of
from tests.e2e.conftest import ModelDay, Visit
from tests.e2e.gate_screen import device_clock, expect_verdict, open_gate, scan
from tests.e2e.test_checkin_offline import paired_gate, until_kept, until_queued

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

Note = tuple[int, float, float]
"""The pitch (Hz), and from when until when it sounds (s)."""

RECORD = """() => {
  window.played = [];
  window.AudioContext = class extends AudioContext {
    constructor() { super(); window.audio = this; void this.suspend(); }
  };
  window.OscillatorNode = class extends OscillatorNode {
    start(at) { super.start(at); window.played.push([Math.round(this.frequency.value), at]); }
    stop(at) { super.stop(at); window.played.at(-1).push(at); }
  };
}"""
AWAKE = "() => window.audio?.state === 'running'"
GREEN, LEFT, AMBER, RED = [880, 1320], [1175, 784], [620, 620], [190]
BLUE = [740, 740, 740]


def record(gate: Page) -> None:
    """Open the gate anew, and write down each note from then on; a touch lets the browser sound."""
    gate.add_init_script(f"({RECORD})()")
    gate.reload()
    expect(gate.locator("[data-connection]")).to_have_attribute("data-state", "live")


def wake(gate: Page) -> None:
    gate.locator("#verdict").click()
    gate.wait_for_function(AWAKE)


def played(gate: Page) -> list[Note]:
    """Return the notes since the last time."""
    notes: list[Note] = gate.evaluate("() => window.played.splice(0)")
    return notes


def pitches(notes: list[Note]) -> list[int]:
    return [hertz for hertz, _, _ in notes]


def test_green_red_and_blue_sound_each_of_their_own(model_day: ModelDay, visit: Visit) -> None:
    gate = paired_gate(model_day, visit)
    until_kept(gate, "/checkin/")
    record(gate)
    wake(gate)

    scan(gate, badge_of(model_day, "guest-001"))
    expect_verdict(gate, "admitted")
    green = played(gate)
    scan(gate, "A" * 26)
    expect_verdict(gate, "unknown_badge")
    red = played(gate)
    gate.context.set_offline(True)
    scan(gate, badge_of(model_day, "guest-002"))
    expect_verdict(gate, "known")
    blue = played(gate)

    assert [pitches(one) for one in (green, red, blue)] == [GREEN, RED, BLUE]


def test_two_answers_in_one_instant_are_two_sounds(model_day: ModelDay, enter: Visit) -> None:
    gate = open_gate(enter)
    record(gate)
    device_clock(gate)
    wake(gate)
    gate.context.set_offline(True)
    for code in (badge_of(model_day, "guest-001"), "A" * 26):
        scan(gate, code)
        expect_verdict(gate, "retrying")
    until_queued(gate, 2)
    played(gate)

    gate.context.set_offline(False)

    expect_verdict(gate, "unknown_badge")
    expect(gate.locator("#behind .strip")).to_have_text(["입장석*주"])
    notes = played(gate)
    assert pitches(notes) == [*GREEN, *RED]
    (_, _, green_ends), (_, red_begins, _) = notes[1], notes[2]
    assert red_begins > green_ends


def test_the_test_of_sounds_plays_them_all_also_as_the_first_thing_on_the_page(enter: Visit) -> None:
    gate = open_gate(enter)
    record(gate)

    gate.locator("#sounds").focus()
    gate.keyboard.press("Enter")

    expect(gate.locator("#sound-now")).to_have_text("들리지 않으면 기기의 소리를 켜 주세요.")
    assert pitches(played(gate)) == [*GREEN, *LEFT, *AMBER, *RED, *BLUE]
