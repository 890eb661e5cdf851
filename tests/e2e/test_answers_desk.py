"""Answers from addresses that nobody was invited with, in a real browser: one is somebody's, another is discarded."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from conference_hub.followup.answers import said
from conference_hub.followup.invitations import Answer
from tests.e2e.conftest import ModelDay, Visit
from tests.e2e.follow_up import KIM, LEE, SESSION, answer, invitation, sign_up

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

ALIAS, STRANGER = "alias@example.org", "stranger@example.org"


@pytest.mark.parametrize(("lang", "width"), [("ko", 1440), ("en", 360)])
def test_an_unknown_answer_is_assigned_or_discarded(
    model_day: ModelDay, enter: Visit, lang: str, width: int
) -> None:
    korean = lang == "ko"
    sign_up(model_day, SESSION, KIM, LEE)
    answer(model_day, ALIAS, "DECLINED")
    answer(model_day, STRANGER, "ACCEPTED")
    with model_day.beside() as hub:
        kim = invitation(hub, KIM).attendee or ""
    page = enter("organiser", lang=lang, width=width)
    page.goto(model_day.page("desk/follow-up/answers"))
    of_alias, of_stranger = (page.locator(".strays > li", has_text=one) for one in (ALIAS, STRANGER))
    counts = page.locator("tbody tr").first.locator("td.number")

    expect(of_alias).to_contain_text("불참" if korean else "No")
    expect(of_alias).to_contain_text("20분 늦습니다")
    expect(counts).to_have_text(["0", "0", "0", "2", "2", "0"])

    take = "이 참석자의 답으로" if korean else "Take as this guest's"
    of_alias.get_by_role("textbox").fill("nobody@example.org")
    of_alias.get_by_role("button", name=take).click()
    wrong = (
        "이 이메일이나 번호의 참석자가 명단에 없습니다." if korean else "Nobody on the guest list has this"
    )
    expect(of_alias.get_by_role("alert").filter(has_text=wrong)).to_be_visible()
    expect(of_alias.get_by_role("textbox")).to_have_value("nobody@example.org")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    of_alias.get_by_role("textbox").fill(kim)
    of_alias.get_by_role("button", name=take).click()
    expect(of_alias).to_have_count(0)
    expect(counts).to_have_text(["0", "0", "1", "1", "1", "0"])

    of_stranger.get_by_role("button", name="버리기" if korean else "Discard").click()
    nothing = "확인할 회신이 없습니다." if korean else "There is nothing to look at."
    expect(page.get_by_text(nothing)).to_be_visible()
    expect(counts).to_have_text(["0", "0", "1", "1", "1", "0"])
    with model_day.beside() as hub:
        assert said(invitation(hub, KIM)) is Answer.DECLINED
        assert said(invitation(hub, LEE)) is None
