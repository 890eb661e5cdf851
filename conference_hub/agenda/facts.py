"""What can happen to the agenda. The class is the topic, its fields are the fact's own fields on the wire.

Every audience gets each of them; the operator's copy also says `by` whom.
"""

from __future__ import annotations

from dataclasses import dataclass

from conference_hub.agenda.model import CueId, LaneId


@dataclass(frozen=True, kw_only=True)
class AgendaPlanned:
    """The plan was laid: all segments, lanes and cues are new."""


@dataclass(frozen=True, kw_only=True)
class LaneStarted:
    """The lane began with `cue`."""

    lane: LaneId
    cue: CueId


@dataclass(frozen=True, kw_only=True)
class CueStarted:
    """The lane went on from `left` to `cue`."""

    lane: LaneId
    cue: CueId
    left: CueId


@dataclass(frozen=True, kw_only=True)
class CueTakenBack:
    """The last start, next or finish was undone: `cue` runs again, or the lane waits (None).

    `left` is the cue that is as if never started; None when a finish was undone.
    """

    lane: LaneId
    cue: CueId | None
    left: CueId | None


@dataclass(frozen=True, kw_only=True)
class LaneHeld:
    """The clock of `cue` was stopped."""

    lane: LaneId
    cue: CueId


@dataclass(frozen=True, kw_only=True)
class LaneResumed:
    """The clock of `cue` runs on."""

    lane: LaneId
    cue: CueId


@dataclass(frozen=True, kw_only=True)
class CueExtended:
    """`cue` got `added_s` seconds more, or fewer when negative."""

    lane: LaneId
    cue: CueId
    added_s: int


@dataclass(frozen=True, kw_only=True)
class LaneFinished:
    """The lane ended with `cue`; `left_out` cues were never started."""

    lane: LaneId
    cue: CueId
    left_out: int


AgendaFact = (
    AgendaPlanned
    | LaneStarted
    | CueStarted
    | CueTakenBack
    | LaneHeld
    | LaneResumed
    | CueExtended
    | LaneFinished
)
