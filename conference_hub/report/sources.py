"""The report of a run, read from the rows of its lanes, awards, acts and messages: nothing of it is kept in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from conference_hub.agenda import lane_store, run_store
from conference_hub.agenda.acts import acts_of
from conference_hub.agenda.history import LIVE_RUN, RunId
from conference_hub.agenda.lane_run import LaneRun
from conference_hub.agenda.lane_store import LaneState
from conference_hub.agenda.model import Cue, CueId, Lane
from conference_hub.agenda.run import Following, RunKind
from conference_hub.awards.model import Ceremony
from conference_hub.awards.store import load_run
from conference_hub.report.chart import Chart, charts
from conference_hub.report.honours import Honours, honours
from conference_hub.report.model import (
    ActLine,
    CueLine,
    Totals,
    act_lines,
    cue_lines,
    pressed,
    shift_of,
    totals,
)


@dataclass(frozen=True, kw_only=True)
class LaneReport:
    """How one lane went."""

    lane: Lane
    run: LaneRun
    lines: tuple[CueLine, ...]
    totals: Totals
    charts: tuple[Chart, ...]


@dataclass(frozen=True, kw_only=True)
class Report:
    """How a run went: its lanes in order, what its cues are, and its commands; `shift` as in `model.shift_of`."""

    following: Following
    lanes: tuple[LaneReport, ...]
    cues: Mapping[CueId, Cue]
    acts: Sequence[ActLine]
    shift: timedelta

    @property
    def begun(self) -> bool:
        """Whether anything happened."""
        return bool(self.acts) or any(lane.totals.ran for lane in self.lanes)

    @property
    def started_at(self) -> datetime | None:
        """When the first cue that ran began."""
        return min((lane.totals.started_at for lane in self.lanes if lane.totals.started_at), default=None)

    @property
    def rehearsal(self) -> bool:
        """Whether the run is one that the public did not see."""
        return self.following.kind is RunKind.REHEARSAL


def report_of(session: Session, conf: str, run_id: str, now: datetime, zone: ZoneInfo) -> Report:
    """Read how a run went, the live one for an empty id, as things are at `now`; raises NotFound.

    A rehearsal's cues have the times of its own clock, its commands those of the day.
    """
    following = run_store.get_following(session, conf, RunId(run_id or LIVE_RUN))
    states = lane_store.lane_states(session, conf, following)
    lines = act_lines(acts_of(session, conf, following.id))
    shift = shift_of((state.run for state in states), rehearsal=following.kind is RunKind.REHEARSAL)
    return Report(
        following=following,
        lanes=tuple(
            _lane_report(lane, state, following.time(now), lines, shift, zone)
            for lane, state in zip(following.plan.lanes, states, strict=True)
        ),
        cues={cue_id: cue for state in states for cue_id, cue in state.cues.items()},
        acts=lines,
        shift=shift,
    )


def rehearsals(session: Session, conf: str) -> list[Following]:
    """Return the rehearsals that there are, the first first."""
    known = run_store.followings(session, conf).values()
    return [one for one in known if one.kind is RunKind.REHEARSAL]


def honours_of(session: Session, conf: str, report: Report) -> tuple[Ceremony, Honours]:
    """Read how the awards of a run went; in a rehearsal recipients are numbers."""
    ceremony = load_run(session, conf, report.following)
    lanes = [lane.run for lane in report.lanes]
    return ceremony, honours(ceremony, lanes, pressed(report.acts), report.shift)


def _lane_report(
    lane: Lane, state: LaneState, now: datetime, acts: Sequence[ActLine], shift: timedelta, zone: ZoneInfo
) -> LaneReport:
    lines = cue_lines(state.run, now, acts, shift)
    return LaneReport(
        lane=lane, run=state.run, lines=lines, totals=totals(state.run, lines), charts=charts(lines, zone)
    )
