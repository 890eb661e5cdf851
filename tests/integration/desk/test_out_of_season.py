"""What reaches a guest of a conference that is a draft or archived: nothing is let in, and nothing leaks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from conference_hub.access import actions
from conference_hub.access.model import Role
from conference_hub.checkin.store import find_presence
from conference_hub.conferences.model import Archived, State
from conference_hub.conferences.store import get_conference, save_conference
from conference_hub.core.actor import Actor
from conference_hub.followup.own_calendar_store import calendar_token
from conference_hub.web.hub import Hub
from tests.integration.kinds import ON_SQLITE
from tests.model_day import CONF

pytestmark = ON_SQLITE

GUEST = "guest-088"


@pytest.fixture(params=["draft", "archived"])
def away(request: pytest.FixtureRequest, seeded: Hub) -> Hub:
    """The hub, with the model conference a draft or archived."""
    with seeded.database.writing() as db:
        own = get_conference(db, CONF)
        archived = Archived(at=seeded.now(), by="김주최", before=State.OVER)
        changed = (
            replace(own, state=State.DRAFT)
            if request.param == "draft"
            else replace(own, state=State.ARCHIVED, archived=archived)
        )
        save_conference(db, changed)
    return seeded


def test_a_personal_link_checks_nobody_in(away: Hub, app: Flask) -> None:
    client = app.test_client()
    with away.database.writing() as db:
        secret = actions.make_link(
            db, conf=CONF, role=Role.ATTENDEE, at=away.now(), guest_id=GUEST, by=Actor.system("test")
        )

    answer = client.post("/link", data={"secret": secret})

    assert (answer.status_code, answer.location) == (302, f"/c/{CONF}/me")
    with away.database.reading() as db:
        assert find_presence(db, CONF, GUEST) is None


def test_the_personal_calendar_of_a_draft_is_not_there(away: Hub, client: FlaskClient) -> None:
    with away.database.writing() as db:
        token = calendar_token(db, CONF, GUEST)
        state = get_conference(db, CONF).state

    assert client.get(f"/cal/{token}.ics").status_code == (404 if state is State.DRAFT else 200)


def test_pages_of_an_archived_conference_say_so_and_name_nobody(away: Hub, client: FlaskClient) -> None:
    page = client.get(f"/c/{CONF}/")

    archived = page.status_code == 200
    assert ("보관된 행사입니다." in page.text) == archived
    assert "김주최" not in page.text
