"""A gate that only counts, in a real browser: nobody is said to enter, and it shows the persons of its own point."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from conference_hub.checkin.gate_store import GATE_TIES
from conference_hub.core.journal import Write
from conference_hub.core.text import Text
from conference_hub.gates.actions import set_gates, set_points
from conference_hub.gates.model import Gate, GateId
from conference_hub.gates.store import all_gates, all_points
from tests.e2e.badges import badge_of
from tests.e2e.conftest import ModelDay, Visit
from tests.e2e.gate_screen import PHONE, choose_gate, expect_verdict, scan
from tests.e2e.test_checkin_offline import written
from tests.gates import LUNCH as LUNCH_POINT

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

LUNCH = LUNCH_POINT.id


def add_lunch(write: Write) -> None:
    set_points(write, (*all_points(write.session, write.conf), LUNCH_POINT))
    gate = Gate(id=GateId("lunch"), title=Text(ko="식당", en="Dining hall"), position=9, point=LUNCH)
    set_gates(write, (*all_gates(write.session, write.conf), gate), GATE_TIES)


def test_lunch_counts_people_and_lets_nobody_into_the_hall(model_day: ModelDay, enter: Visit) -> None:
    written(model_day, add_lunch)
    gate = enter("staff", **PHONE)
    choose_gate(gate, "식당")
    expect(gate.locator("#counts-hall")).to_be_hidden()
    expect(gate.locator("#count-total")).to_have_text("0")

    scan(gate, badge_of(model_day, "guest-001"))
    expect_verdict(gate, "admitted", "확인됨")
    expect(gate.locator("#count-today")).to_have_text("1")
    scan(gate, badge_of(model_day, "guest-001"))
    expect_verdict(gate, "already_counted", "이미 확인함")
    expect(gate.locator("#verdict-actions").get_by_role("button", name="그래도 확인")).to_be_enabled()
    gate.keyboard.press("Escape")

    gate.get_by_role("button", name="이름 찾기").click()
    gate.get_by_role("searchbox").fill("ㅅㅁㅇ")
    gate.get_by_role("button", name="서미영").click()
    gate.get_by_role("button", name="확인하기").click()
    expect_verdict(gate, "admitted", "서미영")
    expect(gate.locator("#count-total")).to_have_text("2")

    gate.get_by_role("button", name="확인 되돌리기").click()
    gate.get_by_role("button", name="되돌리기", exact=True).click()
    expect_verdict(gate, "undone", "확인을 되돌렸습니다")
    expect(gate.locator("#count-total")).to_have_text("1")

    gate.reload()
    expect(gate.locator("#recent li").last).to_contain_text("확인됨")
    expect(gate.locator("#undo")).to_contain_text("확인 되돌리기")
