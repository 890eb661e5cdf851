"""The rows of the agenda: the working plan and its versions; apart from them, runs and what happened in them.

Texts are `{"ko", "en"}`, spans whole milliseconds, orders lists of ids. Why two sets of tables: decision 0011.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from conference_hub.core.db import Base

CONFERENCE = "conference.slug"


class PlanRow(Base):
    """The working plan of a conference: which revision it is, and the order of its segments and lanes.

    `runs` counts the live run and all rehearsals: their ids are not given again. `versions` is the number of the
    published version, 0 while there is none. `by` is the label of who changed it last, `departments` are those of the
    team, in order.
    """

    __tablename__ = "plan"

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    revision: Mapped[int]
    changed_at: Mapped[datetime]
    segments: Mapped[list[Any]]
    lanes: Mapped[list[Any]]
    runs: Mapped[int]
    versions: Mapped[int]
    departments: Mapped[list[Any]]
    by: Mapped[str]


class PlanSegmentRow(Base):
    """A part of the programme."""

    __tablename__ = "plan_segment"

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    title: Mapped[dict[str, Any]]
    note: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    room: Mapped[str | None]
    speakers: Mapped[list[Any]]
    public: Mapped[bool]


class PlanLaneRow(Base):
    """A lane, with the order of its cues."""

    __tablename__ = "plan_lane"

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[dict[str, Any]]
    cues: Mapped[list[Any]]
    colour: Mapped[str | None]
    room: Mapped[str | None]


class PlanCueRow(Base):
    """A planned cue."""

    __tablename__ = "plan_cue"
    __table_args__ = (
        sa.ForeignKeyConstraint(["conf", "segment_id"], ["plan_segment.conf", "plan_segment.id"]),
        sa.ForeignKeyConstraint(["conf", "lane_id"], ["plan_lane.conf", "plan_lane.id"]),
        sa.CheckConstraint("planned_ms > 0", name="planned"),
    )

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    segment_id: Mapped[str]
    lane_id: Mapped[str]
    title: Mapped[dict[str, Any]]
    planned_start: Mapped[datetime]
    planned_ms: Mapped[int] = mapped_column(sa.BigInteger)
    number: Mapped[str]
    fixed: Mapped[bool]
    skipped: Mapped[bool]
    colour: Mapped[str | None]
    warn_s: Mapped[int | None]
    danger_s: Mapped[int | None]
    sync: Mapped[str | None]
    shortest_ms: Mapped[int | None] = mapped_column(sa.BigInteger)
    droppable: Mapped[bool] = mapped_column(server_default=sa.false())
    notes: Mapped[dict[str, Any]]
    speakers: Mapped[list[Any]]


class PlanVersionRow(Base):
    """A revision that was published or that a run follows, whole; `number` counts the published ones from 1.

    Of a published one, `note` is what attendees are told, `changes` what differs from the version before it,
    `cancelled` what earlier versions had, and `stamps` which state of each segment calendars have.
    """

    __tablename__ = "plan_version"
    __table_args__ = (sa.UniqueConstraint("conf", "number"),)

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[dict[str, Any]]
    number: Mapped[int | None]
    published_at: Mapped[datetime | None]
    by: Mapped[str | None]
    actor: Mapped[str | None]
    note: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    changes: Mapped[list[Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    cancelled: Mapped[list[Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    stamps: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))


class RunRow(Base):
    """A run: what happens, or happened, to a revision of the plan; `kind` is a `RunKind`."""

    __tablename__ = "run"
    __table_args__ = (
        sa.ForeignKeyConstraint(["conf", "plan_revision"], ["plan_version.conf", "plan_version.revision"]),
    )

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    plan_revision: Mapped[int]
    began_at: Mapped[datetime]
    by: Mapped[str]
    actor: Mapped[str]


class RehearsalRow(Base):
    """What a rehearsal has beside a run: its clock (`run_clock.RunClock`), and whether screens follow it."""

    __tablename__ = "rehearsal"
    __table_args__ = (
        sa.ForeignKeyConstraint(["conf", "run_id"], ["run.conf", "run.id"], ondelete="CASCADE"),
    )

    conf: Mapped[str] = mapped_column(primary_key=True)
    run_id: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[datetime]
    at: Mapped[datetime]
    speed: Mapped[int]
    on_screens: Mapped[bool] = mapped_column(server_default=sa.false())


class RunLaneRow(Base):
    """A lane of a run.

    `status` is a `LaneStatus`, `cue_id` the cue on air while there is one, `recent` its last commands, the newest
    first, `standby` the cue that an operator put on standby, `ready_since` since when it waits for other lanes, and
    `ready_left` what was said then of names that were not called (`lane_run.Left`).
    `holder` is the id of the actor who drives it, `holder_by` that one's label.
    """

    __tablename__ = "run_lane"
    __table_args__ = (
        sa.ForeignKeyConstraint(["conf", "run_id"], ["run.conf", "run.id"], ondelete="CASCADE"),
    )

    conf: Mapped[str] = mapped_column(primary_key=True)
    run_id: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    cues: Mapped[list[Any]]
    status: Mapped[str]
    cue_id: Mapped[str | None]
    held_since: Mapped[datetime | None]
    recent: Mapped[list[Any]]
    standby: Mapped[str | None]
    ready_since: Mapped[datetime | None]
    ready_left: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    holder: Mapped[str | None]
    holder_by: Mapped[str | None]
    holder_since: Mapped[datetime | None]


class RunCueRow(Base):
    """A cue of a run: what it is, and what happened to it; one that is `skipped` was left out on the day."""

    __tablename__ = "run_cue"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["conf", "run_id", "lane_id"],
            ["run_lane.conf", "run_lane.run_id", "run_lane.id"],
            ondelete="CASCADE",
        ),
        sa.CheckConstraint("planned_ms > 0", name="planned"),
    )

    conf: Mapped[str] = mapped_column(primary_key=True)
    run_id: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    lane_id: Mapped[str]
    segment_id: Mapped[str]
    title: Mapped[dict[str, Any]]
    planned_start: Mapped[datetime]
    planned_ms: Mapped[int] = mapped_column(sa.BigInteger)
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    extension_ms: Mapped[int] = mapped_column(sa.BigInteger)
    held_ms: Mapped[int] = mapped_column(sa.BigInteger)
    skipped: Mapped[bool] = mapped_column(server_default=sa.false())
    number: Mapped[str]
    colour: Mapped[str | None]
    warn_s: Mapped[int | None]
    danger_s: Mapped[int | None]
    speakers: Mapped[list[Any]]
    fixed: Mapped[bool] = mapped_column(server_default=sa.true())
    sync: Mapped[str | None]
    shortest_ms: Mapped[int | None] = mapped_column(sa.BigInteger)
    droppable: Mapped[bool] = mapped_column(server_default=sa.false())


class RunStepRow(Base):
    """A command of a run that can be undone; see `history.Step`. `before` and `after` are stored values by key."""

    __tablename__ = "run_step"
    __table_args__ = (
        sa.Index("ix_run_step_subject", "conf", "run_id", "subject", "number"),
        sa.Index("ix_run_step_lane", "conf", "run_id", "lane", "number"),
    )

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    run_id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    lane: Mapped[str] = mapped_column(server_default="")
    subject: Mapped[str]
    topic: Mapped[str]
    fields: Mapped[dict[str, Any]]
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
    actor: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str | None]
    cleared: Mapped[bool] = mapped_column(default=False)
    brief: Mapped[bool] = mapped_column(default=False, server_default=sa.false())


class RunActRow(Base):
    """A command of a run as the report of the day tells it; see `history.Act`. It stays when its step of undo ends.

    `id` grows with time.
    """

    __tablename__ = "run_act"
    __table_args__ = (sa.Index("ix_run_act_run", "conf", "run_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"))
    run_id: Mapped[str]
    number: Mapped[int]
    lane: Mapped[str]
    subject: Mapped[str]
    topic: Mapped[str]
    detail: Mapped[dict[str, Any]]
    actor: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]
    about: Mapped[int | None]
