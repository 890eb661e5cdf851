"""The cards of people who come together, a refusal that comes late, and how large what is pressed at the gate is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from conference_hub.checkin.guest_actions import change_guests
from conference_hub.core.journal import Write
from conference_hub.people.store import guests_of
from tests.e2e.badges import badge_of
from tests.e2e.conftest import ModelDay, Visit
from tests.e2e.gate_screen import cards, choose_gate, expect_verdict, open_gate, scan
from tests.e2e.test_checkin_offline import PHONE, until_queued, written
from tests.model_day import CONF

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

PARTY = ["guest-001", "guest-002", "guest-003", "guest-004"]
TARGET = 48
HEIGHT = "({ offsetHeight }) => offsetHeight"


def test_party_of_four_is_let_in_with_one_press_and_each_has_a_card(
    model_day: ModelDay, enter: Visit
) -> None:
    model_day.at(-29)  # what is written beside the hub has the time of this machine

    def come_together(write: Write) -> None:
        guests = guests_of(write.session, CONF, PARTY)
        change_guests(write, [replace(guest, party="세종 일행") for guest in guests])

    written(model_day, come_together)
    gate = enter("staff", lang="en")
    choose_gate(gate, "Grand Ballroom main entrance")
    gate.get_by_role("button", name="Find name").click()
    gate.locator("#search-field").fill("석용주")
    gate.locator("#search-found button").first.click()
    gate.get_by_role("button", name="With companions").click()
    admit = gate.get_by_role("button", name="Admit 4", exact=True)
    expect(admit).to_be_visible()

    admit.click()

    assert sorted(cards(gate, 4)) == ["서*영", "석*주", "윤*수", "하*희"]
    expect(gate.locator("#count-inside")).to_have_text("4")


def test_late_refusal_beside_the_green_of_somebody_else_stays_until_seen(
    model_day: ModelDay, enter: Visit
) -> None:
    gate = open_gate(enter, clock=True, **PHONE)
    expect(gate.locator("[data-connection]")).to_have_attribute("data-state", "live")
    gate.context.set_offline(True)
    scan(gate, "A" * 26)
    expect_verdict(gate, "retrying")
    gate.clock.fast_forward(15_000)
    scan(gate, badge_of(model_day, "guest-001"))
    until_queued(gate, 2)

    gate.context.set_offline(False)

    expect_verdict(gate, "admitted", "석용주")
    strip = gate.locator("#behind .strip")
    expect(strip).to_have_text(["등록되지 않은 명찰"])
    expect(strip).to_have_attribute("data-tone", "bad")
    gate.clock.fast_forward(600_000)
    expect_verdict(gate, "unknown_badge")
    gate.get_by_role("button", name="확인함", exact=True).click()
    expect_verdict(gate, "none")


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_what_is_pressed_at_the_gate_is_large_enough_for_a_thumb(enter: Visit, lang: str) -> None:
    gate = enter("staff", lang=lang, **PHONE)
    gate.locator("#gates button").first.click()
    expect(gate.locator("#direction")).to_be_visible()

    pressed = ["#direction-in", "#direction-out", "[href='/checkin/pair']", "#sounds", "#undo", "#gate"]
    heights = {one: gate.locator(f"{one}:visible").evaluate(HEIGHT) for one in pressed}

    assert {one: height for one, height in heights.items() if height < TARGET} == {}
