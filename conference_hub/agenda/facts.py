"""What can happen to the agenda. `topic` is its name on the wire, the fields are its own.

Every audience gets what happens to the live run and what is published; operators alone hear of the working plan; of
rehearsals they and the screens that follow one. The operator's copy also says `by` whom.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from conference_hub.agenda.history import RunId
from conference_hub.agenda.model import CueId, LaneId
from conference_hub.core.facts import Fact


class EndsReadiness:
    """Marks facts of any feature that a lane which is ready to go on does not do: it is ready no longer."""


@dataclass(frozen=True, kw_only=True)
class OfCue(Fact):
    """Something that happened to `cue` of a lane."""

    lane: LaneId
    cue: CueId


@dataclass(frozen=True, kw_only=True)
class OfCommand(Fact):
    """A command of the lane was taken back or done again; `undone` is its topic, `number` that of its fact."""

    lane: LaneId
    undone: str
    number: int


@dataclass(frozen=True, kw_only=True)
class OfRevision(Fact):
    """Something that was done with a revision of the plan."""

    revision: int


@dataclass(frozen=True, kw_only=True)
class OfRehearsal(Fact):
    """Something that happened to a rehearsal."""

    outward: ClassVar[bool] = False
    run: RunId


class AgendaPlanned(Fact):
    """The first plan was applied: all segments, lanes and cues are new."""

    topic: ClassVar[str] = "AgendaPlanned"


class LaneStarted(OfCue):
    """The lane began with `cue`."""

    topic: ClassVar[str] = "LaneStarted"


@dataclass(frozen=True, kw_only=True)
class CueStarted(OfCue):
    """The lane went on from `left` to `cue`; None when it was over and goes on."""

    topic: ClassVar[str] = "CueStarted"
    left: CueId | None


@dataclass(frozen=True, kw_only=True)
class StandbyChanged(Fact):
    """`cue` of the lane is on standby: it is what starts next; None takes off the one that was."""

    topic: ClassVar[str] = "StandbyChanged"
    lane: LaneId
    cue: CueId | None


class CueSkipped(OfCue):
    """`cue` is left out of the run."""

    topic: ClassVar[str] = "CueSkipped"


class CueBroughtBack(OfCue):
    """`cue`, which was left out, comes again."""

    topic: ClassVar[str] = "CueBroughtBack"


class CueRestarted(OfCue):
    """`cue`, which was on, began anew."""

    topic: ClassVar[str] = "CueRestarted"


class LaneReopened(OfCue):
    """The lane, which was over, goes on with `cue`."""

    topic: ClassVar[str] = "LaneReopened"


class LaneReady(OfCue):
    """The lane is ready for `cue`, which starts together with those of other lanes."""

    topic: ClassVar[str] = "LaneReady"


class LaneHeld(OfCue):
    """The clock of `cue` was stopped."""

    topic: ClassVar[str] = "LaneHeld"


class LaneResumed(OfCue):
    """The clock of `cue` runs on."""

    topic: ClassVar[str] = "LaneResumed"


@dataclass(frozen=True, kw_only=True)
class CueExtended(OfCue):
    """`cue` got `added_s` seconds more, or fewer when negative."""

    topic: ClassVar[str] = "CueExtended"
    added_s: int


@dataclass(frozen=True, kw_only=True)
class LaneMadeUp(Fact):
    """Cues of the lane were cut or left out, so that it ends earlier."""

    topic: ClassVar[str] = "LaneMadeUp"
    lane: LaneId


@dataclass(frozen=True, kw_only=True)
class LaneFinished(OfCue):
    """The lane ended with `cue`; `left_out` cues were never started."""

    topic: ClassVar[str] = "LaneFinished"
    left_out: int


@dataclass(frozen=True, kw_only=True)
class ControlTaken(Fact):
    """Somebody drives the lane from now on; `holder` was the one who did before, by label."""

    topic: ClassVar[str] = "ControlTaken"
    lane: LaneId
    holder: str | None


@dataclass(frozen=True, kw_only=True)
class ControlReleased(Fact):
    """Nobody drives the lane any more: every operator commands it."""

    topic: ClassVar[str] = "ControlReleased"
    lane: LaneId


class CommandUndone(OfCommand):
    """The command of the lane with this number was taken back."""

    topic: ClassVar[str] = "CommandUndone"


class CommandRedone(OfCommand):
    """The command of the lane with this number was done again."""

    topic: ClassVar[str] = "CommandRedone"


class PlanRevised(OfRevision):
    """The working plan was changed; nothing that anybody follows is another."""

    topic: ClassVar[str] = "PlanRevised"


@dataclass(frozen=True, kw_only=True)
class PlanPublished(OfRevision):
    """This revision of the plan became version `version`, which the programme and the calendar show."""

    topic: ClassVar[str] = "PlanPublished"
    version: int


class PlanApplied(OfRevision):
    """The live run follows this revision of the plan; what had run stays as it ran."""

    topic: ClassVar[str] = "PlanApplied"


class RehearsalBegan(OfRehearsal):
    """A rehearsal of the working plan was begun."""

    topic: ClassVar[str] = "RehearsalBegan"


@dataclass(frozen=True, kw_only=True)
class RehearsalPaced(OfRehearsal):
    """The clock of a rehearsal goes `speed` times as fast as the day from now on."""

    topic: ClassVar[str] = "RehearsalPaced"
    speed: int


@dataclass(frozen=True, kw_only=True)
class RehearsalShown(OfRehearsal):
    """The screens of hall and crew follow the rehearsal, or the live run again."""

    topic: ClassVar[str] = "RehearsalShown"
    on_screens: bool


@dataclass(frozen=True, kw_only=True)
class RehearsalCommanded(OfRehearsal):
    """A lane of a rehearsal was commanded; `command` is the topic that the live run would have published."""

    topic: ClassVar[str] = "RehearsalCommanded"
    lane: LaneId
    command: str


class RehearsalCleared(OfRehearsal):
    """A rehearsal was removed, with everything that happened in it."""

    topic: ClassVar[str] = "RehearsalCleared"


LaneFact = (
    LaneStarted
    | CueStarted
    | StandbyChanged
    | CueSkipped
    | CueBroughtBack
    | CueRestarted
    | LaneReopened
    | LaneReady
    | LaneHeld
    | LaneResumed
    | CueExtended
    | LaneMadeUp
    | LaneFinished
    | CommandUndone
    | CommandRedone
)
"""What can happen to a lane."""
