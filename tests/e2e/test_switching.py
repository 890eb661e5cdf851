"""Somebody with a badge for the metaverse comes to the hall: one button admits them, and backstage calls them there."""

from __future__ import annotations

import sqlite3

import pytest
from playwright.sync_api import Page, expect

from conference_hub.checkin.actions import switch_mode
from conference_hub.people.model import Mode
from tests.e2e.badges import badge_of
from tests.e2e.conftest import ModelDay, Visit
from tests.e2e.console import drive
from tests.e2e.gate_screen import PHONE, expect_verdict, open_gate, scan
from tests.e2e.test_checkin_offline import paired_gate, until_queued, written
from tests.e2e.test_conflicts import conflict, open_inbox

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

CALM_MS = 10_000
"""So long after nobody touched the inbox, what was settled leaves the list."""


def test_a_recipient_from_the_metaverse_is_admitted_and_called_in_the_hall(
    model_day: ModelDay, enter: Visit
) -> None:
    in_the_second_round(enter)
    backstage = backstage_of_the_hall(model_day, enter)
    gate = open_gate(enter, **PHONE)

    scan(gate, badge_of(model_day, "guest-033"))
    expect_verdict(gate, "mode_mismatch")
    name = gate.locator("#verdict-name").inner_text()
    expect(backstage.locator("main")).not_to_contain_text(name)
    gate.get_by_role("button", name="현장으로 바꿔 입장").click()
    gate.get_by_role("button", name="바꾸고 입장").click()

    expect_verdict(gate, "admitted", name)
    expect(backstage.locator("#later-list li").last).to_contain_text(name)


def test_who_was_let_in_without_network_is_moved_to_the_hall_from_the_inbox(
    model_day: ModelDay, enter: Visit, visit: Visit
) -> None:
    written(model_day, lambda write: switch_mode(write, "guest-033", Mode.ONSITE))
    gate = paired_gate(model_day, visit)
    gate.context.set_offline(True)
    written(model_day, lambda write: switch_mode(write, "guest-033", Mode.METAVERSE))
    model_day.at(-10)
    console = in_the_second_round(enter)
    backstage = backstage_of_the_hall(model_day, enter)
    inboxes = [open_inbox(model_day, enter, clock=True) for _ in range(2)]
    supervisor = open_gate(enter, **PHONE)
    scan(gate, badge_of(model_day, "guest-033"))
    expect_verdict(gate, "known", "김*남")
    until_queued(gate, 1)

    gate.context.set_offline(False)

    items = [conflict(inbox, "다른 방식으로 참석하는 사람을 들여보냈습니다") for inbox in inboxes]
    for item in items:
        expect(item).to_contain_text("김득남 · 대구서부센터")
        expect(item).to_contain_text("정문 1번")
    for screen in (console, supervisor):
        expect(screen.locator("#inbox-link")).to_have_text("확인할 일 1건")
    expect(gate.get_by_role("button", name="처리하기")).to_be_visible()
    expect(backstage.locator("main")).not_to_contain_text("김득남")
    assert lane_of_award(model_day) == "metaverse"
    items[0].get_by_role("button", name="현장 참석으로 바꾸기").click()
    question = inboxes[0].get_by_role("dialog")
    expect(question).to_contain_text("받을 상도 현장에서 부르도록 옮기고")
    question.get_by_role("button", name="현장 참석으로 바꾸기").click()

    expect(backstage.locator("#later-list li").last).to_contain_text("김득남")
    for inbox, item in zip(inboxes, items, strict=True):
        expect(item).to_contain_text("처리됨 · 현장 참석으로 바꾸기")
        expect(item.get_by_role("button")).to_have_count(0)
        expect(inbox.locator("#announce-polite")).to_contain_text("현장 참석으로 바꾸기")
    for screen in (console, supervisor):
        expect(screen.locator("#inbox-link")).to_have_text("확인할 일 없음")
    expect(gate.get_by_role("button", name="처리하기")).to_have_count(0)
    assert lane_of_award(model_day) == "hall"
    inboxes[1].clock.fast_forward(CALM_MS)
    expect(items[1]).to_have_count(0)
    expect(inboxes[1].get_by_role("heading", name="처리한 일")).to_be_visible()


def in_the_second_round(enter: Visit) -> Page:
    """Drive the hall to the second round of awards and return the console."""
    console = enter("organiser", clock=True)
    drive(console, "hall", "Shift+S", "개회")
    drive(console, "hall", "Shift+N", "시상 ①")
    drive(console, "hall", "Shift+N", "시상 ②")
    return console


def backstage_of_the_hall(day: ModelDay, enter: Visit) -> Page:
    """Open the screen on which the hall's next recipients are lined up."""
    backstage = enter("emcee")
    backstage.goto(day.page("screen/backstage?lane=hall"))
    expect(backstage.locator("#deck li").first).to_be_visible()
    return backstage


def lane_of_award(day: ModelDay) -> str:
    """Return in which lane the award of guest 33 is called."""
    with sqlite3.connect(f"file:{day.server.directory}/data/hub.sqlite3?mode=ro", uri=True) as db:
        lane: str = db.execute("SELECT lane_id FROM award WHERE guest_id = 'guest-033'").fetchone()[0]
        return lane
