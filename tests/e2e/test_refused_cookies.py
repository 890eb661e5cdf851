"""A browser that blocks cookies: what cannot work without them says so, what can goes on."""

from __future__ import annotations

from functools import partial

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import ModelDay, Visit

pytestmark = pytest.mark.e2e

NO_STORAGE = """
Object.defineProperty(Document.prototype, 'cookie', { get: () => '', set: () => {} });
for (const name of ['localStorage', 'sessionStorage']) {
  Object.defineProperty(window, name, { get: () => { throw new DOMException('Access is denied', 'SecurityError'); } });
}
for (const [kind, act] of [[CacheStorage, 'open'], [ServiceWorkerContainer, 'register']]) {
  kind.prototype[act] = () => Promise.reject(new DOMException('Access is denied', 'SecurityError'));
}
"""
"""Chromium, as a page sees it while the user blocks cookies; `navigator.cookieEnabled` stays true."""
NOTICE = "#cookies-refused"
WORDS = {
    "ko": "쿠키가 차단되어 있어 로그인이 유지되지 않습니다.",
    "en": "Cookies are blocked, so you cannot stay signed in.",
}
ON_FORM = "그래도 이 안내가 나오면 쿠키가 차단되어 있는 것입니다."


@pytest.fixture
def blocking(visit: Visit) -> Visit:
    """Return `blocking(url, lang="ko")`: a browser that blocks cookies and what else Chromium then blocks."""
    return partial(visit, before=NO_STORAGE)


def press(page: Page, button: str) -> None:
    """Press a button of the page, whose browser has kept nothing."""
    page.context.clear_cookies()
    page.locator(button).click()


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize("path", ["/sign-in", "/link", "/checkin/pair", "/c/best-practice-2021/register"])
def test_page_to_sign_in_names_blocked_cookies_before_anything_is_typed(
    model_day: ModelDay, blocking: Visit, path: str, lang: str
) -> None:
    page = blocking(model_day.server.url + path, lang=lang)

    expect(page.locator(NOTICE)).to_contain_text(WORDS[lang])
    expect(page.locator(NOTICE)).to_contain_text(model_day.server.url.removeprefix("http://"))


def test_link_is_not_used_up_and_works_once_cookies_are_allowed(
    model_day: ModelDay, blocking: Visit, visit: Visit
) -> None:
    link = model_day.link("organiser")
    page = blocking(link)

    press(page, ".enter-button")

    expect(page.get_by_text(ON_FORM)).to_be_visible()
    expect(page.locator(NOTICE)).to_contain_text(WORDS["ko"])
    allowed = visit(link)
    allowed.get_by_role("button", name="입장하기").click()
    allowed.wait_for_url("**/c/best-practice-2021/**")


def test_reloading_a_link_keeps_its_code_while_cookies_are_blocked(
    model_day: ModelDay, blocking: Visit
) -> None:
    link = model_day.link("organiser")
    page = blocking(link)

    with page.expect_navigation():
        page.locator(NOTICE).get_by_role("button", name="새로 고침").click()

    expect(page.locator("#secret")).to_have_value(link.partition("#")[2])
    expect(page.locator("#secret")).to_be_hidden()


def test_password_is_not_said_to_be_wrong(model_day: ModelDay, blocking: Visit) -> None:
    page = blocking(f"{model_day.server.url}/sign-in")

    page.get_by_label("아이디").fill("kim")
    page.get_by_label("비밀번호").fill("correct horse battery")
    press(page, "main form button")

    expect(page.locator("main")).to_contain_text(ON_FORM)
    expect(page.get_by_label("아이디")).to_have_value("kim")


def test_device_is_not_paired_and_says_why(model_day: ModelDay, blocking: Visit) -> None:
    page = blocking(f"{model_day.server.url}/checkin/pair#AAAABBBBCCCC")

    press(page, ".enter-button")

    expect(page.locator("#pair-error")).to_contain_text(WORDS["ko"])


@pytest.mark.parametrize("path", ["live", "results", "", "screen/stage"])
def test_pages_for_everybody_follow_the_day_and_ask_for_no_cookies(
    model_day: ModelDay, blocking: Visit, path: str
) -> None:
    page = blocking(model_day.page(path))
    with page.expect_websocket():
        page.reload()

    expect(page.locator(NOTICE)).to_have_count(0)
    if path in {"live", "results"}:
        expect(page.locator("[data-connection]")).to_have_attribute("data-state", "live")
