"""Somebody with a badge for the metaverse comes to the hall: one button admits them, and backstage calls them there."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.badges import badge_of
from tests.e2e.conftest import ModelDay, Visit
from tests.e2e.console import drive
from tests.e2e.gate_screen import PHONE, expect_verdict, open_gate, scan

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]


def test_a_recipient_from_the_metaverse_is_admitted_and_called_in_the_hall(
    model_day: ModelDay, enter: Visit
) -> None:
    console = enter("organiser", clock=True)
    drive(console, "hall", "Shift+S", "개회")
    drive(console, "hall", "Shift+N", "시상 ①")
    drive(console, "hall", "Shift+N", "시상 ②")
    backstage = enter("emcee")
    backstage.goto(model_day.page("screen/backstage?lane=hall"))
    expect(backstage.locator("#deck li").first).to_be_visible()
    gate = open_gate(enter, **PHONE)

    scan(gate, badge_of(model_day, "guest-033"))
    expect_verdict(gate, "mode_mismatch")
    name = gate.locator("#verdict-name").inner_text()
    expect(backstage.locator("main")).not_to_contain_text(name)
    gate.get_by_role("button", name="현장으로 바꿔 입장").click()
    gate.get_by_role("button", name="바꾸고 입장").click()

    expect_verdict(gate, "admitted", name)
    expect(backstage.locator("#later-list li").last).to_contain_text(name)
