"""The time budget of a late lane: ways back to its planned finish, by the rules of the projection.

A way cuts cues to no less than their shortest time, calls names faster, or leaves out what the plan says may be left
out. Each is no more than is needed, in whole seconds, and says which end it gives to every lane.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from conference_hub.agenda.clock import SECOND, make_up
from conference_hub.agenda.lane_run import ZERO, CueRun, LaneRun
from conference_hub.agenda.model import CueId, LaneId
from conference_hub.agenda.projection import RunProjection, project_lane, project_run
from conference_hub.agenda.run import Run
from conference_hub.core.load import Load

T = TypeVar("T")
FASTEST_S = 4
"""The fewest seconds in which a name is called."""
ROUND_S = 10
"""Cuts of a cue are rounded up to these seconds."""
MOST_WAYS = 3
MOST_CUES = 12
"""So many cues a way changes by one means: more of them nobody can tell the crew on the day."""


class Means(StrEnum):
    """By what time is made up; the value is what is sent."""

    SHORTEN = "shorten"
    PACE = "pace"
    DROP = "drop"


GENTLEST: Sequence[Sequence[Means]] = (
    (Means.SHORTEN,),
    (Means.SHORTEN, Means.PACE),
    (Means.DROP,),
    (Means.DROP, Means.SHORTEN, Means.PACE),
)
"""What ways are made of, from the least to the most painful; within one, what comes first is used up first."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """What a way does to a cue: `cut` is taken away; all of it when it is `dropped`.

    `pace_s` are the seconds in which each name is called after it, None where names are called as planned.
    """

    cue: CueId
    cut: timedelta
    dropped: bool = False
    pace_s: float | None = None


@dataclass(frozen=True, kw_only=True)
class Way:
    """Changes of cues of one lane in their order, and when all lanes end by them."""

    changes: tuple[Change, ...]
    after: RunProjection

    @property
    def cuts(self) -> dict[CueId, timedelta]:
        """What is taken away from cues that stay."""
        return {one.cue: one.cut for one in self.changes if not one.dropped}

    @property
    def drop(self) -> tuple[CueId, ...]:
        """The cues that are left out."""
        return tuple(one.cue for one in self.changes if one.dropped)


def ways(run: Run, lane_id: LaneId, loads: Mapping[str, Load], now: datetime) -> list[Way]:
    """Return at most three ways in which a late lane ends earlier, from the least to the most painful.

    `loads` are the names that are called in cues. There is none for a lane that is not late, or has nothing to give.
    """
    lane = run.lane(lane_id)
    if lane is None or project_lane(run, lane_id, now).drift <= ZERO:
        return []
    problem = _Problem(run, lane, loads, now)
    found = [way for means in GENTLEST if (way := problem.way(means)) is not None]
    return _worth_it(found, lane_id)


def made_up(run: Run, lane_id: LaneId, cuts: Mapping[CueId, timedelta], drop: Sequence[CueId]) -> Run:
    """Return the run after time was made up in a lane. Raises what `clock.make_up` raises."""
    lanes = tuple(make_up(lane, cuts, drop) if lane.lane_id == lane_id else lane for lane in run.lanes)
    return replace(run, lanes=lanes)


@dataclass(frozen=True, kw_only=True)
class _Measure:
    """One thing that can be done to a cue: `amounts` are how much it can take away, from the least to the most."""

    cue: CueId
    means: Means
    amounts: Sequence[timedelta]

    @property
    def most(self) -> timedelta:
        return self.amounts[-1]


_Chosen = Sequence[tuple[_Measure, timedelta]]
"""Measures, and how much each takes away."""


class _Problem:
    """A late lane, and what can be done about it."""

    def __init__(self, run: Run, lane: LaneRun, loads: Mapping[str, Load], now: datetime) -> None:
        self.run, self.lane, self.loads, self.now = run, lane, loads, now
        self.measures = [one for cue in _still_running(lane) for one in _measures(lane, cue, loads, now)]

    def way(self, means: Sequence[Means]) -> Way | None:
        """Return the way that uses up some means in their order, and no more than is needed; None: it gains nothing."""
        chosen = self._needed(self._in_order(means))
        if not chosen:
            return None
        return Way(changes=self._changes(chosen), after=project_run(self._after(chosen), self.now))

    def _in_order(self, means: Sequence[Means]) -> list[_Measure]:
        """Return the measures of some means; within one those that gain most come first, so that few cues change."""
        gone = {one.cue for one in self.measures if one.means is Means.DROP and Means.DROP in means}
        own = (one for one in self.measures if one.means in means)
        usable = [one for one in own if one.means is Means.DROP or one.cue not in gone]
        by_gain = sorted(usable, key=lambda one: -one.most)
        return [one for kind in means for one in [own for own in by_gain if own.means is kind][:MOST_CUES]]

    def _needed(self, measures: Sequence[_Measure]) -> _Chosen:
        """Return the first measures that bring the lane back, or as near as they can, as small as that lets them be.

        The first cue of a lane that has not begun never begins before its planned start. So a cue before it that stays
        after all may make others needless: while measures fall away, the rest are tried again.
        """
        chosen, aim = self._first_enough([(one, one.most) for one in measures])
        while len(less := self._all_less(chosen, aim)) < len(chosen):
            chosen = less
        return less

    def _first_enough(self, full: _Chosen) -> tuple[_Chosen, timedelta]:
        """Return the fewest of the measures, from the first on, after which the lane is least late, and how late."""
        late: list[timedelta] = []
        for count in range(len(full) + 1):
            late.append(max(self._drift(full[:count]), ZERO))
            if not late[-1]:
                break
        aim = min(late)
        return full[: late.index(aim)], aim

    def _all_less(self, chosen: _Chosen, aim: timedelta) -> _Chosen:
        for place in reversed(range(len(chosen))):
            chosen = self._less(chosen, place, aim)
        return chosen

    def _less(self, chosen: _Chosen, place: int, aim: timedelta) -> list[tuple[_Measure, timedelta]]:
        """Return the measures with the one at a place as small as the aim lets it be, or without it."""
        before, (measure, most), behind = chosen[:place], chosen[place], chosen[place + 1 :]
        amounts = [ZERO, *measure.amounts[: measure.amounts.index(most) + 1]]

        def enough(amount: timedelta) -> bool:
            own = [(measure, amount)] if amount else []
            return self._drift([*before, *own, *behind]) <= aim

        if not enough(amounts[-2]):
            return list(chosen)
        least = _first(amounts[:-1], enough)
        return [*before, *([(measure, least)] if least else []), *behind]

    def _drift(self, chosen: _Chosen) -> timedelta:
        return project_lane(self._after(chosen), self.lane.lane_id, self.now).drift

    def _after(self, chosen: _Chosen) -> Run:
        cuts: dict[CueId, timedelta] = {}
        for measure, amount in chosen:
            if measure.means is not Means.DROP:
                cuts[measure.cue] = cuts.get(measure.cue, ZERO) + amount
        drop = [measure.cue for measure, _ in chosen if measure.means is Means.DROP]
        return made_up(self.run, self.lane.lane_id, cuts, drop)

    def _changes(self, chosen: _Chosen) -> tuple[Change, ...]:
        by_cue: dict[CueId, dict[Means, timedelta]] = {}
        for measure, amount in chosen:
            by_cue.setdefault(measure.cue, {})[measure.means] = amount
        return tuple(self._change(cue, by_cue[cue.cue_id]) for cue in self.lane.cues if cue.cue_id in by_cue)

    def _change(self, cue: CueRun, done: Mapping[Means, timedelta]) -> Change:
        faster = done.get(Means.PACE)
        return Change(
            cue=cue.cue_id,
            cut=sum(done.values(), ZERO),
            dropped=Means.DROP in done,
            pace_s=None if faster is None else self._pace(cue, faster),
        )

    def _pace(self, cue: CueRun, faster: timedelta) -> float:
        load = self.loads[cue.cue_id]
        names = _names_left(self.lane, cue, load, self.now)
        return round(load.pace_s - faster / SECOND / names, 1)


def _first(options: Sequence[T], fits: Callable[[T], bool]) -> T:
    """Return the first option that fits; the last one does, and so does each one behind one that does."""
    low, high = 0, len(options) - 1
    while low < high:
        middle = (low + high) // 2
        if fits(options[middle]):
            high = middle
        else:
            low = middle + 1
    return options[low]


def _still_running(lane: LaneRun) -> list[CueRun]:
    """Return the cue on air and those to come."""
    on_air = () if lane.current is None else (lane.current,)
    return [*on_air, *(lane.cues[index] for index in lane.order_to_come)]


def _measures(lane: LaneRun, cue: CueRun, loads: Mapping[str, Load], now: datetime) -> Iterator[_Measure]:
    """Yield what can be done to a cue; names are not left out with it."""
    load, spent = loads.get(cue.cue_id), _spent(lane, cue, now)
    names = 0 if load is None else _names_left(lane, cue, load, now)
    at_pace = spent + (ZERO if load is None else names * load.pace_s * SECOND)
    floor = spent if cue.shortest is None else max(spent, cue.shortest)
    slack = ZERO if cue.shortest is None else cue.allotted - max(floor, at_pace)
    if seconds := max(slack // SECOND, 0):
        yield _Measure(cue=cue.cue_id, means=Means.SHORTEN, amounts=_rounded(seconds))
    if load is not None and names:
        room = (
            cue.allotted - max(slack // SECOND, 0) * SECOND - max(floor, spent + names * FASTEST_S * SECOND)
        )
        if amounts := _paced(load, names, room):
            yield _Measure(cue=cue.cue_id, means=Means.PACE, amounts=amounts)
    if cue.droppable and load is None and cue.started_at is None:
        yield _Measure(cue=cue.cue_id, means=Means.DROP, amounts=(cue.allotted,))


def _rounded(seconds: int) -> list[timedelta]:
    return [*(n * SECOND for n in range(ROUND_S, seconds, ROUND_S)), seconds * SECOND]


def _paced(load: Load, names: int, room: timedelta) -> list[timedelta]:
    """Return what is gained by calling names in whole seconds, the slowest pace first, as far as there is room."""
    slower = range(FASTEST_S, -int(-load.pace_s // 1))
    gains = [int(names * (load.pace_s - pace)) * SECOND for pace in reversed(slower)]
    return [gain for gain in gains if ZERO < gain <= room]


def _spent(lane: LaneRun, cue: CueRun, now: datetime) -> timedelta:
    """Return how much of its time a cue has used up; holds do not count."""
    if cue.started_at is None:
        return ZERO
    at = lane.moment(now)
    holding = ZERO if lane.held_since is None else at - lane.held_since
    return max(at - cue.started_at - cue.held - holding, ZERO)


def _names_left(lane: LaneRun, cue: CueRun, load: Load, now: datetime) -> int:
    """Return how many names are still to be called, in the cue on air as many as its time is left for."""
    if cue.started_at is None or not load.pace_s:
        return load.count
    left = cue.allotted - _spent(lane, cue, now)
    return min(load.count, max(int(left / SECOND / load.pace_s), 0))


def _worth_it(found: Sequence[Way], lane_id: LaneId) -> list[Way]:
    """Return the ways that end earlier than those before them, and those that reach the plan by leaving cues out."""
    kept: list[Way] = []
    for way in found:
        same = any(one.changes == way.changes for one in kept)
        best = min((one.after.lanes[lane_id].drift for one in kept), default=None)
        drift = way.after.lanes[lane_id].drift
        instead = bool(way.drop) and drift <= ZERO
        if not same and (best is None or drift < best or instead):
            kept.append(way)
    return kept if len(kept) <= MOST_WAYS else [*kept[: MOST_WAYS - 1], kept[-1]]
