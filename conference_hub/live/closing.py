"""Whether everything is over, for today or for good, for pages that say it before their scripts have run.

`static/js/live/closing.js` finds the same in the browser. A day of the programme lasts until five in the morning: what
ends after midnight ends that evening.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from conference_hub.agenda.keys import CUE
from conference_hub.agenda.lane_run import LaneStatus
from conference_hub.agenda.model import LaneId
from conference_hub.agenda.projection import RunProjection
from conference_hub.conferences.keys import CONFERENCE
from conference_hub.conferences.model import State
from conference_hub.core.now import parse_iso
from conference_hub.live.families import Docs, all_of
from conference_hub.live.lane_cards import LaneCard

Closing = Literal["day", "over"]
NIGHT = timedelta(hours=5)


def closing(
    docs: Docs, lanes: Sequence[LaneCard], projection: RunProjection, now: datetime
) -> Closing | None:
    """Return whether the day or the conference is over at `now`; None: something is on, or still comes today."""
    conference = docs.get(CONFERENCE)
    if conference is None:
        return None
    if conference["state"] in {State.OVER, State.ARCHIVED}:
        return "over"
    if any(lane.cue for lane in lanes) or all(lane.status != LaneStatus.FINISHED for lane in lanes):
        return None
    ends, zone = parse_iso(conference["ends_at"]), ZoneInfo(conference["timezone"])
    today = _day(_last_end(docs) or now, zone)
    waiting = list(_waiting(lanes, projection, now, past=ends <= now))
    if any(_day(at, zone) <= max(today, _day(now, zone)) for at in waiting):
        return None
    later = any(at > now and _day(at, zone) > today for at in (*_left(docs, lanes), ends))
    return "day" if waiting or later else "over"


def _day(at: datetime, zone: ZoneInfo) -> date:
    """Return the day of the programme in which an instant falls."""
    return (at - NIGHT).astimezone(zone).date()


def _waiting(
    lanes: Sequence[LaneCard], projection: RunProjection, now: datetime, *, past: bool
) -> Iterator[datetime]:
    """Yield when lanes are planned to begin that nobody started; once the conference is `past`, without past ones."""
    for lane in lanes:
        own = projection.lanes.get(LaneId(lane.id))
        given_up = past and (own is None or own.planned_finish is None or own.planned_finish <= now)
        if lane.status == LaneStatus.WAITING and lane.next and not given_up:
            yield lane.next.planned


def _left(docs: Docs, lanes: Sequence[LaneCard]) -> Iterator[datetime]:
    """Yield when the cues were planned that finished lanes left out: the next day's, where they go on then."""
    finished = {lane.id for lane in lanes if lane.status == LaneStatus.FINISHED}
    for cue in all_of(docs, CUE):
        if cue["lane"] in finished and cue["started_at"] is None and not cue.get("skipped"):
            yield parse_iso(cue["planned_start"])


def _last_end(docs: Docs) -> datetime | None:
    ends: list[Any] = [cue["ended_at"] for cue in all_of(docs, CUE) if cue["ended_at"]]
    return max(map(parse_iso, ends), default=None)
