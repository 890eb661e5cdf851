"""A cue sheet, typed as text, that is read into the plan of a conference by the parts of the conference file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from conference_hub.conferences.store import get_conference
from conference_hub.core.actor import Actor
from conference_hub.core.ids import new_id
from conference_hub.exchange.cells import Context
from conference_hub.exchange.columns import columns_of, flat
from conference_hub.exchange.comparing import Comparing, Comparison, apply
from conference_hub.exchange.csv_files import Dialect, read_csv
from conference_hub.exchange.diff import Changes
from conference_hub.exchange.merge import Gone
from conference_hub.exchange.part import Stated
from conference_hub.exchange.sheets import guess_columns, read_rows
from conference_hub.web.hub import Hub

COMMA = Dialect(encoding="utf-8", separator=",")


@dataclass(frozen=True, kw_only=True)
class Import:
    """What an import found: the change of each row, each fault by row, column and wording, and what else is new."""

    changes: Changes[Any] | None
    faults: list[tuple[int | None, str, str]]
    along: dict[str, list[str]]

    @property
    def kinds(self) -> list[tuple[str, str]]:
        """Return each cue's title, and what happens to it."""
        found = self.changes.all if self.changes else ()
        return [(one.record.title.ko, one.kind) for one in found]


def read_in(hub: Hub, conf: str, csv: str, part_name: str = "cues", gone: Gone = Gone.KEEP) -> Import:
    """Import a sheet, all of it or nothing."""
    part = next(part for part in hub.parts if part.name == part_name)
    with hub.journal.writing(conf, actor=Actor.system("test")) as write:
        context = context_of(hub, conf)
        comparing = Comparing(session=write.session, conf=conf, context=context, parts=hub.parts)
        own = comparing.extra(part)  # noqa: S610 - no Django here
        columns = [*columns_of(part.record, context, own), *part.beside]
        sheet = read_csv(csv.encode(), COMMA)
        read = read_rows(sheet, guess_columns(sheet, columns), columns, context, title=part.title)
        found = comparing.run({part_name: read.rows}, gone)
        faults = _told((*read.faults, *found.faults))
        if not faults:
            apply(write, found, lambda _kind, _key: new_id())
    along = {
        name: [one.record.title.ko for one in changes.of("new")]
        for name, changes in found.changes.items()
        if name != part_name
    }
    return Import(changes=found.changes.get(part_name), faults=faults, along=along)


def written(hub: Hub, conf: str, part_name: str = "cues") -> list[dict[str, Any]]:
    """Return the records of a part by the names of their fields."""
    part = next(part for part in hub.parts if part.name == part_name)
    with hub.database.reading() as db:
        return [record.model_dump(mode="json") for record in part.current(db, conf)]


def read_back(hub: Hub, conf: str, part_name: str = "cues") -> Comparison:
    """Return what the records of a part, stated as they are, would change."""
    part = next(part for part in hub.parts if part.name == part_name)
    with hub.database.reading() as db:
        rows: Sequence[Stated] = [
            Stated(values=flat(record), row=at) for at, record in enumerate(part.current(db, conf), start=2)
        ]
        comparing = Comparing(session=db, conf=conf, context=context_of(hub, conf), parts=hub.parts)
        return comparing.run({part_name: rows}, Gone.REMOVE)


def context_of(hub: Hub, conf: str) -> Context:
    """Return what cells need to know of a conference."""
    with hub.database.reading() as db:
        conference = get_conference(db, conf)
    day = conference.starts_at.astimezone(conference.zone).date()
    return Context(languages=conference.languages, zone=conference.zone, day=day)


def _told(faults: Iterable[Any]) -> list[tuple[int | None, str, str]]:
    return [
        (one.row, one.column.ko if one.column else "", one.message.text % one.message.detail)
        for one in faults
    ]
