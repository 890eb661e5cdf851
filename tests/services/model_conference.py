"""The model conference with the ids by which tests call its things: `guest-001`, `case-01`, `hall`."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url

from conference_hub.app import create_app, make_hub
from conference_hub.conferences.model import Conference
from conference_hub.conferences.store import all_conferences
from conference_hub.core import migrate
from conference_hub.core.config import Settings, load
from conference_hub.core.ids import new_id
from conference_hub.core.now import utc_now
from conference_hub.data import seeding
from conference_hub.web.hub import Hub

IDS: dict[str, dict[str, str]] = json.loads(
    (Path(__file__).parents[1] / "model_ids.json").read_text(encoding="utf-8")
)


def model_ids(kind: str, key: str) -> str:
    """Return the id by which tests call what people know by `key`; another thing gets a new one."""
    return IDS.get(kind, {}).get(key) or new_id()


def load_model_conference(hub: Hub, *, start: datetime | None = None) -> Conference:
    """Load the model conference as the product does, with the ids of tests.

    Its lanes do not wait for one another: most tests drive one lane alone.
    """
    given, hub.ids = hub.ids, model_ids
    try:
        content = apart(seeding.MODEL_CONFERENCE.read_bytes())
        return seeding.load_model_conference(hub, start=start, content=content)
    finally:
        hub.ids = given


def apart(content: bytes) -> bytes:
    """Return the conference file without sync points."""
    found = json.loads(content)
    for cue in found["cues"]:
        cue.pop("sync", None)
    return json.dumps(found, ensure_ascii=False).encode()


MIGRATED: list[bytes] = []
"""A SQLite database that is migrated and holds nothing, once one was made."""
PREPARED: dict[tuple[datetime, str | None], bytes] = {}
"""The SQLite database that `prepare` made last, by when its day begins and by the hub's host."""


def prepare(environment: Mapping[str, str]) -> None:
    """Put the model conference where a server with this environment keeps its data, unless there is one already."""
    settings = load(environment, demo=True)
    start = settings.demo_start or seeding.soon(utc_now())
    url = make_url(settings.database_url)
    file = Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None
    if file is None or file.exists():
        _fill(settings, start)
        return
    known = (start, urlsplit(settings.public_url).hostname)  # the host stands in the UIDs of sessions
    file.parent.mkdir(parents=True, exist_ok=True)
    if known in PREPARED:
        file.write_bytes(PREPARED[known])
        return
    if not MIGRATED:
        with _opened(settings):
            pass
        MIGRATED.append(_content(file))
    file.write_bytes(MIGRATED[0])
    _fill(settings, start)
    PREPARED.clear()
    PREPARED[known] = _content(file)


def _content(file: Path) -> bytes:
    assert not file.with_name(f"{file.name}-wal").exists()
    return file.read_bytes()


@contextmanager
def _opened(settings: Settings) -> Iterator[Hub]:
    hub = make_hub(settings)
    try:
        migrate.upgrade(hub.database)
        yield hub
    finally:
        hub.database.close()


def _fill(settings: Settings, start: datetime) -> None:
    with _opened(settings) as hub:
        with hub.database.reading() as db:
            empty = not all_conferences(db)
        if empty:
            with create_app(hub).app_context():
                load_model_conference(hub, start=start)


if __name__ == "__main__":
    prepare(os.environ)
