"""What is asked for again and again, and has not changed, costs one statement."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from conference_hub.followup.own_calendar_store import calendar_token
from conference_hub.web.hub import Hub
from tests.model_day import CONF

STATE = f"/api/v1/c/{CONF}/state?stream=public"


@contextmanager
def statements(hub: Hub) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    sa.event.listen(hub.database.engine, "before_cursor_execute", note)
    yield seen
    sa.event.remove(hub.database.engine, "before_cursor_execute", note)


def personal(hub: Hub) -> str:
    with hub.database.writing() as db:
        return f"/cal/{calendar_token(db, CONF, 'guest-001')}.ics"


@pytest.mark.parametrize("name", ["agenda", "follow-up", "personal"])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_unchanged_calendar_takes_one_statement(seeded: Hub, client: FlaskClient, name: str) -> None:
    path = personal(seeded) if name == "personal" else f"/c/{CONF}/{name}.ics"
    tag = client.get(path).headers["ETag"]

    with statements(seeded) as asked:
        answer = client.get(path, headers={"If-None-Match": tag})

    assert answer.status_code == 304
    assert len(asked) == 1, asked


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_unchanged_state_takes_one_statement(seeded: Hub, client: FlaskClient) -> None:
    head = client.get(STATE).get_json()["head"]
    client.get(f"{STATE}&after={head}")  # rendered once for all who know this head

    with statements(seeded) as asked:
        answer = client.get(f"{STATE}&after={head}")

    assert answer.get_json()["entries"] == []
    assert len(asked) == 1, asked


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_state_of_no_conference_is_not_found(seeded: Hub, client: FlaskClient) -> None:
    assert seeded is not None
    assert client.get("/api/v1/c/no-such/state?stream=public").status_code == 404
