"""What was commanded in the lanes of a run, kept for the report of the day.

A step of undo ends: a correction's holds a name, and what organisers change takes others along. An act stays as long as
its run, and holds no text of what it was about.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.agenda.history import Act, RunId, Step
from conference_hub.agenda.tables import RunActRow
from conference_hub.core.deferred import send_later
from conference_hub.core.journal import Write
from conference_hub.core.stream import Stream

DETAILS = frozenset({"cue", "left", "added_s", "left_out", "layer", "lanes"})
"""The fields of a command's fact that an act keeps: ids, numbers and codes."""


def note(write: Write, step: Step) -> None:
    """Keep the command that a new step records."""
    detail = {key: value for key, value in step.fields.items() if key in DETAILS}
    _keep(write, step, topic=step.topic, detail=detail, number=step.number, about=None)


def note_moved(write: Write, step: Step, topic: str) -> None:
    """Keep that a step was taken back or done again, by the fact that is about to be published; `topic` says which."""
    number = write.heads[Stream.OPERATOR] + 1
    _keep(write, step, topic=topic, detail={}, number=number, about=step.number)


def acts_of(session: Session, conf: str, run_id: RunId) -> Sequence[Act]:
    """Return what was commanded in a run, the first first."""
    own = sa.and_(ACTS.c.conf == conf, ACTS.c.run_id == run_id)
    rows = session.connection().execute(sa.select(*COLUMNS).where(own).order_by(ACTS.c.at, ACTS.c.id))
    return [Act(**row) for row in rows.mappings()]


def forget_acts(session: Session, conf: str, run_id: RunId) -> None:
    """Delete the acts of a run that is gone."""
    session.execute(sa.delete(ACTS).where(ACTS.c.conf == conf, ACTS.c.run_id == run_id))


ACTS = cast("sa.Table", RunActRow.__table__)
COLUMNS = [ACTS.c[name] for name in Act.__dataclass_fields__]
_INSERT = sa.insert(ACTS)


def _keep(write: Write, step: Step, **values: Any) -> None:
    row = {
        "conf": write.conf,
        "run_id": step.run_id,
        "lane": step.lane,
        "subject": step.subject,
        "actor": write.actor.id,
        "by": write.actor.label,
        "at": write.at,
        **values,
    }
    send_later(write.session, _INSERT, (write.conf, step.run_id, row["number"]), row)
