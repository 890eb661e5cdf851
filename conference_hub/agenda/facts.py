"""What can happen to the agenda. `topic` is its name on the wire, the fields are its own.

Every audience gets what happens to the live run; operators alone hear of the working plan, of what is published and of
rehearsals. The operator's copy also says `by` whom.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from conference_hub.agenda.history import RunId
from conference_hub.agenda.model import CueId, LaneId
from conference_hub.core.facts import Fact


@dataclass(frozen=True, kw_only=True)
class AgendaPlanned(Fact):
    """The plan was laid: all segments, lanes and cues are new."""

    topic: ClassVar[str] = "AgendaPlanned"


@dataclass(frozen=True, kw_only=True)
class LaneStarted(Fact):
    """The lane began with `cue`."""

    topic: ClassVar[str] = "LaneStarted"
    lane: LaneId
    cue: CueId


@dataclass(frozen=True, kw_only=True)
class CueStarted(Fact):
    """The lane went on from `left` to `cue`; None when it was over and goes on."""

    topic: ClassVar[str] = "CueStarted"
    lane: LaneId
    cue: CueId
    left: CueId | None


@dataclass(frozen=True, kw_only=True)
class LaneHeld(Fact):
    """The clock of `cue` was stopped."""

    topic: ClassVar[str] = "LaneHeld"
    lane: LaneId
    cue: CueId


@dataclass(frozen=True, kw_only=True)
class LaneResumed(Fact):
    """The clock of `cue` runs on."""

    topic: ClassVar[str] = "LaneResumed"
    lane: LaneId
    cue: CueId


@dataclass(frozen=True, kw_only=True)
class CueExtended(Fact):
    """`cue` got `added_s` seconds more, or fewer when negative."""

    topic: ClassVar[str] = "CueExtended"
    lane: LaneId
    cue: CueId
    added_s: int


@dataclass(frozen=True, kw_only=True)
class LaneFinished(Fact):
    """The lane ended with `cue`; `left_out` cues were never started."""

    topic: ClassVar[str] = "LaneFinished"
    lane: LaneId
    cue: CueId
    left_out: int


@dataclass(frozen=True, kw_only=True)
class CommandUndone(Fact):
    """The command of the lane with this number was taken back; `undone` is its topic."""

    topic: ClassVar[str] = "CommandUndone"
    lane: LaneId
    undone: str
    number: int


@dataclass(frozen=True, kw_only=True)
class CommandRedone(Fact):
    """The command of the lane with this number was done again; `undone` is its topic."""

    topic: ClassVar[str] = "CommandRedone"
    lane: LaneId
    undone: str
    number: int


@dataclass(frozen=True, kw_only=True)
class PlanRevised(Fact):
    """The working plan was changed; nothing that anybody follows is another."""

    topic: ClassVar[str] = "PlanRevised"
    revision: int


@dataclass(frozen=True, kw_only=True)
class PlanPublished(Fact):
    """This revision of the plan became version `version`, which the overview and the calendar show."""

    topic: ClassVar[str] = "PlanPublished"
    revision: int
    version: int


@dataclass(frozen=True, kw_only=True)
class PlanApplied(Fact):
    """The live run follows this revision of the plan; what had run stays as it ran."""

    topic: ClassVar[str] = "PlanApplied"
    revision: int


@dataclass(frozen=True, kw_only=True)
class RehearsalBegan(Fact):
    """A rehearsal of the working plan was begun."""

    topic: ClassVar[str] = "RehearsalBegan"
    run: RunId


@dataclass(frozen=True, kw_only=True)
class RehearsalCommanded(Fact):
    """A lane of a rehearsal was commanded; `command` is the topic that the live run would have published."""

    topic: ClassVar[str] = "RehearsalCommanded"
    run: RunId
    lane: LaneId
    command: str


@dataclass(frozen=True, kw_only=True)
class RehearsalCleared(Fact):
    """A rehearsal was removed, with everything that happened in it."""

    topic: ClassVar[str] = "RehearsalCleared"
    run: RunId


LaneFact = (
    LaneStarted
    | CueStarted
    | LaneHeld
    | LaneResumed
    | CueExtended
    | LaneFinished
    | CommandUndone
    | CommandRedone
)
"""What can happen to a lane."""
