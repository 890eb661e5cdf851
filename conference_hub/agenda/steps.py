"""The rows of undo and redo: a step for each command of a lane, marked when it is undone; without the ORM."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.agenda import acts, known_lanes
from conference_hub.agenda.facts import CommandRedone, CommandUndone
from conference_hub.agenda.history import Offer, RunId, State, Step
from conference_hub.agenda.model import LaneId
from conference_hub.agenda.tables import RunStepRow
from conference_hub.core.deferred import send_later
from conference_hub.core.facts import Fact
from conference_hub.core.journal import Write
from conference_hub.core.stream import Stream

STEPS = RunStepRow.metadata.tables["run_step"]
STEP = STEPS.c


def record(
    write: Write,
    run_id: RunId,
    lane: LaneId,
    subject: str,
    fact: Fact,
    changed: tuple[State, State],
    *,
    brief: bool = False,
    known: Offer | None = None,
) -> Step:
    """Store the step of a command that is about to publish `fact`, and end what could be redone in its lane.

    The step's number is that of the entry which the next `write.publish` makes. `changed` is what `history.changed`
    returned. A `brief` step is deleted when the lane's next one comes. `known` is what the lane offers before it, where
    the caller has read that; who records a step saves its lane (`commanding.save`).
    """
    before, after = changed
    step = Step(
        run_id=run_id,
        number=write.heads[Stream.OPERATOR] + 1,
        lane=lane,
        subject=subject,
        topic=fact.topic,
        fields=fact.own_fields(),
        before=before,
        after=after,
        actor=write.actor.id,
        by=write.actor.label,
        at=write.at,
        brief=brief,
    )
    if known is None or any(one is not None and one.brief for one in (known.undo, known.redo)):
        _forget_brief(write, step)
    if known is None or known.redo is not None:
        write.session.connection().execute(_CLEAR, _in_lane(write.conf, run_id, lane))
    send_later(write.session, _INSERT, (write.conf, run_id, step.number), _row(write.conf, step))
    acts.note(write, step)
    return step


def mark_undone(write: Write, step: Step) -> Step:
    """Note that a step was taken back, as the next `write.publish` tells; returns it as it is then."""
    acts.note_moved(write, step, CommandUndone.topic)
    return _mark(write, replace(step, undone_at=write.at, undone_by=write.actor.label))


def forget(write: Write, step: Step) -> None:
    """Delete a step that was taken back and cannot be done again, as the next `write.publish` tells."""
    acts.note_moved(write, step, CommandUndone.topic)
    drop(write, step)


def drop(write: Write, step: Step) -> None:
    """Delete a step of which nothing is left to be taken back."""
    known_lanes.forget(write)
    own = {**_in_lane(write.conf, step.run_id, step.lane), "number_": step.number}
    write.session.connection().execute(_FORGET, own)


def mark_redone(write: Write, step: Step) -> Step:
    """Note that an undone step was done again, as the next `write.publish` tells; returns it as it is then."""
    acts.note_moved(write, step, CommandRedone.topic)
    return _mark(write, replace(step, undone_at=None, undone_by=None))


def offer(session: Session, conf: str, run_id: RunId, lane: LaneId) -> Offer:
    """Return what can be undone and redone in one lane."""
    return offers(session, conf, run_id, lane).get(lane, Offer())


def offers(session: Session, conf: str, run_id: RunId, lane: LaneId | None = None) -> dict[LaneId, Offer]:
    """Return what can be undone and redone by lane, of a whole run or of one lane, in one statement."""
    rows = session.connection().execute(_OFFERED, {"conf_": conf, "run_": run_id, "lane_": lane})
    found: dict[LaneId, Offer] = {}
    for step in map(step_of, rows.mappings()):
        known = found.get(step.lane, Offer())
        changed = {"undo": step} if step.undone_at is None else {"redo": step}
        found[step.lane] = replace(known, **changed)
    return found


def all_steps(session: Session, conf: str, run_id: RunId) -> Sequence[Step]:
    """Return every step of a run in order: the causes that `history.ChangedSince` looks for."""
    own = sa.and_(STEP.conf == conf, STEP.run_id == run_id)
    rows = session.execute(sa.select(STEPS).where(own).order_by(STEP.number))
    return [step_of(row) for row in rows.mappings()]


def subjects(session: Session, conf: str, run_id: RunId, lane: LaneId) -> list[str]:
    """Return what the acts of a lane were about: the lane itself, awards, layers."""
    asked = _in_lane(conf, run_id, lane)
    return list(session.connection().scalars(_SUBJECTS, asked))


def is_barred(session: Session, conf: str, run_id: RunId, lane: LaneId) -> bool:
    """Return whether a lane has acts that can no longer be taken back."""
    return session.connection().scalar(_BARRED, _in_lane(conf, run_id, lane)) is not None


def bar(write: Write, run_id: RunId, keys: AbstractSet[str]) -> None:
    """End undo and redo where an act touched one of `keys`, which were changed by no act of the lane, or are gone.

    That act and all older ones of its lane stay as they are. A brief one is deleted: it holds a wording.
    """
    known_lanes.forget(write)
    touched = [
        step for step in all_steps(write.session, write.conf, run_id) if not keys.isdisjoint(step.after)
    ]
    for lane in {step.lane for step in touched}:
        own = [step for step in touched if step.lane == lane and not step.cleared]
        taken = [step.number for step in own if step.undone_at is None]
        values = {**_in_lane(write.conf, run_id, lane), "number_": max(taken, default=0)}
        write.session.connection().execute(_BAR, values)
        if len(taken) < len(own):
            write.session.connection().execute(_CLEAR, _in_lane(write.conf, run_id, lane))
    brief = [step.number for step in touched if step.brief]
    if brief:
        own_run = sa.and_(STEP.conf == write.conf, STEP.run_id == run_id)
        write.session.execute(sa.delete(STEPS).where(own_run, STEP.number.in_(brief)))


def _offered() -> sa.Select[Any]:
    """Select the newest step that is not undone, and the oldest that may be redone, of each lane."""
    own = sa.and_(
        STEP.conf == sa.bindparam("conf_"),
        STEP.run_id == sa.bindparam("run_"),
        sa.or_(sa.bindparam("lane_", type_=sa.String()).is_(None), STEP.lane == sa.bindparam("lane_")),
    )
    live = (
        sa.select(sa.func.max(STEP.number))
        .where(own, STEP.undone_at.is_(None), ~STEP.cleared)
        .group_by(STEP.lane)
    )
    undone = (
        sa.select(sa.func.min(STEP.number))
        .where(own, STEP.undone_at.is_not(None), ~STEP.cleared)
        .group_by(STEP.lane)
    )
    return sa.select(STEPS).where(own, STEP.number.in_(sa.union_all(live, undone)))


_OFFERED = _offered()
_OF_RUN = sa.and_(STEP.conf == sa.bindparam("conf_"), STEP.run_id == sa.bindparam("run_"))
_OF_LANE = sa.and_(_OF_RUN, STEP.lane == sa.bindparam("lane_"))
_INSERT = sa.insert(STEPS)
_CLEAR = sa.update(STEPS).where(_OF_LANE, STEP.undone_at.is_not(None), ~STEP.cleared).values(cleared=True)
_BAR = (
    sa.update(STEPS)
    .where(_OF_LANE, STEP.undone_at.is_(None), STEP.number <= sa.bindparam("number_"))
    .values(cleared=True)
)
_BARRED = sa.select(STEP.number).where(_OF_LANE, STEP.undone_at.is_(None), STEP.cleared).limit(1)
_SUBJECTS = sa.select(STEP.subject).where(_OF_LANE).distinct()
_FORGET_BRIEF = sa.delete(STEPS).where(_OF_LANE, STEP.brief, STEP.number != sa.bindparam("number_"))
_FORGET = sa.delete(STEPS).where(_OF_LANE, STEP.number == sa.bindparam("number_"))
_MARK = (
    sa.update(STEPS)
    .where(_OF_RUN, STEP.number == sa.bindparam("number_"))
    .values(undone_at=sa.bindparam("undone_at"), undone_by=sa.bindparam("undone_by"))
)


def _in_lane(conf: str, run_id: RunId, lane: LaneId) -> dict[str, Any]:
    return {"conf_": conf, "run_": run_id, "lane_": lane}


def _forget_brief(write: Write, step: Step) -> None:
    """Delete the brief steps of the lane before and after this one: what they replaced must not be stored longer."""
    values = {**_in_lane(write.conf, step.run_id, step.lane), "number_": step.number}
    write.session.connection().execute(_FORGET_BRIEF, values)


def _mark(write: Write, step: Step) -> Step:
    values = {"conf_": write.conf, "run_": step.run_id, "number_": step.number}
    undone = {"undone_at": step.undone_at, "undone_by": step.undone_by}
    known_lanes.forget(write)
    _forget_brief(write, step)
    write.session.connection().execute(_MARK, {**values, **undone})
    return step


def _row(conf: str, step: Step) -> dict[str, Any]:
    return {"conf": conf, **{name: getattr(step, name) for name in FIELDS}}


def step_of(row: sa.RowMapping) -> Step:
    """Return the step that a row holds."""
    return Step(**{name: row[name] for name in FIELDS})


FIELDS = tuple(Step.__dataclass_fields__)
