"""The model conference: a conference file that comes with the hub, brought in as any other; its dates move together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from conference_hub.conferences.model import Conference
from conference_hub.core import files
from conference_hub.core.actor import Actor
from conference_hub.data import importing
from conference_hub.data.exporting import ConferenceFile
from conference_hub.data.importing import CONFERENCE, Loaded
from conference_hub.exchange.bundle import Contents
from conference_hub.exchange.merge import Gone
from conference_hub.exchange.part import Part, Stated
from conference_hub.web.hub import Hub

MODEL_CONFERENCE = files.SEED / "best-practice-2021.json"
SEED = Actor.system("seed")


def soon(now: datetime) -> datetime:
    """Return when a demo starts: in ten minutes, on the full minute."""
    return (now + timedelta(minutes=10)).replace(second=0, microsecond=0)


def load_model_conference(
    hub: Hub, *, start: datetime | None = None, content: bytes | None = None
) -> Conference:
    """Load the model conference; `start` moves the day and the follow-up sessions with it, None keeps the true date.

    `content` is another form of its file. Raises Refused when the conference is there already.
    """
    loaded = _loaded(hub, start, content)
    with hub.database.reading() as db:
        comparison = importing.compare(hub, db, "", loaded, fresh=True)
    if comparison.faults:
        message = f"the model conference has faults: {comparison.faults[0]}"
        raise ValueError(message)
    return importing.put_new(hub, comparison, SEED)


def example_file(hub: Hub) -> ConferenceFile:
    """Return the model conference as a file, without loading it: how a filled one looks."""
    loaded = _loaded(hub, None)
    with hub.database.reading() as db:
        compared = importing.comparing(hub, db, "", loaded.context, fresh=True)
        compared.run(loaded.contents.rows, Gone.KEEP)
        return ConferenceFile(
            records={part: compared.known(part.name) for part in importing.parts_of(hub)},
            extra={part.name: compared.extra(part) for part in importing.parts_of(hub)},  # noqa: S610 - no Django
            context=loaded.context,
        )


def _loaded(hub: Hub, start: datetime | None, content: bytes | None = None) -> Loaded:
    loaded = importing.load_new(hub, content or MODEL_CONFERENCE.read_bytes())
    rows = _moved(importing.parts_of(hub), loaded.contents.rows, start)
    contents = Contents(rows=rows, faults=loaded.contents.faults)
    return Loaded(contents=contents, context=importing.context_of_rows(rows, loaded.context))


def _moved(
    parts: Sequence[Part[Any]], rows: Mapping[str, Sequence[Stated]], start: datetime | None
) -> dict[str, list[Stated]]:
    """Move the day to `start`, and what moves by weeks by whole ones, never less than the day itself."""
    begins: datetime = rows[CONFERENCE][0].values["starts_at"]
    shift = timedelta(0) if start is None else start - begins
    weeks = timedelta(weeks=ceil(shift / timedelta(weeks=1)))

    def mover(by: timedelta) -> importing.Shift:
        return lambda instant: instant + by

    return {
        part.name: importing.moved(part, rows[part.name], mover(weeks if part.weekly else shift))
        for part in parts
        if part.name in rows
    }
