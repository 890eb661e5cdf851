"""A session is moved on the desk: it says whom that touches, waits, tells them, and shows what each holds."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, Page, expect

from conference_hub.followup import store
from conference_hub.followup.model import OnlineSession
from tests.e2e.conftest import ModelDay, Visit
from tests.e2e.follow_up import KIM, LEE, OTHER, SESSION, send, sign_up, wait_until_told
from tests.model_day import CONF

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

KOREA = ZoneInfo("Asia/Seoul")
DESK = "desk/follow-up"
LEDGER = f"{DESK}/{SESSION}/sign-ups"


@pytest.fixture
def other(model_day: ModelDay) -> OnlineSession:
    """Two guests are invited to a session, and one of them to the `other`."""
    sign_up(model_day, SESSION, KIM, LEE)
    sign_up(model_day, OTHER, KIM)
    with model_day.beside() as hub, hub.database.reading() as db:
        return store.get_session(db, CONF, OTHER)


def move(day: ModelDay, page: Page, to: OnlineSession, save: str) -> None:
    """Fill in another time on the session's page, and press save."""
    page.goto(day.page(f"{DESK}/{SESSION}"))
    page.locator("#starts_at").fill(local(to, "starts_at"))
    page.locator("#ends_at").fill(local(to, "ends_at"))
    page.get_by_role("button", name=save, exact=True).click()


def local(online: OnlineSession, name: str) -> str:
    """Return the start or the end of a session as a field holds it; the model conference is in Korea."""
    instant = getattr(online, name).astimezone(KOREA)
    return f"{instant:%Y-%m-%dT%H:%M}"


def agree(page: Page, button: str) -> Locator:
    """Press a button that asks, and return what it asks."""
    page.get_by_role("button", name=button, exact=True).click()
    return page.get_by_role("dialog")


def test_a_change_waits_is_held_back_and_is_told(
    model_day: ModelDay, enter: Visit, other: OnlineSession
) -> None:
    page = enter("organiser")
    move(model_day, page, other, "저장")

    question = page.locator("#tell-error")
    expect(question).to_contain_text("2명이 지금 일정으로 초대받았습니다. 저장하면 10분 뒤")
    expect(question).to_contain_text("같은 시각에 다른 세션에도 자리가 있는 사람은 1명입니다.")
    expect(page.locator("#starts_at")).to_have_value(local(other, "starts_at"))
    page.get_by_label("신청자에게 알리고 저장합니다").check()
    page.get_by_role("button", name="저장", exact=True).click()
    expect(page.get_by_text("저장했습니다.")).to_be_visible()

    page.goto(model_day.page(DESK))
    notices = page.get_by_role("region", name="변경 알림")
    expect(notices).to_contain_text(
        "2명이 지난 일정을 갖고 있습니다. 1명은 같은 시각에 세션이 둘 이상입니다."
    )
    expect(notices.locator("time")).to_contain_text("에 알림")
    notices.get_by_role("button", name="알림 멈추기").click()
    expect(notices).to_contain_text("변경 알림을 멈춰 두었습니다.")
    expect(notices.locator("li")).to_contain_text("멈춤")
    notices.get_by_role("button", name="알림 다시 시작").click()
    expect(notices.locator("time")).to_contain_text("에 알림")

    notices.locator("li a").click()
    expect(page.locator("tbody tr")).to_have_count(2)
    expect(page.locator("td.told").get_by_text("지난 일정")).to_have_count(2)
    expect(page.locator("tr", has=page.locator(".clash"))).to_have_count(1)

    page.goto(model_day.page(DESK))
    notices.get_by_role("button", name="지금 알리기").click()
    expect(page.get_by_text("세션 1개의 변경을 지금 알립니다.")).to_be_visible()
    wait_until_told(model_day)
    send(model_day)

    page.goto(model_day.page("desk/mail/sendings"))
    expect(page.locator(".sending")).to_contain_text("끝남")
    expect(page.locator("dd[id^=gone-]")).to_have_text("2")
    page.goto(model_day.page(LEDGER))
    expect(page.locator("td.told")).to_have_text([re.compile(r"초대함\s+1번째 변경\s*보냄")] * 2)
    page.goto(model_day.page(DESK))
    expect(notices).to_contain_text("알릴 변경이 없습니다.")


