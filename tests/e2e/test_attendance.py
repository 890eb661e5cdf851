"""Attendance in real browsers: a host's list, a certificate from the hall to the page that verifies it, and waiting."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import violations
from tests.e2e.conftest import ModelDay, Visit

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

REMOTE = "guest-088"
LANGUAGES = pytest.mark.parametrize(("lang", "scheme"), [("ko", "light"), ("en", "dark")])


def fits(page: Page) -> bool:
    """Return whether nothing is off-screen on a phone."""
    page.set_viewport_size({"width": 360, "height": 740})
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@LANGUAGES
def test_a_line_that_means_nobody_is_said_by_hand_and_asked_again_while_it_is_not_clear(
    model_day: ModelDay, enter: Visit, lang: str, scheme: str
) -> None:
    page = enter("organiser", lang=lang, scheme=scheme)
    page.goto(model_day.page("desk/attendance?mode=zoom"))
    number = page.locator("tbody tr[id] td").first.inner_text()
    page.goto(model_day.page(f"desk/attendance/list?lang={lang}"))
    page.locator("#listed").fill("iPhone")
    page.locator("main form button").click()
    said = page.locator("[name=said]")
    said.fill("zzz")
    assert violations(page) == []
    assert fits(page)

    page.locator("main form button").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    expect(said).to_have_value("zzz")
    assert violations(page) == []

    said.fill(number)
    page.locator("main form button").click()
    page.wait_for_url("**/desk/attendance")
    page.goto(model_day.page(f"desk/attendance?q={number}"))
    expect(page.locator("tbody tr[id] .badge[data-kind=live]")).to_have_count(1)


@LANGUAGES
def test_a_certificate_is_got_and_verified(model_day: ModelDay, enter: Visit, lang: str, scheme: str) -> None:
    desk = enter("organiser", lang=lang, scheme=scheme)
    for minute in (1, 61):
        model_day.at(minute)
        desk.goto(model_day.page(f"desk/attendance?lang={lang}&mode=metaverse"))
        desk.locator("tbody form.inline-form button").first.click()
        desk.wait_for_url("**/attendance?*#guest-*")
    guest = desk.url.rpartition("#guest-")[2]
    desk.goto(model_day.page("desk/attendance/settings"))
    desk.locator("[name=certificates]").check()
    desk.locator("[name=min_minutes]").fill("50")
    desk.locator("main form button").first.click()
    expect(desk.locator("[name=certificates]")).to_be_checked()

    model_day.at(100)
    mine = enter("attendee", guest, lang=lang, scheme=scheme)
    mine.goto(model_day.page(f"me?lang={lang}"))
    assert violations(mine) == []
    with mine.expect_download() as file:
        mine.locator("section[aria-labelledby=my-certificate] button").click()
    assert file.value.suggested_filename.endswith("-certificate.pdf")

    desk.goto(model_day.page("desk/attendance/certificates"))
    assert violations(desk) == []
    desk.locator("tbody a.figure").first.click()
    expect(desk.locator("#certificate-state .badge")).to_be_visible()
    expect(desk.locator("meta[name=robots]")).to_have_attribute("content", "noindex, nofollow")
    assert violations(desk) == []
    assert fits(desk)
    desk.goto(model_day.page("desk/attendance/sums"))
    assert violations(desk) == []
    assert fits(desk)


@LANGUAGES
def test_whoever_opens_the_personal_link_too_early_waits(
    model_day: ModelDay, enter: Visit, lang: str, scheme: str
) -> None:
    model_day.at(-600)
    page = enter("attendee", REMOTE, lang=lang, scheme=scheme)
    page.goto(model_day.page(f"me/wait?lang={lang}"))
    expect(page.locator("#left")).to_be_visible()
    assert violations(page) == []
    assert fits(page)


@LANGUAGES
def test_a_code_that_is_none_is_said_on_the_page_that_verifies(
    model_day: ModelDay, visit: Visit, lang: str, scheme: str
) -> None:
    page = visit(model_day.page(f"certificate?lang={lang}"), lang=lang, scheme=scheme)
    assert violations(page) == []
    page.locator("#code").fill("ABCD")
    page.locator("main form button").click()
    expect(page.locator("main .callout")).to_be_visible()
    expect(page.locator("#code")).to_have_value("ABCD")
    assert violations(page) == []
    assert fits(page)
