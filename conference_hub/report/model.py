"""How a run went: each cue and award as planned and as it was, what that adds up to, and who commanded what.

Instants are aware. A drift is positive when something came later than planned, negative when earlier.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from conference_hub.agenda.facts import (
    CommandRedone,
    CommandUndone,
    CueRestarted,
    CueStarted,
    LaneHeld,
    LaneStarted,
)
from conference_hub.agenda.history import Act
from conference_hub.agenda.lane_run import ZERO, CueRun, LaneRun
from conference_hub.agenda.model import CueId, LaneId

FAR = timedelta(hours=12)
"""A run that began so much earlier or later than planned was a trial: its own beginning counts as the planned one."""
STARTS = frozenset({LaneStarted.topic, CueStarted.topic, CueRestarted.topic})


@dataclass(frozen=True, kw_only=True)
class ActLine:
    """A command, the one by which it was taken back for good, and for undo and redo the one that they are about."""

    act: Act
    undone: Act | None = None
    about: Act | None = None


@dataclass(frozen=True, kw_only=True)
class CueLine:
    """A cue as planned and as it last ran.

    `until` is its end, or the present while it is on air; None: it never ran. `held` counts the hold that goes on,
    `holds` how often it was held, `by` is the label of who started it. `shift` is how much later than planned the whole
    run was held on purpose.
    """

    cue_id: CueId
    planned_start: datetime
    planned: timedelta
    started_at: datetime | None
    until: datetime | None
    on_air: bool
    skipped: bool
    extension: timedelta
    held: timedelta
    holds: int = 0
    by: str = ""
    shift: timedelta = ZERO

    @property
    def planned_end(self) -> datetime:
        """When the plan ends it."""
        return self.planned_start + self.planned

    @property
    def drift(self) -> timedelta | None:
        """How much later than planned it began; None: it never ran."""
        return None if self.started_at is None else self.started_at - self.planned_start - self.shift

    @property
    def length(self) -> timedelta | None:
        """How long it was on air, holds counted; None: it never ran."""
        if self.started_at is None or self.until is None:
            return None
        return self.until - self.started_at

    @property
    def overrun(self) -> timedelta | None:
        """How much longer than planned it was on air, holds counted; None: it never ran or goes on."""
        return None if self.length is None or self.on_air else self.length - self.planned


@dataclass(frozen=True, kw_only=True)
class Totals:
    """What a lane adds up to.

    `ended_at` is None until its last cue is over, `ran` counts the cues that began, `skipped` those that were left out.
    """

    planned_start: datetime | None
    planned_end: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    ran: int
    skipped: int
    extension: timedelta
    held: timedelta
    shift: timedelta = ZERO

    @property
    def drift(self) -> timedelta | None:
        """How much later than planned the lane ended; None while it has not."""
        if self.planned_end is None or self.ended_at is None:
            return None
        return self.ended_at - self.planned_end - self.shift


@dataclass(frozen=True, kw_only=True)
class Pressed:
    """What the standing commands on something were: how often each topic, and who gave the last of each."""

    times: Counter[str] = field(default_factory=Counter)
    by: Mapping[str, str] = field(default_factory=dict)


def act_lines(acts: Iterable[Act]) -> list[ActLine]:
    """Return a line for each command, in their order; one that was done again is not undone."""
    known = list(acts)
    by_number = {act.number: act for act in known}
    undone: dict[int | None, Act] = {}
    for act in known:
        if act.topic == CommandUndone.topic:
            undone[act.about] = act
        elif act.topic == CommandRedone.topic:
            undone.pop(act.about, None)
    return [
        ActLine(
            act=act,
            undone=undone.get(act.number),
            about=None if act.about is None else by_number.get(act.about),
        )
        for act in known
    ]


def shift_of(lanes: Iterable[LaneRun], *, rehearsal: bool) -> timedelta:
    """Return by how much the plan is moved to compare it: to the beginning of a rehearsal, and of a trial."""
    started = [(cue.started_at, cue) for lane in lanes for cue in lane.cues if cue.started_at is not None]
    if not started:
        return ZERO
    at, first = min(started, key=lambda one: one[0])
    apart = at - first.planned_start
    return apart if rehearsal or abs(apart) >= FAR else ZERO


def cue_lines(
    lane: LaneRun, now: datetime, lines: Iterable[ActLine] = (), shift: timedelta = ZERO
) -> tuple[CueLine, ...]:
    """Return a line for each cue of a lane, in its order, as things are at `now`."""
    at, by_cue = lane.moment(now), _by_cue(lines, lane.lane_id)
    return tuple(_line(lane, cue, at, by_cue.get(cue.cue_id, ()), shift) for cue in lane.cues)


def totals(lane: LaneRun, lines: Iterable[CueLine]) -> Totals:
    """Return what the lines of a lane add up to."""
    known = list(lines)
    ends = [line.until for line in known if line.until is not None]
    over = lane.position is None and bool(ends) and not lane.order_to_come
    return Totals(
        planned_start=min((line.planned_start for line in known), default=None),
        planned_end=max((line.planned_end for line in known), default=None),
        started_at=min((line.started_at for line in known if line.started_at), default=None),
        ended_at=max(ends) if over else None,
        ran=sum(line.started_at is not None for line in known),
        skipped=sum(line.skipped for line in known),
        extension=sum((line.extension for line in known), ZERO),
        held=sum((line.held for line in known), ZERO),
        shift=known[0].shift if known else ZERO,
    )


def pressed(lines: Iterable[ActLine]) -> dict[str, Pressed]:
    """Return by subject what was commanded on it and not taken back."""
    times: dict[str, Counter[str]] = {}
    by: dict[str, dict[str, str]] = {}
    for line in lines:
        if line.undone is None:
            times.setdefault(line.act.subject, Counter())[line.act.topic] += 1
            by.setdefault(line.act.subject, {})[line.act.topic] = line.act.by
    return {subject: Pressed(times=times[subject], by=by[subject]) for subject in times}


def _by_cue(lines: Iterable[ActLine], lane: LaneId) -> dict[CueId, list[Act]]:
    """Return the standing commands of a lane by the cue that they name."""
    found: dict[CueId, list[Act]] = {}
    for line in lines:
        if line.undone is None and line.act.lane == lane and "cue" in line.act.detail:
            found.setdefault(line.act.detail["cue"], []).append(line.act)
    return found


def _line(lane: LaneRun, cue: CueRun, at: datetime, acts: Sequence[Act], shift: timedelta) -> CueLine:
    on_air = lane.current is cue
    held_now = at - lane.held_since if on_air and lane.held_since is not None else ZERO
    own = _since_start(acts) if cue.started_at is not None else []
    return CueLine(
        cue_id=cue.cue_id,
        planned_start=cue.planned_start,
        planned=cue.planned,
        started_at=cue.started_at,
        until=at if on_air else cue.ended_at,
        on_air=on_air,
        skipped=cue.skipped,
        extension=cue.extension,
        held=cue.held + held_now,
        holds=sum(act.topic == LaneHeld.topic for act in own),
        by=own[0].by if own and own[0].topic in STARTS else "",
        shift=shift,
    )


def _since_start(acts: Sequence[Act]) -> Sequence[Act]:
    """Return the commands on a cue since it was started last; all of them where nobody kept its start."""
    starts = [place for place, act in enumerate(acts) if act.topic in STARTS]
    return acts[starts[-1] :] if starts else acts