def test_a_change_is_told_on_a_phone_in_english(
    model_day: ModelDay, enter: Visit, other: OnlineSession
) -> None:
    page = enter("organiser", width=360, height=740, lang="en")
    move(model_day, page, other, "Save")
    expect(page.locator("#tell-error")).to_contain_text("People invited to the time as it is now: 2.")
    page.get_by_label("Save, and tell those who signed up").check()
    page.get_by_role("button", name="Save", exact=True).click()

    page.goto(model_day.page(DESK))
    notices = page.get_by_role("region", name="Telling people of changes")
    expect(notices).to_contain_text("2 people hold the old time. 1 person has more than one session")
    notices.get_by_role("button", name="Tell them now").click()
    wait_until_told(model_day)
    page.goto(model_day.page(LEDGER))
    expect(page.locator("td.told").get_by_text("Not sent yet")).to_have_count(2)
    expect(page.locator("td.told").get_by_text("Old time")).to_have_count(2)

    send(model_day)
    page.reload()
    expect(page.locator("td.told")).to_have_text([re.compile(r"Invited\s+Version 1\s*Sent")] * 2)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_cancelled_session_is_restored_before_and_after_people_were_told(
    model_day: ModelDay, enter: Visit, other: OnlineSession
) -> None:
    page = enter("organiser")
    session = model_day.page(f"{DESK}/{SESSION}")
    notices = page.get_by_role("region", name="변경 알림")

    page.goto(session)
    asked = agree(page, "세션 취소")
    expect(asked).to_contain_text("초대받은 2명에게 10분 뒤 취소를 메일로 알립니다.")
    asked.get_by_role("button", name="세션 취소").click()
    expect(page.get_by_text("취소했습니다.")).to_be_visible()
    asked = agree(page, "취소 되돌리기")
    expect(asked).to_contain_text("아직 아무에게도 취소를 알리지 않았습니다.")
    asked.get_by_role("button", name="취소 되돌리기").click()
    expect(page.get_by_text("취소를 되돌렸습니다.")).to_be_visible()

    page.goto(model_day.page(DESK))
    expect(notices).to_contain_text("알릴 변경이 없습니다.")
    minutes = notices.get_by_label("바꾼 뒤 알릴 때까지 기다리는 시간(분)")
    minutes.fill("곧")
    notices.get_by_role("button", name="저장").click()
    expect(notices.get_by_role("alert")).to_be_visible()
    expect(minutes).to_have_value("곧")
    minutes.fill("0")
    notices.get_by_role("button", name="저장").click()
    expect(page.get_by_text("저장했습니다.")).to_be_visible()

    page.goto(session)
    asked = agree(page, "세션 취소")
    expect(asked).to_contain_text("초대받은 2명에게 바로 취소를 메일로 알립니다.")
    asked.get_by_role("button", name="세션 취소").click()
    expect(page.get_by_text("취소했습니다.")).to_be_visible()
    wait_until_told(model_day)
    send(model_day)
    page.goto(model_day.page(LEDGER))
    expect(page.locator("td.told")).to_have_text([re.compile(r"초대를 취소함\s+3번째 변경\s*보냄")] * 2)

    page.goto(session)
    asked = agree(page, "취소 되돌리기")
    expect(asked).to_contain_text("2명에게 바로 메일로 알립니다.")
    asked.get_by_role("button", name="취소 되돌리기").click()
    expect(page.get_by_text("취소를 되돌렸습니다.")).to_be_visible()
    wait_until_told(model_day)
    send(model_day)
    page.goto(model_day.page(LEDGER))
    expect(page.locator("td.told")).to_have_text([re.compile(r"초대함\s+4번째 변경\s*보냄")] * 2)
