"""The ceremony of a rehearsal: how it begins, and its documents."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from conference_hub.agenda.lane_store import LaneState
from conference_hub.agenda.rehearsed import Rehearsed
from conference_hub.agenda.run import Following
from conference_hub.awards import group_store, rehearsal_store, store
from conference_hub.awards.documents import REHEARSING, documents_of
from conference_hub.awards.rehearsing import recipients
from conference_hub.core.journal import Write
from conference_hub.core.stream import Docs, Stream


def begin(write: Write, following: Following, states: Iterable[LaneState]) -> None:
    """Number the recipients of the plan that is rehearsed; nothing of the day but their places and levels is read."""
    session, conf = write.session, write.conf
    levels = store.LEVELS.of(session, conf)
    numbered = recipients(store.all_awards(session, conf), [state.run for state in states], levels)
    used = {award.level_id for award in numbered}
    own = [level for level in levels.values() if level.id in used]
    rehearsal_store.add(session, conf, following, numbered, own)


def documents(session: Session, conf: str, following: Following) -> dict[Stream, Docs]:
    """Render the ceremony of a rehearsal, as operators and screens know it."""
    found = store.load_standing(session, conf, following)
    docs = documents_of(REHEARSING, found, found.awards)
    for group in group_store.groups_of(session, conf, following):
        for stream, own in group_store.docs_of(group, found).items():
            docs[stream] |= own
    return docs


REHEARSED = Rehearsed(documents=documents, begin=begin)
