"""The card of the gate shows all that it says, on a phone upright and on its side, in both languages."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Route, expect

from tests.e2e.badges import badge_of
from tests.e2e.conftest import ModelDay, Visit
from tests.e2e.gate_screen import scan
from tests.e2e.intercepting import intercept

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

WHOLE = """() => {
  const card = document.querySelector('#verdict');
  const last = document.querySelector('#verdict-lines > div:last-child');
  const inside = last !== null && last.getBoundingClientRect().bottom <= card.getBoundingClientRect().bottom;
  return inside && !card.hasAttribute('data-more');
}"""


def amber(route: Route) -> None:
    """Answer as for somebody who takes part elsewhere, from an office with a long name."""
    answer = route.fetch().json()
    for one in answer["answers"]:
        person = {**one["person"], "organisation": "고용노동부 천안고용센터 취업지원총괄팀", "seat": "D-06"}
        person["mode"] = {"id": "metaverse", "label": {"ko": "메타버스", "en": "Metaverse"}}
        one |= {"verdict": "mode_mismatch", "may_force": True, "may_switch": True, "person": person}
    route.fulfill(body=json.dumps(answer), content_type="application/json")


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize(("width", "height"), [(360, 740), (740, 360)])
def test_the_last_line_of_an_amber_card_is_not_cut(
    model_day: ModelDay, enter: Visit, width: int, height: int, lang: str
) -> None:
    gate = enter("staff", width=width, height=height, lang=lang)
    gate.locator("#gates button").first.click()
    intercept(gate, "**/checkin/redeem/batch", amber)

    scan(gate, badge_of(model_day, "guest-001"))

    expect(gate.locator("#verdict")).to_have_attribute("data-verdict", "mode_mismatch")
    expect(gate.locator("#verdict-actions button").first).to_be_in_viewport(ratio=1)
    assert gate.evaluate(WHOLE)
