"""How the awards went: when each was revealed beside its place in the plan, how long it had the stage, and the sums."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from conference_hub.agenda.lane_run import ZERO, LaneRun
from conference_hub.agenda.model import LaneId
from conference_hub.awards import facts
from conference_hub.awards.calling import in_calling_order
from conference_hub.awards.keys import award_key
from conference_hub.awards.levels import Level
from conference_hub.awards.model import Award, AwardId, AwardState, Ceremony, StandIn
from conference_hub.core.errors import msg
from conference_hub.report.model import Pressed

NOTHING = Pressed()
NOTED = {
    facts.AwardDeferred.topic: msg("뒤로 미룸"),
    facts.AwardTakenBack.topic: msg("비공개로 되돌림"),
    facts.AwardCorrected.topic: msg("고침"),
}
"""What is said of an award beside its state, by the command that did it."""
ABSENT, PROXY = msg("불참"), msg("대리 수상")


@dataclass(frozen=True, kw_only=True)
class AwardLine:
    """An award as planned and as it went.

    `planned_at` is when its turn was by the start of its cue and the paces of those before it; None: its cue is not in
    the run. It had the stage until `until`, the next reveal of its lane or the end of its cue; None: it has it still,
    or was never revealed. `by` is the label of who revealed it.
    """

    award: Award
    pace: timedelta
    planned_at: datetime | None
    until: datetime | None
    pressed: Pressed = NOTHING
    shift: timedelta = ZERO

    @property
    def by(self) -> str:
        """The label of who revealed it; empty where nobody did."""
        return self.pressed.by.get(facts.AwardRevealed.topic, "") if self.award.revealed_at else ""

    @property
    def notes(self) -> list[tuple[str, int]]:
        """The msgids of what else is known of it or happened to it and stands, with how often."""
        known = {ABSENT: self.award.absent, PROXY: self.award.stand_in is StandIn.PROXY}
        stated = [(words, 1) for words, so in known.items() if so]
        return stated + [
            (words, self.pressed.times[topic]) for topic, words in NOTED.items() if self.pressed.times[topic]
        ]

    @property
    def drift(self) -> timedelta | None:
        """How much later than planned it was revealed."""
        if self.award.revealed_at is None or self.planned_at is None:
            return None
        return self.award.revealed_at - self.planned_at - self.shift

    @property
    def length(self) -> timedelta | None:
        """How long it had the stage."""
        if self.award.revealed_at is None or self.until is None:
            return None
        return self.until - self.award.revealed_at


@dataclass(frozen=True, kw_only=True)
class LevelLine:
    """What the awards of a level add up to: how many, how many were revealed, and how long each had the stage."""

    level: Level
    awards: int
    revealed: int
    each: timedelta | None
    longest: timedelta | None


@dataclass(frozen=True, kw_only=True)
class Honours:
    """The awards of a ceremony in calling order, their sums by level, and how many stand in which state."""

    lines: tuple[AwardLine, ...]
    levels: tuple[LevelLine, ...]
    states: Mapping[AwardState, int]

    @property
    def notes(self) -> list[tuple[str, int]]:
        """The msgids of what is said of awards beside their state, with how many awards that is."""
        counts = Counter(words for line in self.lines for words, _times in line.notes)
        return [(words, counts[words]) for words in (ABSENT, PROXY, *NOTED.values()) if counts[words]]

    def of_lane(self, lane_id: LaneId) -> list[AwardLine]:
        """Return the awards of one lane."""
        return [line for line in self.lines if line.award.lane_id == lane_id]


def honours(
    ceremony: Ceremony, lanes: Sequence[LaneRun], pressed: Mapping[str, Pressed], shift: timedelta = ZERO
) -> Honours:
    """Return how the awards of a ceremony went in the lanes of its run."""
    lines = [line for lane in lanes for line in _of_lane(ceremony, lane, pressed, shift)]
    states = Counter(line.award.state for line in lines)
    return Honours(
        lines=tuple(lines),
        levels=tuple(_level_lines(ceremony, lines)),
        states={state: states[state] for state in AwardState if states[state]},
    )


def _of_lane(
    ceremony: Ceremony, lane: LaneRun, pressed: Mapping[str, Pressed], shift: timedelta
) -> list[AwardLine]:
    own = [award for award in ceremony.awards.values() if award.lane_id == lane.lane_id]
    order = in_calling_order(own, ceremony.rounds.get(lane.lane_id, ()))
    planned, until = _planned(ceremony, order, lane), _until(order, lane)
    return [
        AwardLine(
            award=award,
            pace=_pace(ceremony, award),
            planned_at=planned.get(award.id),
            until=until.get(award.id),
            pressed=pressed.get(award_key(award.id), NOTHING),
            shift=shift,
        )
        for award in order
    ]


def _planned(ceremony: Ceremony, order: Iterable[Award], lane: LaneRun) -> dict[AwardId, datetime]:
    """Return when the turn of each award was: one after the other from the start of their cue, each at its pace."""
    turn = {cue.cue_id: cue.planned_start for cue in lane.cues}
    found: dict[AwardId, datetime] = {}
    for award in order:
        if award.cue_id in turn:
            found[award.id] = turn[award.cue_id]
            turn[award.cue_id] += _pace(ceremony, award)
    return found


def _until(order: Iterable[Award], lane: LaneRun) -> dict[AwardId, datetime]:
    """Return until when each revealed award had the stage, so far as that is over."""
    revealed = sorted((award.revealed_at, award.id) for award in order if award.revealed_at)
    found = {}
    for place, (at, award_id) in enumerate(revealed, start=1):
        ends = [cue.ended_at for cue in lane.cues if cue.ended_at is not None and cue.ended_at >= at]
        follower = [at for at, _ in revealed[place : place + 1]]
        if over := min([*ends, *follower], default=None):
            found[award_id] = over
    return found


def _level_lines(ceremony: Ceremony, lines: Iterable[AwardLine]) -> Iterable[LevelLine]:
    by_level: dict[str, list[AwardLine]] = {}
    for line in lines:
        by_level.setdefault(line.award.level_id, []).append(line)
    for level in ceremony.levels.values():
        if own := by_level.get(level.id):
            yield _level_line(level, own)


def _level_line(level: Level, own: Sequence[AwardLine]) -> LevelLine:
    lengths = [line.length for line in own if line.length is not None]
    return LevelLine(
        level=level,
        awards=len(own),
        revealed=sum(line.award.state.is_public for line in own),
        each=sum(lengths, ZERO) / len(lengths) if lengths else None,
        longest=max(lengths, default=None),
    )


def _pace(ceremony: Ceremony, award: Award) -> timedelta:
    return timedelta(seconds=ceremony.levels[award.level_id].seconds_each)
