"""The model conference a week before its day, with registration that tests open, and browsers of strangers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from conference_hub.core.actor import Actor
from conference_hub.core.text import Text
from conference_hub.outbox import store as outbox
from conference_hub.outbox.model import Mail
from conference_hub.people.model import Mode
from conference_hub.registration import setup_store, store
from conference_hub.registration.model import (
    Consent,
    ConsentId,
    Kind,
    Opening,
    Question,
    QuestionId,
    Registration,
    Settings,
    Setup,
)
from conference_hub.registration.visitors import around_of
from conference_hub.web.hub import Hub
from tests.model_day import CONF, FakeNow

QUESTION = Question(id=QuestionId("title"), position=1, kind=Kind.LINE, label=Text.of("직함"), required=True)
CONSENT = Consent(id=ConsentId("news"), position=1, title=Text.of("소식"), body=Text.of("메일, 1년"))
OPEN = Settings(
    opening=Opening.OPEN,
    capacity={Mode.ONSITE: 2, Mode.ONLINE: None},
    notice=Text.of("이름과 메일, 석 달"),
    notice_version=3,
)


@dataclass(kw_only=True)
class Desk:
    """What tests of registration do and read: `open` sets it up, `form` registers, the rest reads the database."""

    hub: Hub
    app: Flask
    stranger: FlaskClient = field(init=False)

    def __post_init__(self) -> None:
        self.stranger = self.app.test_client()

    def opened(self, *, asked: bool = False, **settings: object) -> None:
        """Open registration; `asked`: with a required question and a consent."""
        setup = Setup(settings=replace(OPEN, **settings), revision=1, changed_by="김주최")  # type: ignore[arg-type]
        if asked:
            setup = replace(setup, questions=(QUESTION,), consents=(CONSENT,))
        with self.hub.database.writing() as db:
            setup_store.save_setup(db, CONF, setup)

    def form(self, name: str, /, **fields: str) -> TestResponse:
        """Register somebody, on site unless `fields` say otherwise."""
        person = {"name": name, "email": f"{name}@example.com", "mode": "onsite"}
        return self.stranger.post(f"/c/{CONF}/register", data={**person, **fields})

    def find(self, name: str) -> Registration | None:
        with self.hub.database.reading() as db:
            return store.registration_at(db, CONF, f"{name}@example.com")

    def get(self, name: str) -> Registration:
        found = self.find(name)
        assert found is not None
        return found

    def states(self) -> dict[str, str]:
        """Where everybody stands, in the order of the queue."""
        with self.hub.database.reading() as db:
            return {one.person.name: one.state.value for one in store.registrations(db, CONF)}

    def mails(self, name: str) -> list[Mail]:
        """The mails to somebody, the first one first."""
        with self.hub.database.reading() as db:
            found = outbox.mails(db, CONF, most=1000)
        return [mail for mail in reversed(found) if mail.to_address == f"{name}@example.com"]

    def own(self, name: str) -> FlaskClient:
        """A browser that opened the last link that somebody was sent; a mail that was sent has it no more."""
        browser, link = self.app.test_client(), around_of(self.hub, CONF).link(self.get(name))
        opened = browser.post(f"/c/{CONF}/registration/open", data={"secret": link.partition("#")[2]})
        assert opened.status_code == 302, opened.text
        return browser

    def setup(self) -> Setup:
        with self.hub.database.reading() as db:
            return setup_store.setup_of(db, CONF)


SYSTEM = Actor.system("test")


@pytest.fixture
def desk(seeded: Hub, app: Flask, now: FakeNow) -> Desk:
    now.instant -= timedelta(days=7)
    return Desk(hub=seeded, app=app)
