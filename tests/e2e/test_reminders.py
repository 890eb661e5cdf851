"""Reminders of sessions: chosen on the desk, sent when they are due, to those who have a seat and want them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from conference_hub.followup import actions, store
from conference_hub.followup.model import OnlineSession
from conference_hub.people.mail_choices import MailChoices, choose
from tests.e2e.conftest import ModelDay, Visit, running_day
from tests.e2e.mail_day import SYSTEM, address, reachable, refusable
from tests.model_day import CONF
from tests.services.machine import wait_until
from tests.services.mail_receiver import MailReceiver

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

SESSION = "session-1"
SEATED, REFUSING, WITHOUT_SEAT = "guest-001", "guest-002", "guest-003"
DAY, SOON = timedelta(days=1), timedelta(minutes=10)
SAVED = {"ko": "저장했습니다.", "en": "Saved."}
LEADS = {"ko": ("하루 전", "10분 전"), "en": ("A day before", "10 minutes before")}
LONG_S = 60.0
SEOUL = ZoneInfo("Asia/Seoul")


@pytest.fixture
def model_day(tmp_path: Path, mail_receiver: MailReceiver) -> Iterator[ModelDay]:
    """A hub that sends its mails to the mail server of the tests."""
    with running_day(tmp_path, extra_env=mail_receiver.environment) as day:
        yield day


def sign_up(day: ModelDay, lang: str) -> OnlineSession:
    """Give two people a seat, of whom one wants no reminders."""
    with day.beside() as hub:
        reachable(hub, [SEATED, REFUSING, WITHOUT_SEAT], lang)
        with hub.journal.writing(CONF, actor=SYSTEM) as write:
            for one in (SEATED, REFUSING):
                actions.sign_up(hub, write, SESSION, one)
            choose(write, REFUSING, MailChoices(day_ahead=False, shortly=False), ())
            return store.get_session(write.session, CONF, SESSION)


def reminded(receiver: MailReceiver, number: int) -> list[str]:
    """Wait until so many reminders arrived; return whom they reached."""
    wait_until(lambda: len(refusable(receiver, "reminders")) >= number, f"{number} reminders", LONG_S)
    return [one.to for one in refusable(receiver, "reminders")]


def send(desk: Page, lang: str, *, day_ahead: bool, shortly: bool) -> None:
    """Choose on the desk which reminders are sent."""
    desk.locator("[name=day_ahead]").set_checked(day_ahead)
    desk.locator("[name=shortly]").set_checked(shortly)
    desk.locator("main form[action$='/reminders'] button").click()
    expect(desk.get_by_text(SAVED[lang], exact=True)).to_be_visible()
    expect(desk.locator("[name=day_ahead]")).to_be_checked(checked=day_ahead)
    expect(desk.locator("[name=shortly]")).to_be_checked(checked=shortly)


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_reminders_reach_who_has_a_seat_and_wants_them_and_follow_a_move(
    model_day: ModelDay, enter: Visit, mail_receiver: MailReceiver, lang: str
) -> None:
    online = sign_up(model_day, lang)
    page = model_day.page(f"desk/follow-up/reminders?lang={lang}")
    desk = enter("organiser", lang=lang)
    desk.goto(page)
    send(desk, lang, day_ahead=True, shortly=False)

    model_day.stop_at(online.starts_at - DAY)
    assert reminded(mail_receiver, 1) == [address(SEATED)]

    moved = online.starts_at + 2 * DAY
    desk = enter("organiser", lang=lang)
    desk.goto(model_day.page(f"desk/follow-up/{SESSION}"))
    move(desk, online, 2 * DAY)
    model_day.stop_at(online.starts_at - SOON)
    model_day.stop_at(moved - DAY)
    assert reminded(mail_receiver, 2) == [address(SEATED)] * 2

    desk = enter("organiser", lang=lang)
    desk.goto(page)
    send(desk, lang, day_ahead=True, shortly=True)
    model_day.stop_at(moved - SOON)
    assert reminded(mail_receiver, 3) == [address(SEATED)] * 3

    desk.reload()
    expect(desk.locator("tbody tr")).to_have_count(3)
    ahead, shortly = LEADS[lang]
    assert Counter(desk.locator("tbody td a").all_inner_texts()) == Counter({ahead: 2, shortly: 1})
    desk.locator("tbody td a").first.click()
    expect(desk.locator(".sending dd[id^=total-]")).to_have_text("1")


def move(desk: Page, online: OnlineSession, by: timedelta) -> None:
    """Move a session on the desk, and tell those who signed up."""
    for name in ("starts_at", "ends_at"):
        at = getattr(online, name) + by
        desk.locator(f"[name={name}]").fill(at.astimezone(SEOUL).strftime("%Y-%m-%dT%H:%M"))
    desk.locator("form.form button").last.click()
    tell = desk.locator("[name=tell]")
    expect(tell).to_be_visible()
    tell.check()
    desk.locator("form.form button").last.click()
    expect(tell).to_have_count(0)
