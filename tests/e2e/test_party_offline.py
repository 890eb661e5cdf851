"""People who come together at a gate without a network: named on the first one's card, let in with it, each once."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest
from playwright.sync_api import Page, Route, expect

from conference_hub.checkin.guest_actions import change_guests
from conference_hub.core.journal import Write
from conference_hub.gates.actions import choose_blue
from conference_hub.gates.blue import Blue
from conference_hub.people.store import guests_of
from tests.e2e.axe import violations
from tests.e2e.badges import badge_of
from tests.e2e.conftest import ModelDay, Visit
from tests.e2e.gate_screen import expect_verdict, scan
from tests.e2e.intercepting import intercept
from tests.e2e.test_checkin_offline import BATCH, paired_gate, until_kept, until_queued, written
from tests.model_day import CONF

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

FIRST, SECOND, THIRD = "guest-001", "guest-002", "guest-003"


@pytest.fixture
def party_day(model_day: ModelDay) -> ModelDay:
    """Three guests come together."""
    model_day.at(-29)  # what is written beside the hub has the time of this machine

    def act(write: Write) -> None:
        guests = guests_of(write.session, CONF, [FIRST, SECOND, THIRD])
        change_guests(write, [replace(guest, party="세종 일행") for guest in guests])

    written(model_day, act)
    return model_day


def acted(day: ModelDay) -> list[tuple[str, str, str]]:
    """Return whom the hub heard of, what it kept and what the device had done, in the order of answering."""
    with sqlite3.connect(f"file:{day.server.directory}/data/hub.sqlite3?mode=ro", uri=True) as db:
        return db.execute("SELECT guest_id, verdict, acted FROM scan ORDER BY number").fetchall()


def let_in_together(gate: Page, code: str) -> None:
    """Scan the badge of one of three and let the two others in from its blue card."""
    scan(gate, code)
    expect_verdict(gate, "known", "석*주")
    expect(gate.locator("#verdict-lines")).to_contain_text("일행")
    gate.get_by_role("button", name="일행도 입장").click()
    expect(gate.get_by_text("명단에 있는 일행입니다.")).to_be_visible()


def test_party_is_let_in_without_network_and_each_counts_once(party_day: ModelDay, visit: Visit) -> None:
    gate = paired_gate(party_day, visit)
    until_kept(gate, "/checkin/")
    gate.context.set_offline(True)

    let_in_together(gate, badge_of(party_day, FIRST))
    assert violations(gate) == []
    gate.get_by_role("button", name="2명 입장시키기").click()
    until_queued(gate, 3)
    expect(gate.locator("#recent li")).to_have_count(3)
    expect(gate.locator("#recent")).to_contain_text("명단에 있는 분")
    scan(gate, badge_of(party_day, SECOND))
    expect_verdict(gate, "scanned_here")
    until_queued(gate, 4)
    gate.reload()
    expect(gate.locator("#offline-ready")).to_contain_text("네트워크 없이도 준비됨 · 명찰 ")

    lost: list[Route] = []

    def lose_the_first_answer(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route)
        route.fetch()
        route.abort()

    gate.context.set_offline(False)
    intercept(gate, BATCH, lose_the_first_answer)
    until_queued(gate, 0)

    expect(gate.locator("#count-inside")).to_have_text("3")
    assert acted(party_day) == [
        (FIRST, "admitted", "admitted"),
        (SECOND, "admitted", "admitted"),
        (THIRD, "admitted", "admitted"),
        (SECOND, "already_inside", "held"),
    ]


def test_where_known_badges_wait_the_party_is_named_and_waits_too(party_day: ModelDay, visit: Visit) -> None:
    written(party_day, lambda write: choose_blue(write, Blue.HOLD))
    gate = paired_gate(party_day, visit)
    gate.context.set_offline(True)

    scan(gate, badge_of(party_day, FIRST))

    expect_verdict(gate, "known", "일행")
    expect(gate.get_by_role("button", name="확인함")).to_be_enabled()
    expect(gate.get_by_role("button", name="일행도 입장")).to_have_count(0)


def test_party_of_a_card_that_was_green_is_let_in_when_the_network_goes(
    party_day: ModelDay, visit: Visit
) -> None:
    gate = paired_gate(party_day, visit)
    scan(gate, badge_of(party_day, FIRST))
    expect_verdict(gate, "admitted", "일행")

    gate.context.set_offline(True)
    gate.get_by_role("button", name="일행도 입장").click()
    expect(gate.get_by_text("명단에 있는 일행입니다.")).to_be_visible()
    gate.get_by_role("button", name="2명 입장시키기").click()
    until_queued(gate, 2)
    gate.context.set_offline(False)

    expect(gate.locator("#count-inside")).to_have_text("3")
    until_queued(gate, 0)
    assert [(guest, verdict) for guest, verdict, _ in acted(party_day)] == [
        (FIRST, "admitted"),
        (SECOND, "admitted"),
        (THIRD, "admitted"),
    ]
