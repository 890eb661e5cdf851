"""The model conference made again on the desk by its lists alone, one file after another, in an empty hub."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from conference_hub.access.actions import make_link
from conference_hub.access.model import Role
from conference_hub.app import create_app, make_hub
from conference_hub.conferences.store import get_conference
from conference_hub.core import migrate
from conference_hub.core.actor import Actor
from conference_hub.core.config import load
from conference_hub.data import exporting, importing
from conference_hub.web.hub import Hub
from tests.model_day import CONF, FakeNow

DESK = f"/c/{CONF}/desk/files"
BY_ACCOUNT = {"team"}
"""Parts that are no matter of lists of the model conference."""


@pytest.fixture
def empty(tmp_path: Path, now: FakeNow) -> Iterator[Hub]:
    url = f"sqlite:///{tmp_path / 'second.sqlite3'}"
    hub = make_hub(
        load({"HUB_DATABASE_URL": url, "HUB_DATA_DIR": str(tmp_path / "second")}, demo=True), now=now
    )
    migrate.upgrade(hub.database)
    yield hub
    hub.database.close()


def organiser_of(hub: Hub) -> FlaskClient:
    app = create_app(hub)
    app.config["WTF_CSRF_ENABLED"] = False
    app.testing = True
    with hub.database.writing() as db:
        secret = make_link(db, conf=CONF, role=Role.ORGANISER, at=hub.now(), name="", by=Actor.system("test"))
    client = app.test_client()
    client.post("/link", data={"secret": secret})
    return client


def whole(hub: Hub) -> dict[str, Any]:
    with hub.database.reading() as db:
        found: dict[str, Any] = json.loads(
            exporting.conference_file(hub, db, get_conference(db, CONF)).as_json()
        )
    return found


def as_list(hub: Hub, name: str, form: str) -> bytes:
    with hub.database.reading() as db:
        conference = get_conference(db, CONF)
        file = exporting.conference_file(hub, db, conference)
    part = next(part for part in file.records if part.name == name)
    sheet = exporting.sheet(part, file.records[part], file.context, file.extra[name], str)
    return b"".join(exporting.csv_of(sheet)) if form == "csv" else exporting.workbook([sheet])


def bring(desk: FlaskClient, part: str, data: bytes, form: str) -> None:
    sent = desk.post(
        f"{DESK}/import/{part}", data={"file": (io.BytesIO(data), f"{part}.{form}"), "gone": "remove"}
    )
    page = desk.get(sent.location).text
    token = re.search(r'name="token" value="(\w+)"', page)
    assert token is not None, page
    desk.post(f"{sent.location}/apply", data={"token": token[1]})
    assert desk.get(sent.location).location == DESK


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_lists_alone_make_the_model_conference(seeded: Hub, empty: Hub, form: str) -> None:
    model = whole(seeded)
    only = {name: model[name] for name in ("format", "kind", "conference")}
    loaded = importing.load_new(empty, json.dumps(only).encode())
    with empty.database.reading() as db:
        comparison = importing.compare(empty, db, "", loaded, fresh=True)
    importing.put_new(empty, comparison, Actor.system("seed"))
    desk = organiser_of(empty)

    for name, records in model.items():
        if isinstance(records, list) and records and name not in BY_ACCOUNT and whole(empty)[name] != records:
            bring(desk, name, as_list(seeded, name, form), form)

    assert whole(empty) == model
