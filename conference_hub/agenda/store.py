"""The working plan and its versions: rows to model and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.agenda import contents, version_contents
from conference_hub.agenda.changelog import PlanChangeDoc
from conference_hub.agenda.contents import content_of, plan_of
from conference_hub.agenda.model import NO_PLAN, Plan, Revision, Version
from conference_hub.agenda.published import cancelled_by, stamped
from conference_hub.agenda.records import (
    Record,
    Records,
    cue_records,
    lane_of,
    lane_records,
    planned_cue,
    segment_of,
    segment_records,
)
from conference_hub.agenda.tables import (
    PlanCueRow,
    PlanLaneRow,
    PlanRow,
    PlanSegmentRow,
    PlanVersionRow,
    RunRow,
)
from conference_hub.conferences.kept import Kept, bump_revision, unchanged_revisions
from conference_hub.core.actor import Actor
from conference_hub.core.db import Base, database_of, notes_of
from conference_hub.core.text import Text
from conference_hub.exchange.progress import turn

_CHANGED = "plan_changed"
"""Noted of a transaction that changed a working plan."""
Changes = Sequence[PlanChangeDoc]


@dataclass(frozen=True, kw_only=True)
class PublishedChanges:
    """What a published version changed, and the note that came with it."""

    number: int
    published_at: datetime
    note: Text | None
    changes: Changes


def working_plan(session: Session, conf: str) -> Plan:
    """Return the plan that is edited; NO_PLAN when there is none.

    It is kept in memory by its revision and the conference's: a plan's revisions begin at 1 again when a conference was
    deleted and another took its address. A transaction that changed a plan reads it anew: it may still be rolled back.
    """
    row = session.execute(sa.select(PLAN).where(PLAN.c.conf == conf)).mappings().first()
    if row is None:
        return NO_PLAN
    numbers = unchanged_revisions(session, conf)
    if numbers is None or _CHANGED in notes_of(session):
        return _read(session, conf, row)
    key = (numbers.revision, row["revision"])
    memory: dict[str, tuple[tuple[int, int], Plan]] = database_of(session).memory.setdefault(
        "working_plans", {}
    )
    kept = memory.get(conf)
    if kept is None or kept[0] != key:
        kept = memory[conf] = (key, _read(session, conf, row))
    return kept[1]


def _read(session: Session, conf: str, row: sa.RowMapping) -> Plan:
    segments, lanes, cues = (_by_id(session, table, conf) for table in (SEGMENT, LANE, CUE))
    return Plan(
        revision=row["revision"],
        changed_at=row["changed_at"],
        by=row["by"],
        departments=contents.departments_of(row["departments"]),
        segments=tuple(segment_of(segments[one]) for one in row["segments"]),
        lanes=tuple(lane_of(lanes[one]) for one in row["lanes"]),
        cues=tuple(planned_cue(cues[one]) for lane in row["lanes"] for one in lanes[lane]["cues"]),
    )


def working_revision(session: Session, conf: str) -> Revision:
    """Return which revision the working plan is, without the plan."""
    row = session.connection().execute(_REVISION, {"conf_": conf}).first()
    return Revision(number=row[0], changed_at=row[1]) if row else NO_REVISION


def room_uses(session: Session, conf: str) -> dict[str, list[Text]]:
    """Return by room the titles of the segments and lanes that take place in it, as edited and as published."""
    published = published_plan(session, conf)
    uses: dict[str, dict[Text, None]] = {}
    for plan in (working_plan(session, conf), *([published.plan] if published else ())):
        for one in (*plan.segments, *plan.lanes):
            if one.room:
                uses.setdefault(one.room, {})[one.title] = None
    return {room: list(titles) for room, titles in uses.items()}


def save_plan(session: Session, conf: str, before: Plan, after: Plan) -> None:
    """Write the working plan `after` in place of `before`; raises IntegrityError when an award loses its cue."""
    notes_of(session)[_CHANGED] = True
    same = {cue.id for cue in after.cues if before.cue.get(cue.id) == cue}
    changes = [
        (SEGMENT, segment_records(before), segment_records(after)),
        (LANE, lane_records(before), lane_records(after)),
        (CUE, cue_records(before, same), cue_records(after, same)),
    ]
    for table, known, wanted in changes:
        _write(session, conf, table, known, wanted)
    for table, known, wanted in reversed(changes):
        gone = known.keys() - wanted.keys()
        if gone:
            session.execute(sa.delete(table).where(table.c.conf == conf, table.c.id.in_(gone)))
    values = {
        "revision": after.revision,
        "changed_at": after.changed_at,
        "by": after.by,
        "departments": contents.department_contents(after.departments),
        "segments": [segment.id for segment in after.segments],
        "lanes": [lane.id for lane in after.lanes],
    }
    if before.revision:
        session.execute(sa.update(PLAN).where(PLAN.c.conf == conf).values(values))
    else:
        session.execute(sa.insert(PLAN).values(conf=conf, runs=1, versions=0, **values))


def count_run(session: Session, conf: str) -> int:
    """Count one more run of the conference; return how many there have been, the live one included."""
    return _count(session, conf, PLAN.c.runs)


def keep_version(session: Session, conf: str, plan: Plan) -> None:
    """Keep a revision whole, for those who follow it; one that is kept already stays as it is."""
    if session.scalar(sa.select(VERSION.c.revision).where(_version(conf, plan.revision))) is None:
        values = {"conf": conf, "revision": plan.revision, "content": content_of(plan)}
        turn()
        session.execute(sa.insert(VERSION).values(values))
        turn()


def publish(
    session: Session,
    conf: str,
    plan: Plan,
    *,
    at: datetime,
    actor: Actor,
    note: Text | None,
    changes: Changes,
) -> Version:
    """Make a revision the published one, and return it with its number; `changes` are what attendees see changed."""
    keep_version(session, conf, plan)
    before = _published(session, conf)
    version = Version(
        number=_count(session, conf, PLAN.c.versions),
        published_at=max(at, before.published_at) if before else at,  # a wall clock may be set back
        plan=plan,
        note=note,
        changes=changes,
        cancelled=cancelled_by(before, plan),
    )
    version = replace(version, stamps=stamped(before, version))
    values = {
        "number": version.number,
        "published_at": version.published_at,
        "by": actor.label,
        "actor": actor.id,
        "note": note.as_doc() if note else None,
        "changes": list(changes),
        "cancelled": version_contents.cancelled_contents(version.cancelled),
        "stamps": version_contents.stamp_contents(version.stamps),
    }
    session.execute(sa.update(VERSION).where(_version(conf, plan.revision)).values(values))
    bump_revision(session, conf)
    return version


def changelog(session: Session, conf: str) -> list[PublishedChanges]:
    """Return what each published version changed, the newest first, without their plans."""
    columns = (VERSION.c.number, VERSION.c.published_at, VERSION.c.note, VERSION.c.changes)
    own = sa.and_(VERSION.c.conf == conf, VERSION.c.number.is_not(None))
    rows = session.execute(sa.select(*columns).where(own).order_by(VERSION.c.number.desc()))
    return [
        PublishedChanges(
            number=row.number,
            published_at=row.published_at,
            note=Text.of(row.note) if row.note else None,
            changes=row.changes or [],
        )
        for row in rows
    ]


def find_version(session: Session, conf: str, number: int) -> Version | None:
    """Return a published version by its number, None when there is none."""
    return _found_version(session, sa.and_(VERSION.c.conf == conf, VERSION.c.number == number))


def forget_versions(session: Session, conf: str) -> None:
    """Delete the revisions that were never published and that no run follows."""
    followed = sa.select(RUN.c.plan_revision).where(RUN.c.conf == conf)
    unused = sa.and_(VERSION.c.number.is_(None), VERSION.c.revision.not_in(followed))
    session.execute(sa.delete(VERSION).where(VERSION.c.conf == conf, unused))


def kept_plan(session: Session, conf: str, revision: int) -> Plan:
    """Return a kept revision of the plan; `changed_at` of one that was never published is not kept."""
    row = session.execute(sa.select(VERSION).where(_version(conf, revision))).mappings().one()
    return _version_plan(row)


def published_plan(session: Session, conf: str) -> Version | None:
    """Return the published version of the plan, None when nothing was published yet; kept in memory."""
    return PUBLISHED.of(session, conf)


def _published(session: Session, conf: str) -> Version | None:
    newest = sa.select(sa.func.max(VERSION.c.number)).where(VERSION.c.conf == conf).scalar_subquery()
    return _found_version(session, sa.and_(VERSION.c.conf == conf, VERSION.c.number == newest))


def _found_version(session: Session, condition: sa.ColumnElement[bool]) -> Version | None:
    row = session.execute(sa.select(VERSION).where(condition)).mappings().first()
    if row is None:
        return None
    return Version(
        number=row["number"],
        published_at=row["published_at"],
        plan=_version_plan(row),
        note=Text.of(row["note"]) if row["note"] else None,
        changes=row["changes"] or [],
        cancelled=version_contents.cancelled_of(row["cancelled"] or []),
        stamps=version_contents.stamps_of(row["stamps"] or {}),
    )


PUBLISHED: Kept[Version | None] = Kept(_published)


def _table(row: type[Base]) -> sa.Table:
    return cast("sa.Table", row.__table__)


PLAN, SEGMENT, LANE, CUE, VERSION, RUN = map(
    _table, (PlanRow, PlanSegmentRow, PlanLaneRow, PlanCueRow, PlanVersionRow, RunRow)
)
NO_REVISION = Revision(number=NO_PLAN.revision, changed_at=NO_PLAN.changed_at)
_REVISION = sa.select(PLAN.c.revision, PLAN.c.changed_at).where(PLAN.c.conf == sa.bindparam("conf_"))


def _count(session: Session, conf: str, column: sa.Column[int]) -> int:
    own = PLAN.c.conf == conf
    session.execute(sa.update(PLAN).where(own).values({column: column + 1}))
    return int(session.scalars(sa.select(column).where(own)).one())


def _version(conf: str, revision: int) -> sa.ColumnElement[bool]:
    return sa.and_(VERSION.c.conf == conf, VERSION.c.revision == revision)


def _version_plan(row: sa.RowMapping) -> Plan:
    changed_at = row["published_at"] or NO_PLAN.changed_at
    turn()
    return plan_of(row["content"], revision=row["revision"], changed_at=changed_at, by=row["by"] or "")


def _by_id(session: Session, table: sa.Table, conf: str) -> Mapping[str, sa.RowMapping]:
    rows = session.execute(sa.select(table).where(table.c.conf == conf)).mappings()
    return {row["id"]: row for row in rows}


def _write(session: Session, conf: str, table: sa.Table, known: Records, wanted: Records) -> None:
    new = [{"conf": conf, "id": one, **values} for one, values in wanted.items() if one not in known]
    if new:
        session.execute(sa.insert(table), new)
    changed = [
        {"conf_": conf, "id_": one, **values}
        for one, values in wanted.items()
        if one in known and known[one] != values
    ]
    if changed:
        own = sa.and_(table.c.conf == sa.bindparam("conf_"), table.c.id == sa.bindparam("id_"))
        columns: Record = {name: sa.bindparam(name) for name in changed[0] if name not in {"conf_", "id_"}}
        session.connection().execute(sa.update(table).where(own).values(columns), changed)
