"""What other features have of a rehearsal: rows that begin and end with it, and documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from conference_hub.agenda import run_store
from conference_hub.agenda.keys import Keys
from conference_hub.agenda.lane_store import LaneState
from conference_hub.agenda.run import Following, RunKind
from conference_hub.agenda.step_owners import merged
from conference_hub.core.journal import Write
from conference_hub.core.stream import Docs, Stream
from conference_hub.exchange.progress import turn


@dataclass(frozen=True, kw_only=True)
class Rehearsed:
    """What a feature has of a rehearsal.

    `begin` makes its rows, which refer to the run and go with it, for lanes that begin as they stand. `documents`
    returns what is known of a rehearsal under the keys of the live run: by the streams OPERATOR and REHEARSAL.
    """

    documents: Callable[[Session, str, Following], Mapping[Stream, Docs]]
    begin: Callable[[Write, Following, Iterable[LaneState]], None] | None = None


def documents_of(
    session: Session, conf: str, following: Following, features: Iterable[Rehearsed]
) -> dict[Stream, Docs]:
    """Return what features have of a rehearsal, as operators and screens know it."""
    found: dict[Stream, Docs] = {Stream.OPERATOR: {}, Stream.REHEARSAL: {}}
    for one in features:
        found = merged((found, one.documents(session, conf, following)))
        turn()
    keys = Keys.of(following)
    own = {keys.of_key(key): doc for key, doc in found[Stream.OPERATOR].items()}
    return {Stream.OPERATOR: own, Stream.REHEARSAL: found[Stream.REHEARSAL]}


def snapshot(session: Session, conf: str, stream: Stream, features: Iterable[Rehearsed]) -> Docs:
    """Return what features have of rehearsals, for one stream (a `DocumentSource` but for `features`)."""
    if stream is Stream.REHEARSAL:
        shown = run_store.rehearsed(session, conf)
        return documents_of(session, conf, shown, features)[stream] if shown else {}
    if stream is not Stream.OPERATOR:
        return {}
    runs = run_store.followings(session, conf).values()
    rehearsals = (run for run in runs if run.kind is RunKind.REHEARSAL)
    docs: Docs = {}
    for run in rehearsals:
        docs |= documents_of(session, conf, run, features)[stream]
    return docs
