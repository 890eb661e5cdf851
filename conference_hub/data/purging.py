"""Erases the personal data of a conference that are kept no longer: everything in one transaction, or nothing.

What goes is declared by each feature (`core/erasing.py`, `Hub.erasures`). What stays is the programme, what was made
public, and figures; the record of the purge says what was done. Others have their turn after every few rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.conferences import retention
from conference_hub.conferences.facts import PersonalDataErased
from conference_hub.conferences.kept import bump_people, bump_revision
from conference_hub.conferences.keys import CONFERENCE
from conference_hub.conferences.lifecycle import stage
from conference_hub.conferences.model import Conference
from conference_hub.conferences.purge_store import add_purge, purges
from conference_hub.conferences.retention import Purge
from conference_hub.conferences.store import all_conferences, get_conference
from conference_hub.core.actor import Actor
from conference_hub.core.erasing import Condition, Erasure
from conference_hub.core.journal import Write
from conference_hub.core.stream import Docs, Stream
from conference_hub.web.hub import Hub

SLICE = 200
"""Rows that one statement erases at most."""
MOST_DOCUMENTS = 500
"""Documents that one fact takes away at most."""

Snapshots = dict[Stream, Docs]


@dataclass(frozen=True, kw_only=True)
class Found:
    """How many rows of a kind there are to be erased."""

    erasure: Erasure
    rows: int


def found(hub: Hub, session: Session, conf: str) -> list[Found]:
    """Return what there is to be erased of a conference, kind by kind; kinds of which there is nothing are left out."""
    counts = [
        Found(erasure=one, rows=_count(session, one.table, one.condition(conf))) for one in hub.erasures
    ]
    return [one for one in counts if one.rows]


def is_needed(hub: Hub, session: Session, conference: Conference) -> bool:
    """Return whether personal data of a conference are due to be erased, and there are some or nobody did it yet."""
    if not retention.is_due(conference, hub.now()):
        return False
    return not purges(session, conference.slug) or _holds_people(hub, session, conference.slug)


def purge(hub: Hub, conf: str, actor: Actor, *, early: bool = False) -> Purge:
    """Erase the personal data of a conference and return the record of it.

    Raises Refused (`not_due`, `wrong_state`) while they may not be erased; `early` erases them before their day.
    """
    with hub.journal.writing(conf, actor=actor) as write:
        conference = get_conference(write.session, conf)
        state = stage(conference.state, hub.run_progress(write.session, conf))
        if why := retention.refusal(conference, state, write.at, early=early):
            raise why
        before = _snapshots(hub, write)
        record = _erase(hub, write, conference)
        _publish(write, before, _snapshots(hub, write))
    hub.database.forget_deleted()
    hub.tell_purged(conf)
    hub.tell_ended()
    return record


def purge_due(hub: Hub, actor: Actor) -> Iterator[tuple[Conference, Purge]]:
    """Erase the personal data of every conference of which they are due; yields each with its record."""
    for conference in due(hub):
        yield conference, purge(hub, conference.slug, actor)


def due(hub: Hub) -> list[Conference]:
    """Return the conferences of which personal data are due to be erased."""
    with hub.database.reading() as db:
        return [one for one in all_conferences(db) if is_needed(hub, db, one)]


def _holds_people(hub: Hub, session: Session, conf: str) -> bool:
    return any(
        session.scalar(sa.select(sa.exists().where(one.condition(conf)))) for one in hub.erasures if one.words
    )


def _erase(hub: Hub, write: Write, conference: Conference) -> Purge:
    session, conf = write.session, write.conf
    figures = [(one.title, one.count) for source in hub.figures for one in source(session, conf)]
    erased = {one.name: _erase_rows(hub, session, one, one.condition(conf)) for one in hub.erasures}
    session.expire_all()
    bump_revision(session, conf)
    bump_people(session, conf)
    record = Purge(
        at=write.at,
        by=write.actor,
        kept_until=conference.purge_on,
        erased={name: rows for name, rows in erased.items() if rows},
        figures=figures,
    )
    add_purge(session, conf, record)
    return record


def _erase_rows(hub: Hub, session: Session, erasure: Erasure, condition: Condition) -> int:
    """Erase the rows of `condition` in slices, and let others work after each of them; returns how many."""
    keys, total = list(erasure.table.primary_key.columns), 0
    slices = sa.select(*keys).where(condition).order_by(*keys).limit(SLICE)
    while some := session.execute(slices).all():
        upto = sa.tuple_(*keys) <= sa.tuple_(*map(sa.literal, some[-1]))
        session.execute(erasure.statement(sa.and_(condition, upto)))
        total += len(some)
        hub.pause()
    return total


def _snapshots(hub: Hub, write: Write) -> Snapshots:
    found: Snapshots = {}
    for stream in Stream:
        found[stream] = hub.snapshot(write.session, write.conf, stream)
        hub.pause()
    return found


def _publish(write: Write, before: Snapshots, after: Snapshots) -> None:
    """Tell every stream of the documents that are other ones now, in facts of a size that followers can take."""
    changed = {stream: _changed(before[stream], after[stream]) for stream in Stream}
    longest = max(len(docs) for docs in changed.values())
    for first in range(0, max(longest, 1), MOST_DOCUMENTS):
        docs: Snapshots = {
            stream: dict(own[first : first + MOST_DOCUMENTS]) for stream, own in changed.items()
        }
        write.publish(PersonalDataErased(), CONFERENCE, docs)


def _changed(before: Docs, after: Docs) -> list[tuple[str, Mapping[str, Any] | None]]:
    keys = [*after, *(key for key in before if key not in after)]
    return [(key, after.get(key)) for key in keys if before.get(key) != after.get(key)]


def _count(session: Session, table: sa.Table, condition: Condition) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(table).where(condition)) or 0
