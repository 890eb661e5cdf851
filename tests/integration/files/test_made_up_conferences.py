"""Conferences made up by chance go into an empty hub, out, into a second one and out again, the same, in both forms."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from conference_hub.app import make_hub
from conference_hub.conferences.store import get_conference
from conference_hub.core import migrate
from conference_hub.core.actor import Actor
from conference_hub.core.config import load
from conference_hub.data import importing
from conference_hub.data.exporting import ConferenceFile, conference_file
from conference_hub.web.hub import Hub
from tests.model_day import FakeNow
from tests.services.made_up_conference import MakingUp

EXAMPLES = 15
EmptyHub = Callable[[str], Any]


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with today's schema and nothing in it."""
    directory = tmp_path_factory.mktemp("schema")
    hub = hub_at(directory, FakeNow())
    migrate.upgrade(hub.database)
    hub.database.close()
    return directory / "hub.sqlite3"


def hub_at(directory: Path, now: FakeNow) -> Hub:
    settings = {"HUB_DATABASE_URL": f"sqlite:///{directory / 'hub.sqlite3'}", "HUB_DATA_DIR": str(directory)}
    return make_hub(load(settings, demo=True), now=now)


@pytest.fixture
def empty_hub(schema: Path, tmp_path: Path, now: FakeNow) -> EmptyHub:
    """Return `empty_hub(name)`: a context with a hub of its own."""

    @contextmanager
    def opened(name: str) -> Iterator[Hub]:
        (tmp_path / name).mkdir()
        shutil.copy(schema, tmp_path / name / "hub.sqlite3")
        hub = hub_at(tmp_path / name, now)
        try:
            yield hub
        finally:
            hub.database.close()

    return opened


def brought_in(hub: Hub, data: bytes) -> ConferenceFile:
    """Import a file that has no faults; returns what the hub gives out then."""
    loaded = importing.load_new(hub, data)
    with hub.database.reading() as db:
        comparison = importing.compare(hub, db, "", loaded, fresh=True)
    assert comparison.faults == []
    made = importing.put_new(hub, comparison, Actor.system("test"))
    with hub.database.reading() as db:
        return conference_file(hub, db, get_conference(db, made.slug))


def said(made: dict[str, Any]) -> dict[str, int]:
    """Return how many records of each part there are."""
    return {name: len(records) for name, records in made.items() if isinstance(records, list)}


@pytest.mark.parametrize("seed", range(EXAMPLES))
def test_made_up_conference_goes_through_two_hubs(empty_hub: EmptyHub, seed: int) -> None:
    source = MakingUp(seed).file()
    with empty_hub("first") as hub:
        first = brought_in(hub, json.dumps(source).encode())
    own = json.loads(first.as_json())
    assert {name: len(own.get(name, [])) for name in said(source)} == said(source)
    for form, data in (("json", first.as_json().encode()), ("xlsx", first.as_workbook(str))):
        with empty_hub(form) as hub:
            assert json.loads(brought_in(hub, data).as_json()) == own
