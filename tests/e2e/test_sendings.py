"""The desk's page of sendings: its numbers follow what is sent without a reload, and it stops what is under way."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from conference_hub.core.actor import Actor
from conference_hub.core.text import Text
from conference_hub.outbox.actions import put
from conference_hub.outbox.model import Draft, SendingId
from conference_hub.outbox.retries import Delivered, Rejected
from conference_hub.outbox.sending import Sender
from conference_hub.outbox.sendings import start_sending
from conference_hub.web.hub import Hub
from tests.e2e.conftest import ModelDay, Visit
from tests.e2e.follow_up import MailServer
from tests.model_day import CONF

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]


def begin(hub: Hub, number: int) -> SendingId:
    with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        sending = start_sending(write, "test", Text(ko="시간 변경", en="Moved"))
        for one in range(number):
            draft = Draft(kind="test", to_name="", to_address=f"{one}@example.com", subject="x", content="x")
            put(write, Draft(**{**vars(draft), "sending_id": sending}))
    return sending


@pytest.mark.parametrize(("lang", "width"), [("ko", 360), ("en", 1440)])
def test_the_numbers_follow_what_is_sent_and_a_sending_is_stopped(
    model_day: ModelDay, enter: Visit, lang: str, width: int
) -> None:
    with model_day.beside() as hub:
        sending = begin(hub, 4)
        page = enter("organiser", lang=lang, width=width)
        page.goto(model_day.page("desk/mail/sendings"))
        page.evaluate("window.kept = true")
        left, gone, failed = (page.locator(f"#{name}-{sending}") for name in ("left", "gone", "failed"))
        expect(left).to_have_text("4")
        expect(page.locator(f"#retry-{sending}")).to_be_hidden()

        refusing = MailServer(
            lambda letter: Rejected(reason="550") if letter.to.startswith("2") else Delivered()
        )
        Sender(hub=hub, carrier=refusing).send_waiting()

        expect(gone).to_have_text("3", timeout=60_000)
        expect(left).to_have_text("0")
        expect(failed).to_have_text("1")
        expect(page.locator(f"#standing-{sending}")).to_have_text("Done" if lang == "en" else "끝남")
        expect(page.locator(f"#stop-{sending}")).to_be_hidden()
        assert page.evaluate("window.kept")

        page.locator(f"#retry-{sending} button").click()
        expect(left).to_have_text("1")
        page.locator(f"#stop-{sending} button").click()
        stop = "Stop" if lang == "en" else "그만 보내기"
        page.get_by_role("dialog").get_by_role("button", name=stop, exact=True).click()
        expect(page.locator(f"#standing-{sending}")).to_have_text("Stopped" if lang == "en" else "그만 보냄")
        expect(page.locator(f"#other-{sending}")).to_have_text("1", timeout=60_000)  # the hub withdrew it
