"""Mails to many, from the preview on the desk to the mailbox, and how their readers refuse further ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from conference_hub.followup import sign_up_store, store
from conference_hub.followup.model import Material, SessionId, SignUp
from conference_hub.people.mail_choices import EVERYTHING, MailChoices
from conference_hub.people.model import GuestId
from tests.e2e.axe import violations
from tests.e2e.conftest import LOCALES, ModelDay, Visit, running_day
from tests.e2e.mail_day import SYSTEM, address, choices, one_press, reachable, refusable
from tests.model_day import CONF
from tests.services.machine import wait_until
from tests.services.mail_receiver import MailReceiver, Taken

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

WITH_SCRIPT, WITHOUT, BY_PROGRAM, CONTENT = "guest-001", "guest-002", "guest-003", "guest-004"
REFUSING = (WITH_SCRIPT, WITHOUT, BY_PROGRAM)
SESSION = SessionId("session-1")
NO_NEWS = MailChoices(news=False)
KO = {
    "write": "메일 쓰기",
    "to": "이번에 받는 사람",
    "had": "이미 받은 사람",
    "refused": "이런 메일을 받지 않는 사람",
    "nowhere": "메일 주소가 없는 사람",
    "one": "1명",
    "three": "3명",
    "nobody": "지금 이 메일을 받을 사람이 더 없습니다.",
    "done": "끝남",
    "saved": "저장했습니다.",
}
EN = {
    "write": "Write to many",
    "to": "Get it now",
    "had": "Had it already",
    "refused": "Want no such e-mails",
    "nowhere": "Have no e-mail address",
    "one": "1 guest",
    "three": "3 guests",
    "nobody": "Nobody is left to get this e-mail now.",
    "done": "Done",
    "saved": "Saved.",
}


@pytest.fixture
def model_day(tmp_path: Path, mail_receiver: MailReceiver) -> Iterator[ModelDay]:
    """A hub that sends its mails to the mail server of the tests."""
    with running_day(tmp_path, extra_env=mail_receiver.environment) as day:
        yield day


def counted(page: Page) -> dict[str, str]:
    """Return what the preview says of who gets the mail and who does not."""
    names, numbers = (page.locator(f"dl.facts {tag}").all_inner_texts() for tag in ("dt", "dd"))
    return dict(zip(names, numbers, strict=True))


def press(page: Page) -> None:
    """Send what the preview shows, and say yes to the question."""
    send = page.locator("form[data-confirm] button")
    label = send.inner_text()
    send.click()
    page.get_by_role("dialog").get_by_role("button", name=label, exact=True).click()
    page.wait_for_url(re.compile("/desk/mail(/sendings|[?])"))


def expect_sent(page: Page, day: ModelDay, words: dict[str, str], number: int) -> None:
    """Wait until the newest sending is over; everybody it is for got theirs."""
    page.goto(day.page("desk/mail/sendings"))
    sending = page.locator(".sending").first
    expect(sending.locator("[id^=standing-]")).to_have_text(words["done"], timeout=60_000)
    expect(sending.locator("dd[id^=gone-]")).to_have_text(str(number))
    expect(sending.locator("dd[id^=total-]")).to_have_text(str(number))


def arrived(receiver: MailReceiver, number: int) -> list[Taken]:
    """Wait until so many news arrived; return them by their readers."""
    wait_until(lambda: len(refusable(receiver, "news")) >= number, f"{number} mails", 60)
    return sorted(refusable(receiver, "news"), key=lambda one: one.to)


def add_recording(day: ModelDay) -> None:
    """Everybody signed up for a session that began, and has a recording."""
    with day.beside() as hub, hub.journal.writing(CONF, actor=SYSTEM) as write:
        online = store.get_session(write.session, CONF, SESSION)
        for one in (*REFUSING, CONTENT):
            sign_up = SignUp(session_id=SESSION, guest_id=GuestId(one), at=write.at)
            sign_up_store.save_sign_up(write.session, CONF, sign_up)
        shown = (Material(title="녹화", url="https://example.com/video"),)
        store.save_session(write.session, replace(online, materials=shown))
    day.stop_at(online.ends_at)


def refuse_news(page: Page, url: str, saved: str) -> None:
    """Refuse news on the page of one's choices."""
    page.goto(url)
    page.locator("[name=news]").uncheck()
    page.locator("main form button").click()
    expect(page.get_by_text(saved)).to_be_visible()
    expect(page.locator("[name=news]")).not_to_be_checked()
    expect(page.locator("[name=day_ahead]")).to_be_checked()


@pytest.mark.parametrize(("lang", "words"), [("ko", KO), ("en", EN)])
def test_news_reach_those_they_are_for_once_and_not_who_refuses_them(
    model_day: ModelDay,
    enter: Visit,
    visit: Visit,
    browser: Browser,
    mail_receiver: MailReceiver,
    lang: str,
    words: dict[str, str],
) -> None:
    with model_day.beside() as hub:
        reachable(hub, REFUSING, lang)
    desk = enter("organiser", lang=lang)
    desk.goto(model_day.page(f"desk/mail?lang={lang}"))
    desk.get_by_role("link", name=words["write"], exact=True).click()
    desk.locator("[aria-labelledby=kind-doors-open] li a").click()
    preview = desk.url
    assert counted(desk)[words["to"]] == words["three"]
    assert {words["had"], words["refused"]}.isdisjoint(counted(desk))
    assert violations(desk) == []

    press(desk)

    first = arrived(mail_receiver, 3)
    assert [one.to for one in first] == [address(one) for one in REFUSING]
    expect_sent(desk, model_day, words, 3)
    desk.goto(preview)
    expect(desk.get_by_text(words["nobody"])).to_be_visible()
    with model_day.beside() as hub:
        reachable(hub, (*REFUSING, CONTENT), lang)
    desk.reload()
    assert (counted(desk)[words["to"]], counted(desk)[words["had"]]) == (words["one"], words["three"])
    press(desk)
    expect_sent(desk, model_day, words, 1)
    assert [one.to for one in arrived(mail_receiver, 4)][3:] == [address(CONTENT)]

    for one in first:
        assert one.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        reader = visit(one_press(one), width=360, height=740, lang=lang)
        expect(reader.locator("[name=news]")).to_be_checked()
        assert violations(reader) == []
    with model_day.beside() as hub:
        assert [choices(hub, one) for one in REFUSING] == [EVERYTHING] * 3

    pages = [next(iter(re.findall(r"http\S+/u/\S+", one.text))) for one in first]
    refuse_news(visit(pages[0], width=360, height=740, lang=lang), pages[0], words["saved"])
    with browser.new_context(java_script_enabled=False, locale=LOCALES[lang]) as context:
        refuse_news(context.new_page(), pages[1], words["saved"])
    with urlopen(Request(one_press(first[2]), b"List-Unsubscribe=One-Click"), timeout=30) as answer:
        assert answer.status == 200
    with model_day.beside() as hub:
        assert [choices(hub, one) for one in (*REFUSING, CONTENT)] == [NO_NEWS] * 3 + [EVERYTHING]

    add_recording(model_day)
    desk = enter("organiser", lang=lang)
    desk.goto(model_day.page(f"desk/mail/write/recording/{SESSION}?lang={lang}"))
    assert counted(desk) == {words["to"]: words["one"], words["refused"]: words["three"]}
    press(desk)
    expect_sent(desk, model_day, words, 1)
    assert [one.to for one in refusable(mail_receiver, "news")][4:] == [address(CONTENT)]
