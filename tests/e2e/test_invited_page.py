"""A guest's own page of a session in a real browser: answer, then join the meeting, which is another site."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Browser, expect

from conference_hub.core.actor import Actor
from conference_hub.followup import actions, answer_store, invitation_store, store
from conference_hub.followup.answers import said
from conference_hub.followup.invitations import Answer
from conference_hub.followup.model import SessionId
from tests.e2e.conftest import ModelDay
from tests.e2e.gate_screen import PHONE
from tests.model_day import CONF

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

GUEST, SESSION = "guest-088", SessionId("session-1")
WORDS = {
    "ko": ("America/Los_Angeles 시간으로는", "참석합니다", "지금 답: 참석합니다", "참여하기"),
    "en": ("In America/Los_Angeles time", "I will come", "Your answer: I will come", "Join now"),
}


class Meeting(BaseHTTPRequestHandler):
    """The meeting, at a site of its own."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"<h1>The meeting</h1>")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def meeting() -> Iterator[str]:
    """Run the meeting until the block ends; gives its address, of another origin than the hub's."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Meeting) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://localhost:{server.server_port}/room"
        server.shutdown()
        thread.join()


def invite(day: ModelDay, url: str) -> str:
    """Hold the session at the hub's time with a meeting at `url`, sign the guest up, and return the page's address."""
    with day.beside() as hub, hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        online = store.get_session(write.session, CONF, SESSION)
        begins = day.opening
        moved = replace(online, url=url, starts_at=begins, ends_at=begins + timedelta(hours=5))
        store.save_session(write.session, moved)
        actions.sign_up(hub, write, SESSION, GUEST)
        return f"/invited/{invitation_store.get(write.session, CONF, SESSION, GUEST).token}"


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_a_guest_answers_and_joins(model_day: ModelDay, browser: Browser, lang: str) -> None:
    own_time, yes, answered, join = WORDS[lang]
    with meeting() as url:
        path = invite(model_day, url)
        model_day.at(0)
        context = browser.new_context(
            locale=lang,
            timezone_id="America/Los_Angeles",
            viewport=PHONE,  # type: ignore[arg-type]
        )
        page = context.new_page()
        page.goto(f"{model_day.server.url}{path}?lang={lang}")

        expect(page.locator("#viewer-time")).to_contain_text(own_time)
        assert url not in page.content()
        page.get_by_role("button", name=yes).click()
        expect(page.get_by_text(answered)).to_be_visible()
        page.get_by_role("button", name=join).click()
        expect(page.get_by_role("heading", name="The meeting")).to_be_visible()
        assert page.url == url
        context.close()

    with model_day.beside() as hub, hub.database.reading() as db:
        assert said(invitation_store.get(db, CONF, SESSION, GUEST)) is Answer.ACCEPTED
        assert list(answer_store.joined(db, CONF, SESSION)) == [GUEST]
