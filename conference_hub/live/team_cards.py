"""Where each lane stands, for screens of the team that say it before their scripts have run.

It is made of the documents of the stream that a screen follows, and says nothing of awards. The scripts write the same
there: `static/js/agenda/console/panel.js`, `static/js/live/emcee.js`, `static/js/live/cue-sheet.js`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from conference_hub.agenda.keys import CUE, LANE, NOTES
from conference_hub.agenda.lane_run import LaneRun, LaneStatus
from conference_hub.agenda.projection import CueProjection, LaneProjection, project_run
from conference_hub.agenda.run import Run
from conference_hub.core.text import Text
from conference_hub.live.families import Docs, all_of
from conference_hub.live.lane_cards import Beside, LaneCard, beside, lane_cards

LineState = Literal["done", "on-air", "standby", "coming", "skipped", "left-out"]
NEAR = 2
"""How many cues that come a folded rundown shows."""


@dataclass(frozen=True, kw_only=True)
class Note:
    """What a department is to do in a cue; departments have a `place` in their order."""

    department: str
    place: int
    title: Text
    text: str


@dataclass(frozen=True, kw_only=True)
class Department:
    """Somebody who works by the cue sheet."""

    id: str
    title: Text


@dataclass(frozen=True, kw_only=True)
class Line:
    """A cue of a lane. `passed`: the lane is beyond it, whether it ran or not."""

    id: str
    number: str
    title: Text
    state: LineState
    passed: bool
    times: CueProjection
    planned: timedelta
    extension: timedelta
    speakers: Sequence[Mapping[str, str | None]]
    sync: str | None
    notes: Sequence[Note]


@dataclass(frozen=True, kw_only=True)
class TeamLane:
    """A lane as its operators see it; `drift` is positive when it will finish later than planned."""

    card: LaneCard
    colour: str | None
    ready: bool
    beside: Beside
    drift: timedelta
    planned_finish: datetime | None
    projected_finish: datetime | None
    lines: Sequence[Line]

    @property
    def on_air(self) -> Line | None:
        """The cue that is on."""
        return next((line for line in self.lines if line.state == "on-air"), None)

    @property
    def departments(self) -> Sequence[Department]:
        """The departments that have something to do in the lane, in their order."""
        notes = sorted((note for line in self.lines for note in line.notes), key=lambda one: one.place)
        titles = {note.department: note.title for note in notes}
        return [Department(id=department, title=title) for department, title in titles.items()]

    @property
    def near(self) -> Sequence[Line]:
        """What a folded rundown shows: the cue on air and the two that come; at the end, the last one."""
        by_state = {
            state: [line for line in self.lines if line.state == state] for state in ("standby", "coming")
        }
        coming = [*by_state["standby"], *by_state["coming"]][:NEAR]
        shown = {line.id for line in (self.on_air, *coming) if line}
        return [line for line in self.lines if line.id in shown] or self.lines[-1:]


@dataclass(frozen=True, kw_only=True)
class Team:
    """What is told of the lanes at `now`."""

    now: datetime
    lanes: Sequence[TeamLane]

    def lane(self, lane_id: str) -> TeamLane | None:
        """Return a lane, None for one that the documents do not know."""
        return next((lane for lane in self.lanes if lane.card.id == lane_id), None)

    def others(self, lane_id: str) -> Sequence[TeamLane]:
        """Return the other lanes."""
        return [lane for lane in self.lanes if lane.card.id != lane_id]


def team(docs: Docs, run: Run, now: datetime) -> Team:
    """Return what the documents of a stream of the team say at `now`; `run` is what they were rendered from."""
    projection = project_run(run, now)
    cards = {card.id: card for card in lane_cards(docs, run, projection, now)}
    return Team(
        now=now,
        lanes=[
            _team_lane(docs, lane, cards[lane["id"]], projection.lanes[lane["id"]], run.lane(lane["id"]), now)
            for lane in all_of(docs, LANE)
            if lane["id"] in projection.lanes
        ],
    )


def _team_lane(
    docs: Docs,
    lane: Mapping[str, Any],
    card: LaneCard,
    own: LaneProjection,
    run: LaneRun | None,
    now: datetime,
) -> TeamLane:
    lines = [
        _line(docs, lane, doc, times, passed=_passed(run, place))
        for place, times in enumerate(own.cues)
        if (doc := docs.get(f"{CUE}{times.cue_id}"))
    ]
    return TeamLane(
        card=card,
        colour=lane["colour"],
        ready=lane["ready_since"] is not None,
        beside=beside([(lane["status"], own)], now),
        drift=own.drift,
        planned_finish=own.planned_finish,
        projected_finish=own.projected_finish,
        lines=lines,
    )


def _passed(run: LaneRun | None, place: int) -> bool:
    if run is None:
        return False
    return run.status is LaneStatus.FINISHED or (run.position is not None and place < run.position)


def _line(
    docs: Docs, lane: Mapping[str, Any], cue: Mapping[str, Any], times: CueProjection, *, passed: bool
) -> Line:
    notes = docs.get(f"{NOTES}{cue['id']}")
    return Line(
        id=cue["id"],
        number=cue["number"],
        title=Text.of(cue["title"]),
        state=_state(lane, cue),
        passed=passed,
        times=times,
        planned=timedelta(seconds=cue["planned_s"]),
        extension=timedelta(seconds=cue["extension_s"]),
        speakers=cue["speakers"],
        sync=cue["sync"],
        notes=[_note(one) for one in notes["notes"]] if notes else (),
    )


def _note(doc: Mapping[str, Any]) -> Note:
    return Note(
        department=doc["department"], place=doc["place"], title=Text.of(doc["title"]), text=doc["text"]
    )


def _state(lane: Mapping[str, Any], cue: Mapping[str, Any]) -> LineState:
    if cue["id"] == lane["cue"]:
        return "on-air"
    if cue["id"] == lane["standby"]:
        return "standby"
    if cue["started_at"]:
        return "done"
    if cue["skipped"]:
        return "skipped"
    return "left-out" if lane["status"] == LaneStatus.FINISHED else "coming"
