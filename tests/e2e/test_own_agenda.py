"""A guest's follow-up page and agenda in a real browser, with its scripts and without: sign up, keep, subscribe."""

from __future__ import annotations

import urllib.request
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, Page, expect

from conference_hub.core.actor import Actor
from conference_hub.followup import actions, store
from tests.e2e.conftest import LOCALES, ModelDay, Visit
from tests.e2e.follow_up import KIM, OTHER, SESSION, sign_up
from tests.model_day import CONF

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

Guest = Callable[..., Page]
WAYS = "details.subscribe-ways"


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def guest(request: pytest.FixtureRequest, browser: Browser, enter: Visit) -> Iterator[Guest]:
    """Return `guest(lang)`: the page of a guest who is signed in, on a phone; scripts run in it or do not."""
    opened = []

    def go(lang: str) -> Page:
        context = browser.new_context(
            storage_state=enter("attendee", KIM).context.storage_state(),
            viewport={"width": 360, "height": 740},
            locale=LOCALES[lang],
            java_script_enabled=request.param,
            reduced_motion="reduce",
            permissions=["clipboard-read", "clipboard-write"],
        )
        opened.append(context)
        return context.new_page()

    yield go
    for context in opened:
        context.close()


def entries(address: str) -> dict[str, str]:
    """Return the UIDs in a feed and the titles."""
    with urllib.request.urlopen(address, timeout=30) as answer:
        found = Calendar.from_ical(answer.read()).walk("VEVENT")
    return {str(one["UID"]): str(one["SUMMARY"]) for one in found}


def own_feed(page: Page) -> str:
    """Return the address of the guest's own calendar, as it is to be copied."""
    return page.locator("#my-feed").input_value()


def test_sessions_and_segments_are_kept_and_come_in_the_own_feed(model_day: ModelDay, guest: Guest) -> None:
    page = guest("ko")
    page.goto(model_day.page("follow-up"))
    one = page.locator(f"#{SESSION}")
    one.get_by_role("button", name="내 일정에 담기").click()
    expect(one.get_by_role("button", name="내 일정에서 빼기")).to_be_visible()
    assert urlsplit(page.url).fragment == SESSION

    page.goto(model_day.page(""))
    part = page.locator("[id^=segment-]", has=page.get_by_role("button", name="내 일정에 담기")).nth(1)
    title = part.locator("h3").first.inner_text().strip()
    part.get_by_role("button", name="내 일정에 담기").click()
    expect(page.get_by_role("button", name="내 일정에서 빼기")).to_have_count(1)

    page.goto(model_day.page("me"))
    mine = page.get_by_role("region", name="내 일정").locator("li").filter(has=page.locator("time"))
    expect(mine).to_have_count(2)
    expect(mine.first).to_contain_text(title)
    feed = entries(own_feed(page))
    assert len(feed) == 2
    assert title in feed.values()

    mine.first.get_by_role("button", name="내 일정에서 빼기").click()
    expect(mine).to_have_count(1)
    assert len(entries(own_feed(page))) == 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_all_sessions_are_signed_up_for_and_clashes_are_shown(
    model_day: ModelDay, guest: Guest, lang: str
) -> None:
    with model_day.beside() as hub, hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        first = store.get_session(write.session, CONF, SESSION)
        actions.reschedule(write, OTHER, first.starts_at, first.ends_at, seen=None)
        count = len(store.public_sessions(write.session, CONF))
    page = guest(lang)
    page.goto(model_day.page("follow-up"))
    offers = page.locator(".session-offers")
    expect(offers).to_contain_text("2개는 다른 일정과 겹칩니다" if lang == "ko" else "2 clash with")
    offers.get_by_role("button").first.click()

    done = f"세션 {count}개를 신청했습니다." if lang == "ko" else f"You signed up for {count} sessions."
    expect(page.get_by_text(done)).to_be_visible()
    expect(page.get_by_text("서로 겹치는 일정" if lang == "ko" else "These clash")).to_be_visible()
    expect(offers).to_have_count(0)
    expect(page.locator(".sessions .badge")).to_have_count(count)
    expect(page.locator(".sessions .clash")).to_have_count(2)
    assert len(entries(own_feed(page))) == count


def test_the_subscribe_menu_leads_to_each_calendar(
    model_day: ModelDay, guest: Guest, request: pytest.FixtureRequest
) -> None:
    sign_up(model_day, SESSION, KIM)
    page = guest("en")
    page.goto(model_day.page("follow-up"))
    menu = page.locator(WAYS).first
    menu.locator("summary").click()
    address = own_feed(page)
    links = {link.inner_text(): str(link.get_attribute("href")) for link in menu.locator("a").all()}

    assert links["Calendar on this device"] == address.replace("http://", "webcal://")
    assert parse_qs(urlsplit(links["Google Calendar"]).query)["cid"] == [
        address.replace("http://", "webcal://")
    ]
    assert {urlsplit(links[name]).hostname for name in ("Outlook.com", "Microsoft 365")} == {
        "outlook.live.com",
        "outlook.office.com",
    }
    with model_day.beside() as hub, hub.database.reading() as db:
        online = store.get_session(db, CONF, SESSION)
    assert entries(address) == {online.uid: online.title.ko}
    copy = menu.locator("button[data-copy]")
    if "no scripts" in request.node.name:
        expect(copy).to_be_hidden()
        expect(menu.locator("input")).to_be_visible()
        return
    copy.click()
    expect(page.locator("#notices").get_by_text("Copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == address
