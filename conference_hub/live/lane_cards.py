"""Where each lane stands, for pages that say it before their scripts have run.

`static/js/agenda/lanes.js` puts the same together in the browser.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from conference_hub.agenda.keys import CUE, LANE, SEGMENT
from conference_hub.agenda.kinds import SegmentKind
from conference_hub.agenda.lane_run import LaneStatus
from conference_hub.agenda.projection import LaneProjection, RunProjection
from conference_hub.agenda.run import Run
from conference_hub.core.text import Text
from conference_hub.live.families import Docs, all_of
from conference_hub.places.keys import ROOM

NOTABLE = timedelta(minutes=1)
"""A smaller difference is no other time."""
LATER = 40
"""How many items of a lane are listed that come after the next one; the others are counted."""


@dataclass(frozen=True, kw_only=True)
class Coming:
    """An item that still comes; `at` is None where nobody knows when."""

    title: Text
    at: datetime | None
    planned: datetime

    @property
    def changed(self) -> bool:
        """Whether it comes at another time than planned."""
        return self.at is not None and abs(self.at - self.planned) >= NOTABLE

    def soon(self, now: datetime) -> bool:
        """Whether it begins within a minute."""
        return self.at is not None and self.at - now < NOTABLE


@dataclass(frozen=True, kw_only=True)
class Finish:
    """When all is over, and when it was planned to be."""

    at: datetime
    planned: datetime

    @property
    def changed(self) -> bool:
        """Whether it is later than planned."""
        return self.at - self.planned >= NOTABLE


@dataclass(frozen=True, kw_only=True)
class Beside:
    """Beside which instants' days times stand, so that those of other days are marked.

    Planned ones stand beside the present within the plan, real ones beside the present, and beside the end once all is
    over.
    """

    planned: datetime
    real: datetime


@dataclass(frozen=True, kw_only=True)
class LaneCard:
    """A lane: what is on (`cue` None: nothing) until `ends_at`, what comes next, and what after that.

    `later` has the first of `later_count` items.
    """

    id: str
    status: str
    title: Text
    room: Text | None
    cue: Text | None
    segment: Text | None
    label: Text | None
    speakers: Sequence[Mapping[str, str | None]]
    ends_at: datetime | None
    next: Coming | None
    later: Sequence[Coming]
    later_count: int


def lane_cards(docs: Docs, run: Run, projection: RunProjection, now: datetime) -> list[LaneCard]:
    """Return the lanes that the documents tell of, in their order; `run` is what these were rendered from."""
    return [_lane_card(docs, run, lane, projection, now) for lane in all_of(docs, LANE)]


def _lane_card(
    docs: Docs, run: Run, lane: Mapping[str, Any], projection: RunProjection, now: datetime
) -> LaneCard:
    cue = docs.get(f"{CUE}{lane['cue']}")
    segment = docs.get(f"{SEGMENT}{cue['segment']}") if cue else None
    room = docs.get(f"{ROOM}{(segment and segment['room']) or lane['room']}")
    own = projection.lanes.get(lane["id"])
    coming = _coming(docs, own)
    running = run.lane(lane["id"])
    order = running.order_to_come if running else ()
    first = str(running.cues[order[0]].cue_id) if running and order else None
    later = [one for cue_id, one in coming.items() if cue_id != first and one.at is not None]
    return LaneCard(
        id=lane["id"],
        status=lane["status"],
        title=Text.of(lane["title"]),
        room=Text.of(room["title"]) if room else None,
        cue=Text.of(cue["title"]) if cue else None,
        segment=Text.of(segment["title"]) if segment else None,
        label=Text.of(segment["label"]) if segment and segment["kind"] != SegmentKind.GENERAL else None,
        speakers=cue["speakers"] if cue else (),
        ends_at=own.ends_at if own and own.ends_at and own.ends_at > now else None,
        next=coming.get(first) if first else None,
        later=sorted(later, key=lambda one: one.at or now)[:LATER],
        later_count=len(later),
    )


def _coming(docs: Docs, own: LaneProjection | None) -> dict[str, Coming]:
    """Return what of a lane has not begun, by cue."""
    return {
        str(cue.cue_id): Coming(
            title=Text.of(doc["title"]), at=cue.projected_start, planned=cue.planned_start
        )
        for cue in (own.cues if own else ())
        if cue.started_at is None and (doc := docs.get(f"{CUE}{cue.cue_id}"))
    }


def beside(lanes: Iterable[tuple[str, LaneProjection]], now: datetime) -> Beside:
    """Return the instants beside whose days times stand, for lanes with their statuses."""
    every = list(lanes)
    planned = [lane for _, lane in every if lane.cues and lane.planned_finish]
    if not planned:
        return Beside(planned=now, real=now)
    starts = min(lane.cues[0].planned_start for lane in planned)
    ends = max(lane.planned_finish or now for lane in planned)
    within = min(max(now, starts), ends)
    statuses = {status for status, _ in every}
    if statuses == {LaneStatus.WAITING}:
        return Beside(planned=within, real=within)
    over = statuses <= {LaneStatus.WAITING, LaneStatus.FINISHED}
    real = min(now, max(lane.projected_finish or now for lane in planned)) if over else now
    return Beside(planned=within, real=real)


def finish(projection: RunProjection) -> Finish | None:
    """Return when all is over. An audience is not told that it may go early: what is ahead of the plan is on time."""
    planned, projected = projection.planned_finish, projection.projected_finish
    if planned is None or projected is None:
        return None
    return Finish(at=max(planned, projected), planned=planned)
