"""The doors of the model day: everybody on the guest list comes through two gates, and every screen counts the same."""

from __future__ import annotations

import sqlite3

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import ModelDay, Visit
from tests.e2e.gate_screen import PHONE, choose_gate, expect_verdict, open_gate, scan

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.timeout(300)]

GUESTS = 121
ON_SITE = 73


def badges(day: ModelDay, *, onsite: bool) -> list[str]:
    """Read the badges of those who come to the hall, or of those who take part elsewhere."""
    with sqlite3.connect(f"file:{day.server.directory}/data/hub.sqlite3?mode=ro", uri=True) as db:
        query = (
            "SELECT token, mode FROM badge JOIN guest ON guest.id = guest_id AND guest.conf = badge.conf "
            "WHERE revoked_at IS NULL ORDER BY guest.id"
        )
        return [token for token, mode in db.execute(query) if (mode == "onsite") is onsite]


def pass_through(gates: list[Page], tokens: list[str]) -> None:
    """Scan the badges at the gates in turn, as fast as it goes."""
    for number, token in enumerate(tokens):
        scan(gates[number % len(gates)], token)


def test_the_doors_of_the_model_day(model_day: ModelDay, enter: Visit) -> None:
    desk, report = enter("organiser"), enter("organiser")
    desk.goto(model_day.page("desk/people"))
    report.goto(model_day.page("desk/attendance"))
    gates = [open_gate(enter, **PHONE), enter("staff", **PHONE)]
    choose_gate(gates[1], "수상자 출입구")
    hall, elsewhere = badges(model_day, onsite=True), badges(model_day, onsite=False)
    assert (len(hall), len(hall) + len(elsewhere)) == (ON_SITE, GUESTS)

    pass_through(gates, hall)
    for page in [*gates, desk]:
        expect(page.locator("#count-inside")).to_have_text(str(ON_SITE))
    expect(report.locator('[data-count="total"] [data-state="hall"]')).to_have_text(str(ON_SITE))
    expect(gates[0].locator("#unseen")).to_be_empty()
    pass_through(gates, elsewhere)
    for page in gates:
        expect(page.locator("#unseen")).to_have_text(f"확인할 것 {len(elsewhere) // 2}")
        expect_verdict(page, "mode_mismatch")

    scan(gates[1], hall[0])
    expect_verdict(gates[1], "already_inside", "그랜드볼룸 정문에서 입장")
    for page in [*gates, desk]:
        expect(page.locator("#count-inside")).to_have_text(str(ON_SITE))
    desk.reload()
    expect(desk.locator("#count-inside")).to_have_text(str(ON_SITE))
