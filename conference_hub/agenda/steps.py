"""The rows of undo and redo: a step for each command, marked when it is undone; read and written without the ORM."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.agenda.history import Offer, RunId, State, Step
from conference_hub.agenda.tables import RunStepRow
from conference_hub.core.facts import Fact
from conference_hub.core.journal import Write
from conference_hub.core.stream import Stream

STEPS = RunStepRow.metadata.tables["run_step"]
STEP = STEPS.c


def record(
    write: Write,
    run_id: RunId,
    subject: str,
    fact: Fact,
    before: State,
    after: State,
    *,
    ends_redo: bool = True,
) -> Step:
    """Store the step of a command that is about to publish `fact`, and end what could be redone of `subject`.

    The step's number is that of the entry which the next `write.publish` makes. `before` and `after` are those of
    `history.changed`. `ends_redo` is False where the caller knows that nothing could be redone.
    """
    step = Step(
        run_id=run_id,
        number=write.heads[Stream.OPERATOR] + 1,
        subject=subject,
        topic=fact.topic,
        fields=fact.own_fields(),
        before=before,
        after=after,
        actor=write.actor.id,
        by=write.actor.label,
        at=write.at,
    )
    if ends_redo:
        _clear_redo(write, step)
    write.session.connection().execute(_INSERT, _row(write.conf, step))
    return step


def mark_undone(write: Write, step: Step) -> Step:
    """Note that a step was taken back; returns it as it is then."""
    return _mark(write, replace(step, undone_at=write.at, undone_by=write.actor.label))


def mark_redone(write: Write, step: Step) -> Step:
    """Note that an undone step was done again; returns it as it is then."""
    return _mark(write, replace(step, undone_at=None, undone_by=None))


def forget(write: Write, run_id: RunId, numbers: Collection[int]) -> None:
    """Delete some steps of a run: what their commands replaced must not be stored any longer."""
    write.session.execute(
        sa.delete(STEPS).where(STEP.conf == write.conf, STEP.run_id == run_id, STEP.number.in_(numbers))
    )


def offer(session: Session, conf: str, run_id: RunId, subject: str) -> Offer:
    """Return what can be undone and redone of one subject."""
    return offers(session, conf, run_id, subject).get(subject, Offer())


def offers(session: Session, conf: str, run_id: RunId, subject: str | None = None) -> dict[str, Offer]:
    """Return what can be undone and redone by subject, of a whole run or of one subject, in one statement."""
    values = {"conf_": conf, "run_": run_id, "subject_": subject}
    rows = session.connection().execute(_OFFERED, values)
    found: dict[str, Offer] = {}
    for step in map(step_of, rows.mappings()):
        known = found.get(step.subject, Offer())
        changed = {"undo": step} if step.undone_at is None else {"redo": step}
        found[step.subject] = replace(known, **changed)
    return found


def all_steps(session: Session, conf: str, run_id: RunId) -> Sequence[Step]:
    """Return every step of a run in order: the causes that `history.ChangedSince` looks for."""
    own = sa.and_(STEP.conf == conf, STEP.run_id == run_id)
    rows = session.execute(sa.select(STEPS).where(own).order_by(STEP.number))
    return [step_of(row) for row in rows.mappings()]


def forget_subjects(session: Session, conf: str, run_id: RunId, subjects: Collection[str]) -> None:
    """Delete the steps of subjects that are gone."""
    own = sa.and_(STEP.conf == conf, STEP.run_id == run_id)
    session.execute(sa.delete(STEPS).where(own, STEP.subject.in_(subjects)))


def _offered() -> sa.Select[Any]:
    """Select the newest step that is not undone, and the oldest that may be redone, of each subject."""
    own = sa.and_(
        STEP.conf == sa.bindparam("conf_"),
        STEP.run_id == sa.bindparam("run_"),
        sa.or_(
            sa.bindparam("subject_", type_=sa.String()).is_(None), STEP.subject == sa.bindparam("subject_")
        ),
    )
    live = sa.select(sa.func.max(STEP.number)).where(own, STEP.undone_at.is_(None)).group_by(STEP.subject)
    undone = (
        sa.select(sa.func.min(STEP.number))
        .where(own, STEP.undone_at.is_not(None), ~STEP.cleared)
        .group_by(STEP.subject)
    )
    return sa.select(STEPS).where(own, STEP.number.in_(sa.union_all(live, undone)))


_OFFERED = _offered()


_OF_STEP = sa.and_(STEP.conf == sa.bindparam("conf_"), STEP.run_id == sa.bindparam("run_"))
_INSERT = sa.insert(STEPS)
_CLEAR = (
    sa.update(STEPS)
    .where(
        _OF_STEP,
        STEP.subject == sa.bindparam("subject_"),
        STEP.undone_at.is_not(None),
        ~STEP.cleared,
    )
    .values(cleared=True)
)
_MARK = (
    sa.update(STEPS)
    .where(_OF_STEP, STEP.number == sa.bindparam("number_"))
    .values(undone_at=sa.bindparam("undone_at"), undone_by=sa.bindparam("undone_by"))
)


def _clear_redo(write: Write, step: Step) -> None:
    values = {"conf_": write.conf, "run_": step.run_id, "subject_": step.subject}
    write.session.connection().execute(_CLEAR, values)


def _mark(write: Write, step: Step) -> Step:
    values = {"conf_": write.conf, "run_": step.run_id, "number_": step.number}
    undone = {"undone_at": step.undone_at, "undone_by": step.undone_by}
    write.session.connection().execute(_MARK, {**values, **undone})
    return step


def _row(conf: str, step: Step) -> dict[str, Any]:
    return {"conf": conf, **{name: getattr(step, name) for name in FIELDS}}


def step_of(row: sa.RowMapping) -> Step:
    """Return the step that a row holds."""
    return Step(**{name: row[name] for name in FIELDS})


FIELDS = tuple(Step.__dataclass_fields__)
