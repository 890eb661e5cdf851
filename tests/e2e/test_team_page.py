"""The desk's page of the team: a token is made, shown once and revoked; a refused name stays in its field."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import ModelDay, Visit

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

REFUSAL = "() => document.querySelector('#tokens-name').validationMessage"


def test_token_is_made_shown_once_and_revoked(model_day: ModelDay, enter: Visit) -> None:
    page = enter("organiser")
    page.goto(model_day.page("desk/team"))
    name = page.get_by_label("사용하는 곳 (예: 3번 출입구)")
    name.fill("3번 출입구")
    page.get_by_role("button", name="토큰 만들기").click()

    shown = page.get_by_role("dialog", name="기계용 토큰")
    expect(shown).to_contain_text("회수할 때까지 쓸 수 있습니다.")
    secret = shown.get_by_label("기계용 토큰").input_value()
    with page.expect_navigation():
        shown.get_by_role("button", name="닫기").click()
    row = page.get_by_role("row", name="3번 출입구")
    expect(row).to_contain_text("사용 가능")
    assert secret not in page.content()

    row.get_by_role("button", name="토큰 회수").click()
    page.get_by_role("dialog").get_by_role("button", name="토큰 회수").click()
    expect(row).to_contain_text("회수됨")


def test_refused_name_is_explained_at_its_field_and_stays(model_day: ModelDay, enter: Visit) -> None:
    page = enter("organiser")
    page.goto(model_day.page("desk/team"))
    name = page.get_by_label("사용하는 곳 (예: 3번 출입구)")
    name.fill("guest-001")
    page.get_by_role("button", name="토큰 만들기").click()

    page.wait_for_function(REFUSAL)
    assert page.evaluate(REFUSAL) == "참석자 번호와 같아 보이는 이름은 쓸 수 없습니다: guest-001"
    expect(name).to_be_focused()
    expect(name).to_have_value("guest-001")
    name.fill("deck")
    assert page.evaluate(REFUSAL) == ""
