"""A lane to test with: three cues of the hall's day, the last one after a planned gap of five minutes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from conference_hub.agenda.history import LIVE_RUN
from conference_hub.agenda.kinds import SegmentKind
from conference_hub.agenda.lane_run import LaneRun
from conference_hub.agenda.model import Cue, CueId, Lane, LaneId, Plan, Segment, SegmentId
from conference_hub.agenda.run import Following, RunKind
from conference_hub.core.text import Text

HALL = LaneId("hall")
LANE = Lane(id=HALL, title=Text(ko="현장", en="Hall"))
SEGMENT = Segment(
    id=SegmentId("ceremony"),
    kind=SegmentKind.CEREMONY,
    title=Text(ko="시상식", en="Awards"),
    note=None,
)


def at(clock: str) -> datetime:
    """Read `HH:MM` or `HH:MM:SS` on the model day, in UTC."""
    return datetime.fromisoformat(f"2021-12-02T{clock}").replace(tzinfo=UTC)


def minutes(count: float) -> timedelta:
    """Say a span in minutes."""
    return timedelta(minutes=count)


def cue(name: str, planned_start: datetime, planned: timedelta, lane: LaneId = HALL) -> Cue:
    """Plan a cue."""
    return Cue(
        id=CueId(name),
        segment_id=SEGMENT.id,
        lane_id=lane,
        title=Text.of(name),
        planned_start=planned_start,
        planned=planned,
    )


CUES = (
    cue("opening", at("00:20"), minutes(10)),
    cue("ceremony", at("00:30"), minutes(30)),
    cue("performance", at("01:05"), minutes(10)),
)


def following(*cues: Cue, lanes: tuple[Lane, ...] = (LANE,)) -> Following:
    """Make the live run of a plan, with one lane unless more are given, of the given cues, or of the usual three."""
    plan = Plan(revision=1, changed_at=at("00:00"), segments=(SEGMENT,), lanes=lanes, cues=cues or CUES)
    return Following(id=LIVE_RUN, kind=RunKind.LIVE, plan=plan, began_at=at("00:00"), by="김감독")


def lane(*cues: Cue) -> LaneRun:
    """Make a waiting lane of the given cues, or of the usual three."""
    return LaneRun.planned(lane_id=HALL, cues=cues or CUES)
