"""The model conference with the ids by which tests call its things: `guest-001`, `case-01`, `hall`."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from conference_hub.app import create_app, make_hub
from conference_hub.conferences.model import Conference
from conference_hub.conferences.store import all_conferences
from conference_hub.core import migrate
from conference_hub.core.config import load
from conference_hub.core.ids import new_id
from conference_hub.data import seeding
from conference_hub.web.hub import Hub

IDS: dict[str, dict[str, str]] = json.loads(
    (Path(__file__).parents[1] / "model_ids.json").read_text(encoding="utf-8")
)


def model_ids(kind: str, key: str) -> str:
    """Return the id by which tests call what people know by `key`; another thing gets a new one."""
    return IDS.get(kind, {}).get(key) or new_id()


def load_model_conference(hub: Hub, *, start: datetime | None = None) -> Conference:
    """Load the model conference as the product does, with the ids of tests."""
    given, hub.ids = hub.ids, model_ids
    try:
        return seeding.load_model_conference(hub, start=start)
    finally:
        hub.ids = given


def prepare(environment: Mapping[str, str]) -> None:
    """Put the model conference where a server with this environment keeps its data, unless there is one already."""
    hub = make_hub(load(environment, demo=True))
    try:
        migrate.upgrade(hub.database)
        with hub.database.reading() as db:
            empty = not all_conferences(db)
        if empty:
            with create_app(hub).app_context():
                load_model_conference(hub, start=hub.settings.demo_start or seeding.soon(hub.now()))
    finally:
        hub.database.close()


if __name__ == "__main__":
    prepare(os.environ)
