"""Whether the audience may clap: organisers choose, and everybody is told."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.core.stream import Stream
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.integration.kinds import ON_SQLITE
from tests.law import Watch
from tests.model_day import CONF

pytestmark = ON_SQLITE

PAGE = f"/c/{CONF}/desk/screens"


def seen_on(page: str) -> str:
    found = re.search(r'name="seen" value="([0-9a-f]+)"', page)
    assert found is not None
    return found[1]


def known(hub: Hub) -> dict[Stream, Any]:
    """Return what is told of it, by stream."""
    with hub.database.reading() as db:
        found = {stream: hub.snapshot(db, CONF, stream).get("applause") for stream in Stream}
    return {stream: doc for stream, doc in found.items() if doc is not None}


def test_applause_is_taken_until_organisers_say_otherwise(seeded: Hub, sign_in: SignIn) -> None:
    organiser, watch, before = sign_in(Role.ORGANISER), Watch(seeded, CONF), known(seeded)
    off = organiser.post(f"{PAGE}/applause", data={"seen": seen_on(organiser.get(PAGE).text)})
    entries = watch.look()
    chosen = known(seeded)
    again = organiser.post(f"{PAGE}/applause", data={"seen": seen_on(organiser.get(PAGE).text)})

    assert (off.status_code, again.status_code) == (302, 302)
    assert (before, chosen) == ({}, {key: {"taken": False} for key in (Stream.PUBLIC, Stream.OPERATOR)})
    assert [(entry.topic, entry.stream) for entry in entries] == [
        ("ApplauseSet", Stream.PUBLIC),
        ("ApplauseSet", Stream.OPERATOR),
    ]
    assert watch.look() == []


def test_who_did_not_see_the_last_choice_is_told(seeded: Hub, sign_in: SignIn) -> None:
    organiser = sign_in(Role.ORGANISER)
    seen = seen_on(organiser.get(PAGE).text)
    organiser.post(f"{PAGE}/applause", data={"seen": seen})
    stale = organiser.post(f"{PAGE}/applause", data={"seen": seen, "taken": "on"})

    assert stale.status_code == 409
    assert known(seeded)[Stream.PUBLIC] == {"taken": False}


@pytest.mark.usefixtures("seeded")
def test_the_number_is_there_for_those_whom_no_socket_reaches(client: FlaskClient) -> None:
    answer = client.get(f"/api/v1/c/{CONF}/applause")

    assert (answer.json, answer.headers["Cache-Control"]) == ({"claps": 0}, "public, max-age=1")
    assert "Set-Cookie" not in answer.headers
    assert client.get("/api/v1/c/nowhere/applause").status_code == 404
