"""Where lanes meet on the day: who is still waited for at a sync point, and which lanes a press lets go on.

Whom a lane waits for is found anew each time: those that are not over, have not become ready there, and come to the
point by what they have still to run. So a lane that left the point out, passed it or ran it holds nobody up.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from conference_hub.agenda import clock
from conference_hub.agenda.lane_run import LaneRun, LaneStatus
from conference_hub.agenda.model import CueId, LaneId
from conference_hub.agenda.refusals import WaitingForLanes


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """What a press makes of lanes: those that go on, at one instant, and those that become ready."""

    going_on: tuple[LaneId, ...]
    ready: tuple[LaneId, ...]


def waits_for(lane: LaneRun, lanes: Sequence[LaneRun]) -> list[LaneId]:
    """Return the lanes that have still to come before the next cue of `lane` begins; `lanes` may have it too."""
    point = lane.point
    if point is None:
        return []
    others = (other for other in lanes if other.lane_id != lane.lane_id and other.comes_to(point))
    return [other.lane_id for other in others if other.ready_since is None or other.point != point]


def meet(lanes: Sequence[LaneRun], pressed: Collection[LaneId], now: datetime, *, force: bool) -> Meeting:
    """Return which lanes of a run go on and which become ready when those that are `pressed` are to go on.

    By `force` they alone go on, and wait for nobody. Raises WaitingForLanes when a lane is ready already, and others
    are not there.
    """
    if force:
        return Meeting(going_on=tuple(pressed), ready=())
    there = [
        clock.make_ready(lane, now) if lane.lane_id in pressed and lane.point else lane for lane in lanes
    ]
    waiting = {lane.lane_id: waits_for(lane, there) for lane in there}
    for lane in lanes:
        if lane.lane_id in pressed and lane.ready_since and waiting[lane.lane_id]:
            raise WaitingForLanes(lane.lane_id, waiting[lane.lane_id])
    met = {lane.point for lane in there if lane.lane_id in pressed and not waiting[lane.lane_id]} - {None}
    ready = tuple(lane for lane in pressed if waiting[lane])
    taken_along = (lane.lane_id for lane in there if lane.ready_since and lane.point in met)
    alone = (lane for lane in pressed if not waiting[lane])
    return Meeting(going_on=tuple(dict.fromkeys((*alone, *taken_along))), ready=ready)


def aimed(lane: LaneRun, cue_id: CueId) -> LaneRun:
    """Return the lane with a cue next, ready no longer when that is another one; raises NotFound.

    A lane that is over takes no part: it starts alone.
    """
    index = lane.index(cue_id)
    if lane.coming == index or lane.status is LaneStatus.FINISHED:
        return lane
    return replace(lane, standby=cue_id, ready_since=None)


def go_on(lane: LaneRun, now: datetime) -> LaneRun:
    """Start the next cue of a lane that others take along."""
    return clock.start(lane, now) if lane.status is LaneStatus.WAITING else clock.next_cue(lane, now)
