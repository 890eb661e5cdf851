"""Badges of nobody here at a gate in a real browser: red, in words, without a name, and never let in."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from conference_hub.access.model import Role
from conference_hub.app import make_hub
from conference_hub.checkin.guest_actions import remove_guests
from conference_hub.cli.links import COMMAND_LINE, link_for
from conference_hub.core.config import load
from conference_hub.features import GUEST_TIES
from tests import small_conference as small
from tests.e2e.badges import badge_of
from tests.e2e.conftest import ModelDay, Visit
from tests.e2e.gate_screen import PHONE, expect_verdict, open_gate, scan
from tests.model_day import CONF

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

GONE = "guest-121"


def take_off_the_list(day: ModelDay) -> None:
    hub = make_hub(load(day.server.environment(), demo=True))
    with hub.journal.writing(CONF, actor=COMMAND_LINE) as write:
        remove_guests(write, [GONE], ties=GUEST_TIES, leaving=hub.guests_leaving)
    hub.database.close()


def found_another(day: ModelDay) -> str:
    """Make a second conference, and return a sign-in link for its staff."""
    hub = make_hub(load(day.server.environment(), demo=True))
    small.load(hub)
    with hub.journal.writing(small.OTHER, actor=COMMAND_LINE) as write:
        link = link_for(hub, write, Role.STAFF)
    hub.database.close()
    return link.url


def seen(gate: Page) -> None:
    """Say that the refusal in front was seen."""
    gate.keyboard.press("Escape")


def test_badge_of_somebody_who_was_taken_off_the_list(model_day: ModelDay, enter: Visit) -> None:
    code = badge_of(model_day, GONE)
    take_off_the_list(model_day)
    gate = open_gate(enter, **PHONE)

    scan(gate, code)

    expect_verdict(gate, "cancelled", "취소된 참석자의 명찰")
    expect_verdict(gate, "cancelled", "명단에서 빠졌거나 참석을 취소한 분입니다.")
    expect(gate.locator("#verdict")).to_have_attribute("data-tone", "bad")
    expect(gate.locator("#verdict-name")).to_be_empty()
    expect(gate.get_by_role("button", name="그래도 입장")).to_have_count(0)
    expect(gate.locator("#count-inside")).to_have_text("0")


def test_badge_of_another_conference_is_named_only_to_staff_of_both(
    model_day: ModelDay, enter: Visit
) -> None:
    link = found_another(model_day)
    code = badge_of(model_day, small.ONLY_HERE)
    gate = open_gate(enter, **PHONE)
    scan(gate, code)
    expect_verdict(gate, "unknown_badge", "등록되지 않은 명찰")
    expect(gate.locator("#verdict")).not_to_contain_text(small.MARK)
    seen(gate)

    both = gate.context.new_page()
    both.goto(link)
    both.locator("main button").first.click()
    both.wait_for_url(lambda url: "/link" not in url)
    both.close()
    gate.reload()
    gate.locator("main").get_by_text("2021년도").click()
    scan(gate, code)

    expect_verdict(gate, "other_conference", "다른 행사의 명찰")
    expect_verdict(gate, "other_conference", f"{small.MARK} 행사")
    expect(gate.locator("#verdict")).to_have_attribute("data-tone", "bad")
    expect(gate.locator("#verdict-name")).to_be_empty()
