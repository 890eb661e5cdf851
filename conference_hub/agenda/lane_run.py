"""A lane and its cues as they run: values, without what commands make of them (`clock.py`).

Instants are aware, kept in UTC at whole milliseconds, which is what the wire carries.

A wall clock can be stepped back. The clock of a lane does not follow: a command earlier than the lane's last
known instant counts as given at that instant, so nothing ever lasts less than zero.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Literal

from conference_hub.agenda.model import Cue, CueId, LaneId
from conference_hub.core.errors import NotFound, msg

ZERO = timedelta(0)
Answer = Literal["leave", "move"]
"""What becomes of the names that were not called: they stay sealed, or they move to the lane's next round."""


class LaneStatus(StrEnum):
    """Where a lane stands; the value is what is stored and sent."""

    WAITING = "waiting"
    RUNNING = "running"
    HELD = "held"
    FINISHED = "finished"


@dataclass(frozen=True, kw_only=True)
class CueRun:
    """A cue as it runs: `extension` is what the operator added or took, `held` the holds that are over.

    One that is `skipped` was left out on the day before it ran. A `fixed` one has a start of its own in the plan, and
    one with a `sync` starts together with those of other lanes that have the same. To make up time it is cut to no less
    than `shortest`, and left out if `droppable`.
    """

    cue_id: CueId
    planned_start: datetime
    planned: timedelta
    started_at: datetime | None = None
    ended_at: datetime | None = None
    extension: timedelta = ZERO
    held: timedelta = ZERO
    skipped: bool = False
    fixed: bool = True
    sync: str | None = None
    shortest: timedelta | None = None
    droppable: bool = False

    @classmethod
    def waiting(cls, cue: Cue) -> CueRun:
        """Make the run of a planned cue that has not been started."""
        return cls(
            cue_id=cue.id,
            planned_start=_whole_ms(cue.planned_start),
            planned=cue.planned,
            fixed=cue.fixed,
            sync=cue.sync,
            shortest=cue.shortest,
            droppable=cue.droppable,
        )

    @property
    def planned_end(self) -> datetime:
        """When the plan ends it."""
        return self.planned_start + self.planned

    @property
    def not_before(self) -> datetime | None:
        """The earliest instant that its start and the holds that are over leave for the present; None: not started."""
        return None if self.started_at is None else self.started_at + self.held

    @property
    def to_come(self) -> bool:
        """Whether it still comes by itself: it has not run and is not left out."""
        return self.started_at is None and not self.skipped

    @property
    def meets(self) -> str | None:
        """The sync point at which it will wait for other lanes; one that ran starts alone when it runs again."""
        return self.sync if self.started_at is None else None

    @property
    def allotted(self) -> timedelta:
        """How long it may take, holds not counted."""
        return self.planned + self.extension


@dataclass(frozen=True, kw_only=True)
class LaneRun:
    """A lane as it runs, its cues in order.

    `position` is the index of the current cue while running or held, else None; `held_since` is set only
    while held. A lane that breaks this raises ValueError. `standby` is the cue that an operator put on standby.
    `ready_since` is when it became ready for its next cue, which waits for other lanes; its current cue goes on.
    """

    lane_id: LaneId
    cues: tuple[CueRun, ...]
    status: LaneStatus
    position: int | None
    held_since: datetime | None
    standby: CueId | None = None
    ready_since: datetime | None = None

    def __post_init__(self) -> None:
        """Refuse a lane whose fields contradict each other."""
        on_air = self.status in {LaneStatus.RUNNING, LaneStatus.HELD}
        pointed = self.position is not None and 0 <= self.position < len(self.cues)
        if on_air != pointed or (self.status is LaneStatus.HELD) != (self.held_since is not None):
            message = f"{self.lane_id} is {self.status} at {self.position}, held since {self.held_since}"
            raise ValueError(message)
        if self.ready_since is not None and self.status not in {LaneStatus.WAITING, LaneStatus.RUNNING}:
            message = f"{self.lane_id} is ready and {self.status}"
            raise ValueError(message)

    @classmethod
    def planned(cls, *, lane_id: LaneId, cues: Iterable[Cue]) -> LaneRun:
        """Make the waiting lane of those planned `cues` that are its own, in their order."""
        runs = tuple(CueRun.waiting(cue) for cue in cues if cue.lane_id == lane_id)
        return cls(lane_id=lane_id, cues=runs, status=LaneStatus.WAITING, position=None, held_since=None)

    @property
    def current(self) -> CueRun | None:
        """The cue that runs or is held."""
        return None if self.position is None else self.cues[self.position]

    @property
    def coming(self) -> int | None:
        """The index of the cue that starts next: the one on standby, else the first that still comes."""
        if self.standby is not None:
            return self.index(self.standby)
        first = 0 if self.position is None else self.position + 1
        left = (i for i in range(first, len(self.cues)) if self.cues[i].to_come)
        return next(left, None)

    @property
    def point(self) -> str | None:
        """The sync point of the cue that starts next, where it waits for other lanes."""
        index = None if self.status is LaneStatus.FINISHED else self.coming
        return None if index is None else self.cues[index].meets

    def comes_to(self, point: str) -> bool:
        """Return whether the lane has a sync point still to come."""
        return any(self.cues[index].meets == point for index in self.order_to_come)

    @cached_property
    def order_to_come(self) -> tuple[int, ...]:
        """The indexes of the cues that will run if nothing but `next` is commanded, in that order."""
        first = None if self.status is LaneStatus.FINISHED else self.coming
        if first is None:
            return ()
        return first, *(i for i in range(first + 1, len(self.cues)) if self.cues[i].to_come)

    def index(self, cue_id: CueId) -> int:
        """Return where a cue of the lane stands; raises NotFound."""
        found = next((i for i, cue in enumerate(self.cues) if cue.cue_id == cue_id), None)
        if found is None:
            raise NotFound(msg("그런 순서가 없습니다."), cue=cue_id)
        return found

    @cached_property
    def latest(self) -> datetime | None:
        """The last instant that anything in the lane has happened at; None: nothing has."""
        cues = (instant for cue in self.cues for instant in (cue.not_before, cue.ended_at))
        known = (instant for instant in (*cues, self.held_since, self.ready_since) if instant is not None)
        return max(known, default=None)

    def moment(self, now: datetime) -> datetime:
        """Give the present in UTC, but never before anything that has already happened in the lane."""
        present = _whole_ms(now)
        return max(present, self.latest or present)


@dataclass(frozen=True, kw_only=True)
class Left:
    """What the operator said when a lane became ready: what becomes of `names` (ids) that were not called by then."""

    answer: Answer
    names: tuple[str, ...]


def _whole_ms(instant: datetime) -> datetime:
    """Bring an aware instant to UTC at whole milliseconds; a naive one raises ValueError."""
    if instant.tzinfo is None:
        message = f"naive datetime: {instant!r}"
        raise ValueError(message)
    utc = instant.astimezone(UTC)
    return utc.replace(microsecond=utc.microsecond // 1000 * 1000)
