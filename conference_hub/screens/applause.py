"""Whether the audience may clap: organisers say so, and everybody is told. The taps are `live/applause.py`."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.conferences.kept import Kept, bump_revision
from conference_hub.core.journal import Write
from conference_hub.core.stream import Docs, Stream
from conference_hub.screens.facts import ApplauseSet
from conference_hub.screens.keys import APPLAUSE
from conference_hub.screens.shapes import ApplauseSettingDoc
from conference_hub.screens.tables import ApplauseRow

AUDIENCES = (Stream.PUBLIC, Stream.OPERATOR)


def takes_applause(session: Session, conf: str) -> bool:
    """Return whether applause of the audience is taken and shown; it is unless organisers said otherwise."""
    return _TAKEN.of(session, conf) is not False


def set_applause(write: Write, *, taken: bool) -> None:
    """Say whether applause of the audience is taken and shown; publishes a change."""
    if takes_applause(write.session, write.conf) == taken:
        return
    write.session.merge(ApplauseRow(conf=write.conf, taken=taken))
    bump_revision(write.session, write.conf)
    docs: Docs = {APPLAUSE: {**applause_document(taken=taken)}}
    write.publish(ApplauseSet(taken=taken), APPLAUSE, dict.fromkeys(AUDIENCES, docs))


def documents(session: Session, conf: str, stream: Stream) -> Docs:
    """Return what organisers chose, for those who show applause; nothing while they chose nothing."""
    taken = _TAKEN.of(session, conf) if stream in AUDIENCES else None
    return {} if taken is None else {APPLAUSE: {**applause_document(taken=taken)}}


def applause_document(*, taken: bool) -> ApplauseSettingDoc:
    """Render what everybody knows of the choice."""
    return {"taken": taken}


def _read(session: Session, conf: str) -> bool | None:
    return session.scalar(sa.select(ApplauseRow.taken).where(ApplauseRow.conf == conf))


_TAKEN: Kept[bool | None] = Kept(_read)
