"""Certificates for follow-up sessions, from the desk's terms to the page that verifies one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pypdf
import pytest
from playwright.sync_api import Page, expect

from conference_hub.attendance import certificate_store
from conference_hub.attendance.certificates import Certificate, shown_code
from conference_hub.followup import answer_store, store
from conference_hub.followup.joining import Joined, JoinedBy
from conference_hub.people.model import GuestId
from tests.e2e.conftest import ModelDay, Visit
from tests.model_day import CONF

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

EARNED, TOO_FEW, ABSENT = "guest-001", "guest-002", "guest-003"
SECTION = "section[aria-labelledby=my-sessions-certificate]"
KO = {
    "needed": "증명서는 세션 2개 이상 참석한 분에게 발급합니다.",
    "valid": "이 증명서는 유효합니다.",
    "revoked": "이 증명서는 취소되었습니다.",
    "pdf": "후속세션에참석하였음을증명합니다.",
    "before": ["2명", "1명", "0명", "1명"],
    "after": ["2명", "1명", "1명", "0명"],
}
EN = {
    "needed": "Certificates go to those who attended at least 2 sessions.",
    "valid": "This certificate is valid.",
    "revoked": "This certificate was revoked.",
    "pdf": "Sessionsattended",
    "before": ["2 guests", "1 guest", "0 guests", "1 guest"],
    "after": ["2 guests", "1 guest", "1 guest", "0 guests"],
}


def attend(day: ModelDay) -> None:
    """One guest attended two sessions, another one of them; both are over."""
    with day.beside() as hub, hub.database.writing() as db:
        first, second, *_ = store.public_sessions(db, CONF)
        for guest_id, online, minutes in (
            (EARNED, first, 50),
            (EARNED, second, None),
            (TOO_FEW, first, 20),
        ):
            joined = Joined(
                session_id=online.id,
                guest_id=GuestId(guest_id),
                joined_at=online.starts_at,
                minutes=minutes,
                source=JoinedBy.LINK,
            )
            answer_store.save_joined(db, CONF, joined)
    day.stop_at(max(first.ends_at, second.ends_at) + timedelta(minutes=1))


def certificates(day: ModelDay) -> list[Certificate]:
    with day.beside() as hub, hub.database.reading() as db:
        return list(certificate_store.all_certificates(db, CONF))


def mine(day: ModelDay, enter: Visit, guest_id: str, lang: str) -> Page:
    """Return a guest's own page on a phone."""
    page = enter("attendee", guest_id, lang=lang, width=360, height=740)
    page.goto(day.page(f"me?lang={lang}"))
    page.locator("main h1").wait_for()
    return page


@pytest.mark.parametrize(("lang", "words"), [("ko", KO), ("en", EN)])
def test_who_attended_enough_gets_a_certificate_that_can_be_verified(
    model_day: ModelDay, enter: Visit, visit: Visit, lang: str, words: dict[str, Any]
) -> None:
    attend(model_day)
    desk = enter("organiser", lang=lang)
    desk.goto(model_day.page(f"desk/attendance/settings?lang={lang}"))
    desk.locator("[name=follow_up]").check()
    desk.locator("[name=min_sessions]").fill("2")
    desk.locator("main form.form button").first.click()
    expect(desk.locator("[name=follow_up]")).to_be_checked()
    desk.goto(model_day.page("desk/follow-up/certificates"))
    expect(desk.locator("dd.figure")).to_have_text(words["before"])

    expect(mine(model_day, enter, ABSENT, lang).locator(SECTION)).to_have_count(0)
    few = mine(model_day, enter, TOO_FEW, lang).locator(SECTION)
    expect(few).to_contain_text(words["needed"])
    expect(few.get_by_role("button")).to_have_count(0)

    own = mine(model_day, enter, EARNED, lang)
    with own.expect_download() as file:
        own.locator(f"{SECTION} button").click()
    pages: Any = pypdf.PdfReader(file.value.path()).pages
    [certificate] = certificates(model_day)
    written = "".join("".join(page.extract_text().split()) for page in pages)
    assert certificate.guest_id == EARNED
    assert words["pdf"] in written
    assert shown_code(certificate.code) in written
    for one in certificate.sessions:
        assert "".join(one.title.in_language(lang).split()) in written

    page = visit(model_day.page(f"certificate/{shown_code(certificate.code)}?lang={lang}"), lang=lang)
    expect(page.get_by_text(words["valid"])).to_be_visible()

    desk.reload()
    expect(desk.locator("dd.figure")).to_have_text(words["after"])
    desk.locator("form[action$='/follow-up/certificates'] button").click()
    desk.wait_for_load_state()
    expect(desk.locator("dd.figure")).to_have_text(words["after"])
    assert [one.guest_id for one in certificates(model_day)] == [EARNED]

    revoke(model_day, desk)
    page.reload()
    expect(page.get_by_text(words["revoked"])).to_be_visible()


def revoke(day: ModelDay, desk: Page) -> None:
    """Revoke the only certificate on the desk."""
    desk.goto(day.page("desk/attendance/certificates"))
    button = desk.locator("form[action$='/revoke'] button")
    label = button.inner_text()
    button.click()
    desk.get_by_role("dialog").get_by_role("button", name=label, exact=True).click()
    expect(button).to_have_count(0)
