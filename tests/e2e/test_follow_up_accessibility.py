"""axe finds nothing serious on the pages of the follow-up while a change waits, an answer too, and a guest answered."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from conference_hub.core.actor import Actor
from conference_hub.followup import actions, answering, keeping, store
from conference_hub.followup.invitations import Answer
from conference_hub.followup.own_agenda import ItemKind, KeptItem
from tests.e2e.axe import violations
from tests.e2e.conftest import ModelDay, Visit
from tests.e2e.follow_up import KIM, LEE, OTHER, SESSION, answer, invitation, sign_up
from tests.model_day import CONF

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

DESK = ["desk/follow-up", f"desk/follow-up/{SESSION}/sign-ups", "desk/follow-up/answers"]


@pytest.fixture
def invited(model_day: ModelDay) -> str:
    """Return the path of an invitation to a session that was moved since, onto another one of this guest."""
    sign_up(model_day, SESSION, KIM, LEE)
    sign_up(model_day, OTHER, KIM)
    answer(model_day, "alias@example.org", "ACCEPTED")
    with model_day.beside() as hub:
        with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
            other = store.get_session(write.session, CONF, OTHER)
            actions.reschedule(write, SESSION, other.starts_at, other.ends_at, seen=None)
            answering.answer(write, SESSION, KIM, Answer.ACCEPTED)
            keeping.keep(write, KIM, KeptItem(kind=ItemKind.SESSION, id="session-3"))
        return f"/invited/{invitation(hub).token}"


@pytest.mark.parametrize(("lang", "scheme"), [("ko", "light"), ("en", "dark")])
def test_axe_finds_nothing_serious_while_something_waits(
    model_day: ModelDay, invited: str, enter: Visit, lang: str, scheme: str
) -> None:
    found: list[str] = []
    page = enter("organiser", lang=lang, scheme=scheme)
    for path in DESK:
        page.goto(model_day.page(path))
        found += violations(page)

    page.goto(model_day.page(f"desk/follow-up/{SESSION}"))
    page.locator("#ends_at").fill(str(page.locator("#ends_at").input_value()).replace(":00", ":30"))
    page.get_by_role("button", name="저장" if lang == "ko" else "Save", exact=True).click()
    expect(page.locator("#tell-error")).to_be_visible()
    found += violations(page)

    page = enter("attendee", KIM, lang=lang, scheme=scheme)
    for address in (model_day.server.url + invited, model_day.page("follow-up"), model_day.page("me")):
        page.goto(address)
        page.locator("details.subscribe-ways").evaluate_all(
            "all => all.forEach((one) => { one.open = true; })"
        )
        found += violations(page)
    assert found == []
