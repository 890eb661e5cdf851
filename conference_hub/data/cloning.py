"""Clones of conferences: the structure of one, put in place on another date by the same code as a conference file.

A clone takes the parts that are structure, and of them no links and no speakers; people, recipients, what happened and
who works there stay where they are. It is moved by whole days, the follow-up by whole weeks, and times of day stay as
clocks show them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from math import ceil
from typing import Any

from conference_hub.conferences import lifecycle
from conference_hub.conferences.model import Conference, State
from conference_hub.core.actor import Actor
from conference_hub.core.errors import Refused, msg
from conference_hub.core.text import Text
from conference_hub.data.importing import (
    CONFERENCE,
    Loaded,
    comparing,
    context_of,
    context_of_rows,
    moved,
    put_new,
)
from conference_hub.exchange.columns import flat
from conference_hub.exchange.merge import Gone
from conference_hub.exchange.part import Part, Stated
from conference_hub.web.hub import Hub


@dataclass(frozen=True, kw_only=True)
class Copy:
    """What a clone is called, its slug, and the day on which it begins, where it is held."""

    title: Text
    slug: str
    first_day: date


def clone_conference(hub: Hub, source: Conference, copy: Copy, actor: Actor) -> Conference:
    """Make a draft with the structure of `source`; an account that makes it is its organiser.

    Raises Refused (`exists`) when the slug is taken, and (`not_cloned`) when the source holds what no file could.
    """
    days = lifecycle.clone_shift(source.day, copy.first_day)
    with hub.database.reading() as db:
        present = comparing(hub, db, source.slug, context_of(source))
        rows = {
            part.name: _rows(part, present.current(part.name), days, source)
            for part in hub.parts
            if part.structure
        }
        rows[CONFERENCE] = [_renamed(rows[CONFERENCE][0], copy, source, days)]
        context = context_of_rows(rows, context_of(source))
        comparison = comparing(hub, db, copy.slug, context, fresh=True).run(rows, Gone.KEEP)
    if comparison.faults:
        raise Refused(msg("복제할 수 없습니다. 행사 파일로 내보내 고친 뒤 가져와 주세요."), code="not_cloned")
    return put_new(hub, comparison, actor)


def as_copy(hub: Hub, loaded: Loaded, *, slug: str, first_day: date) -> Loaded:
    """Return a conference file as a draft of another slug that begins on another day, moved as a clone is."""
    head, *_ = loaded.contents.rows[CONFERENCE]
    own = {**head.values, "slug": slug, "state": State.DRAFT.value}
    days = lifecycle.clone_shift(loaded.context.day, first_day)
    stated = {**loaded.contents.rows, CONFERENCE: [replace(head, values=own)]}
    parts = {part.name: part for part in hub.parts}
    zone = loaded.context.zone.key
    rows = {name: _on_other_days(parts[name], rows, days, zone) for name, rows in stated.items()}
    return Loaded(
        contents=replace(loaded.contents, rows=rows), context=replace(loaded.context, day=first_day)
    )


def _rows(part: Part[Any], records: Any, days: timedelta, source: Conference) -> list[Stated]:
    kept = [copied for record in records if (copied := part.cloned(record)) is not None]
    return _on_other_days(part, [Stated(values=flat(record)) for record in kept], days, source.timezone)


def _on_other_days(part: Part[Any], rows: Iterable[Stated], days: timedelta, zone: str) -> list[Stated]:
    own = timedelta(weeks=ceil(days / timedelta(weeks=1))) if part.weekly else days
    return moved(part, rows, partial(_shifted, days=own, zone=zone))


def _shifted(instant: datetime, *, days: timedelta, zone: str) -> datetime:
    return lifecycle.moved(instant, days, zone)


def _renamed(row: Stated, copy: Copy, source: Conference, days: timedelta) -> Stated:
    """Return the row of the conference itself under its new name, as a draft, with a retention date of its own."""
    own: dict[str, Any] = {
        "slug": copy.slug,
        "title.ko": copy.title.ko or None,
        "title.en": copy.title.en or None,
        "state": State.DRAFT.value,
        "purge_on": lifecycle.default_purge(source.last_day + days),
    }
    return Stated(values={**row.values, **own})
