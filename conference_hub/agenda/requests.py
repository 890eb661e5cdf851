"""The commands of runs and of the plan as they are sent."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from conference_hub.agenda.clock import LONGEST_CUE, MOST_SECONDS, SECOND
from conference_hub.agenda.limits import MOST_CUES_IN_LANE, MOST_LANES
from conference_hub.agenda.run_clock import FASTEST
from conference_hub.core.errors import msg
from conference_hub.web.fields import LONGEST_ID
from conference_hub.web.requests import CommandBody, Digits, Flag, Line, OnceBody, Query, Seen, fault

Speed = Annotated[int, Field(strict=True, ge=1, le=FASTEST)]
"""How many times as fast as the day."""


def _not_zero(seconds: int) -> int:
    if not seconds:
        raise fault("invalid", msg("0이 아니어야 합니다: %(field)s"))
    return seconds


LeftAnswer = Literal["leave", "move"]


class LaneCommand(CommandBody):
    """A command of a lane; without `lane` the first one is meant."""

    lane: Line | None = None
    expect: Annotated[str, Field(strict=True, max_length=LONGEST_ID)] | None = None
    """The cue that must be on air, empty: none; another one is refused as stale."""


class LeavingCommand(LaneCommand):
    """A command by which a lane may leave cues."""

    with_left: LeftAnswer | None = None
    """What becomes of recipients who were not called: they stay sealed, or they move to the lane's next round."""


class GoOn(LeavingCommand):
    """Go on to another cue; `force` starts it alone where it waits for other lanes."""

    force: Flag = False


class SeveralLanes(GoOn):
    """A command that several lanes may get at one instant."""

    lanes: Annotated[tuple[Line, ...], Field(max_length=MOST_LANES)] = ()
    """These lanes instead of `lane`, all or none."""
    with_left_in: Annotated[dict[Line, LeftAnswer], Field(default_factory=dict, max_length=MOST_LANES)]
    """The same as `with_left` for single lanes, where they have different answers."""

    @model_validator(mode="after")
    def _says_one(self) -> Self:
        if self.lanes and (self.lane is not None or len(set(self.lanes)) < len(self.lanes)):
            raise fault("invalid", msg("구역은 한 가지로, 한 번씩만 적어 주세요."), field="lanes")
        return self


class OfCue(LaneCommand):
    """A command on `cue`, any cue of the lane."""

    cue: Line


class Jump(GoOn):
    """Start `cue`, any cue of the lane."""

    cue: Line


class Leave(LeavingCommand):
    """Leave out `cue`, any cue of the lane."""

    cue: Line


class TakeControl(LaneCommand):
    """Drive a lane; `force` is the id of the actor from whom it is taken over (`lane/<id>`.holder.actor)."""

    force: Line | None = None


class Arm(LaneCommand):
    """Put `cue` on standby, any cue of the lane; null takes off the one that was."""

    cue: Line | None


class Undo(LaneCommand):
    """Take back, or do again, the act with the number `step`; without it, whatever comes next.

    `publish` says that a name may become public by it.
    """

    step: Annotated[int, Field(strict=True, ge=1)] | None = None
    publish: Flag = False


class Extend(LaneCommand):
    """Give the cue on air `seconds` more, or fewer when negative."""

    seconds: Annotated[int, Field(strict=True, ge=-MOST_SECONDS, le=MOST_SECONDS), AfterValidator(_not_zero)]


class MakeUp(LeavingCommand):
    """Make up time: take `cuts` (seconds by cue of the lane) away, and leave out the cues of `drop`."""

    cuts: Annotated[
        dict[Line, Annotated[int, Field(strict=True, ge=1, le=LONGEST_CUE // SECOND)]],
        Field(default_factory=dict, max_length=MOST_CUES_IN_LANE),
    ]
    drop: Annotated[tuple[Line, ...], Field(max_length=MOST_CUES_IN_LANE)] = ()

    @model_validator(mode="after")
    def _says_each_cue_once(self) -> Self:
        named = [*self.cuts, *self.drop]
        if not named or len(set(named)) < len(named):
            raise fault("invalid", msg("줄이거나 생략할 순서를 한 번씩만 적어 주세요."), field="cuts")
        return self


class Finish(LeavingCommand):
    """End a lane; `early` leaves out the cues that are left."""

    early: Flag = False


class OfRevision(OnceBody):
    """What is done with the working plan: refused when it is another `revision` by now."""

    revision: Seen
    """The revision of the working plan that the sender knew; 0 when there was none."""


class BeginRehearsal(OfRevision):
    """Begin a rehearsal of the working plan.

    It begins at `cue`, as if all before it had gone as planned, else before the first one. The clock goes `speed` times
    as fast as the day. `while_live` says that it may begin while lanes of the live run are on air.
    """

    cue: Line | None = None
    speed: Speed = 1
    screens: Flag = False
    """The screens of hall and crew follow it."""
    while_live: Flag = False


class PaceRehearsal(OnceBody):
    """Let the clock of a rehearsal go at another speed."""

    speed: Speed


class ShowRehearsal(OnceBody):
    """Let the screens of hall and crew follow a rehearsal, or the live run again."""

    screens: Flag


class CueSheetQuery(Query):
    """Which part of the cue sheet is shown: ids, empty for all."""

    lane: str = ""
    department: str = ""


class WaysQuery(Query):
    """Which lane is to end earlier; without `lane` the first one."""

    lane: str | None = None


class PlanQuery(Query):
    """Which plan is asked for."""

    version: Digits | None = None
    """The number of a published version; without it the working plan."""
