"""Links that people open on their own phones: inside apps, too early, lost, in a browser of the team, offline."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page, expect

from conference_hub.app import make_hub
from conference_hub.core.config import load
from conference_hub.outbox.store import mails_about
from conference_hub.people.keys import guest_key
from conference_hub.people.model import GuestId
from tests.e2e.conftest import ModelDay, Visit
from tests.e2e.gate_screen import PHONE
from tests.e2e.test_checkin_offline import until_kept
from tests.model_day import CONF

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

REMOTE = "guest-088"
ANDROID = "Mozilla/5.0 (Linux; Android 14; SM-S918N) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36 "
IOS = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 "
APPS = [
    (ANDROID + "KAKAOTALK 10.5.5", "카카오톡", "kakaotalk://web/openExternal?url="),
    (ANDROID + "NAVER(inapp; search; 1000; 12.4.2)", "네이버 앱", "intent:"),
    (ANDROID + "Instagram 320.0.0.42.101 Android", "인스타그램", "intent:"),
    (IOS + "KAKAOTALK 10.5.5", "카카오톡", "kakaotalk://web/openExternal?url="),
]


def enter(page: Page) -> None:
    page.locator("main .enter-button").click()
    page.wait_for_url(lambda url: "/link" not in url)


def personal_link(desk: Page) -> str:
    """Make a personal link on the desk's page of a guest, and return it."""
    desk.locator("#link").click()
    return desk.locator("dialog[open] input").input_value()


@pytest.mark.parametrize(("agent", "app", "way"), APPS)
def test_a_link_that_works_once_is_not_spent_inside_an_app_before_it_says_so(
    model_day: ModelDay, browser: Browser, visit: Visit, agent: str, app: str, way: str
) -> None:
    link = model_day.link("staff")
    inside = browser.new_context(locale="ko-KR", user_agent=agent, viewport=PHONE).new_page()  # type: ignore[arg-type]
    inside.goto(link)

    notice = inside.locator("#in-app")
    expect(notice).to_contain_text(f"{app} 안에서 열린 화면입니다.")
    expect(notice).to_contain_text("한 번만 쓸 수 있습니다.")
    out = inside.get_by_role("link", name="다른 브라우저로 열기")
    expect(out).to_be_focused()
    address = unquote(out.get_attribute("href") or "")
    expect(inside.get_by_role("button", name="그래도 여기서 입장하기")).to_be_visible()
    inside.context.close()

    assert address.startswith(way)
    assert link.partition("://")[2] in address
    outside = visit(link, **PHONE)
    enter(outside)
    expect(outside.locator("#gates")).to_be_visible()


@pytest.mark.slow
def test_who_comes_too_early_waits_on_a_page_that_opens_by_itself(model_day: ModelDay, visit: Visit) -> None:
    model_day.at(-180.5)  # check-in opens three hours before the start
    phone = visit(model_day.link("attendee", REMOTE), **PHONE)
    enter(phone)
    expect(phone.get_by_role("timer")).to_be_visible()
    expect(phone.get_by_role("button", name="체크인하고 들어가기")).to_be_hidden()

    phone.wait_for_url("**/live", timeout=90_000)

    expect(phone.locator("[data-connection]")).to_have_attribute("data-state", "live")


def test_a_link_that_is_opened_on_two_devices_at_once_leads_both_to_the_live_page(
    model_day: ModelDay, visit: Visit
) -> None:
    desk = visit(model_day.link("organiser"))
    enter(desk)
    desk.goto(model_day.page(f"desk/people/{REMOTE}"))
    link = personal_link(desk)
    devices = [visit(link, **PHONE), visit(link)]
    for page in devices:
        page.locator("main .enter-button").click(no_wait_after=True)

    for page in devices:
        page.wait_for_url("**/live")
        expect(page.locator("[data-connection]")).to_have_attribute("data-state", "live")
    assert model_day.server.message("곧 시작합니다")[0] == 200
    for page in devices:
        expect(page.locator(".message")).to_contain_text("곧 시작합니다")
    _, state = model_day.server.get("state?stream=operator&after=0", "operator")
    assert [entry["topic"] for entry in state["entries"]].count("GuestAdmitted") == 1


def test_a_lost_link_comes_by_mail_and_ends_the_one_before_when_it_is_opened(
    model_day: ModelDay, visit: Visit
) -> None:
    desk = visit(model_day.link("organiser"))
    enter(desk)
    desk.goto(model_day.page(f"desk/people/{REMOTE}"))
    desk.locator("input[name=email]").fill("park@example.com")
    desk.locator("form:has(input[name=email])").get_by_role("button", name="저장").click()
    expect(desk.locator("input[name=email]")).to_have_value("park@example.com")
    phone = visit(personal_link(desk), **PHONE)
    enter(phone)

    stranger = visit(model_day.page("lost-link"), **PHONE)
    stranger.get_by_label("이메일").fill("Park@example.com")
    stranger.get_by_role("button", name="새 링크 받기").click()
    stranger.wait_for_url("**/lost-link/sent")
    phone.goto(model_day.page("me"))
    expect(phone).to_have_url(model_day.page("me"))

    found = visit(mailed_link(model_day), **PHONE)
    enter(found)
    phone.reload()

    found.goto(model_day.page("me"))
    expect(found).to_have_url(model_day.page("me"))
    expect(phone).not_to_have_url(model_day.page("me"))


def mailed_link(day: ModelDay) -> str:
    """Return the link in the mail that waits for the guest."""
    hub = make_hub(load(day.server.environment(), demo=True))
    with hub.database.reading() as db:
        [mail] = mails_about(db, CONF, guest_key(GuestId(REMOTE)))
    hub.database.close()
    assert mail.link is not None
    return mail.link


def test_a_guests_link_in_a_browser_of_the_team_asks_first_and_never_changes_who_acts(
    model_day: ModelDay, visit: Visit
) -> None:
    link = model_day.link("attendee", REMOTE)
    team = visit(model_day.link("organiser"))
    enter(team)
    team.goto(link)
    team.locator("main .enter-button").click()
    expect(team.get_by_role("heading", name="이 브라우저에서 열까요?")).to_be_visible()
    team.get_by_role("link", name="열지 않기").click()
    team.goto(model_day.page("live"))
    expect(team.get_by_text("참석자 · ")).to_have_count(0)

    team.goto(link)
    team.locator("main .enter-button").click()
    team.get_by_role("button", name="이 브라우저에서 열기").click()
    team.wait_for_url(lambda url: "/link" not in url)
    team.goto(model_day.page("desk/people"))
    expect(team).to_have_url(model_day.page("desk/people"))


def test_a_ticket_opens_in_a_phone_that_was_switched_off_and_has_no_network(
    model_day: ModelDay, visit: Visit
) -> None:
    phone = visit(model_day.link("attendee", "guest-001"), **PHONE)
    enter(phone)
    phone.goto(model_day.page("me"))
    until_kept(phone, f"/c/{CONF}/me")
    context = phone.context
    phone.close()
    context.set_offline(True)

    again = context.new_page()
    again.goto(model_day.page("me"))

    expect(again.locator(".qr svg")).to_be_visible()
    expect(again.get_by_role("heading", level=1)).to_have_text("석용주")
