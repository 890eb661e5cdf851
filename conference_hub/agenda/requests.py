"""The commands of runs and of the plan as they are sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Annotated, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from conference_hub.agenda.clock import LONGEST_CUE, MOST_SECONDS, SECOND
from conference_hub.agenda.contents import PlanContent
from conference_hub.agenda.kinds import SegmentKind
from conference_hub.core.errors import msg
from conference_hub.core.now import iso
from conference_hub.web.requests import (
    Body,
    CommandBody,
    Digits,
    Flag,
    Instant,
    Line,
    OnceBody,
    Query,
    Seen,
    Wording,
    fault,
)

MOST_SEGMENTS, MOST_LANES, MOST_CUES, MOST_CUES_IN_LANE = 60, 20, 500, 200
"""How large a plan may be."""
SHORTEST_CUE_S = 0.001


def _not_zero(seconds: int) -> int:
    if not seconds:
        raise fault("invalid", msg("0이 아니어야 합니다: %(field)s"))
    return seconds


class LaneCommand(CommandBody):
    """A command of a lane; without `lane` the first one is meant."""

    lane: Line | None = None


class Jump(LaneCommand):
    """Start `cue`, any cue of the lane."""

    cue: Line


class Extend(LaneCommand):
    """Give the cue on air `seconds` more, or fewer when negative."""

    seconds: Annotated[int, Field(strict=True, ge=-MOST_SECONDS, le=MOST_SECONDS), AfterValidator(_not_zero)]


class Finish(LaneCommand):
    """End a lane; `early` leaves out the cues that are left."""

    early: Flag = False


class OfRevision(OnceBody):
    """What is done with the working plan: refused when it is another `revision` by now."""

    revision: Seen
    """The revision of the working plan that the sender knew; 0 when there was none."""


PlanId = Annotated[
    str, StringConstraints(strict=True, max_length=80, pattern=r"^[a-z0-9]([a-z0-9_-]*[a-z0-9])?$")
]
"""An id of a part of the plan: 1 to 80 of `a-z0-9-_`, not at an end the last two."""


class PlanSegment(Body):
    """A part of the programme."""

    id: PlanId
    kind: SegmentKind
    title: Wording
    note: Wording | None = None


class PlanCue(Body):
    """A cue of a lane."""

    id: PlanId
    segment: PlanId
    title: Wording
    planned_start: Instant
    planned_s: Annotated[float, Field(strict=True, ge=SHORTEST_CUE_S, le=LONGEST_CUE / SECOND)]


class PlanLane(Body):
    """A lane with its cues, in order."""

    id: PlanId
    title: Wording
    cues: Annotated[list[PlanCue], Field(max_length=MOST_CUES_IN_LANE)]


class RevisePlan(OfRevision):
    """A whole plan, in place of the working plan: segments and lanes in order."""

    segments: Annotated[list[PlanSegment], Field(max_length=MOST_SEGMENTS)]
    lanes: Annotated[list[PlanLane], Field(max_length=MOST_LANES)]

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        segments = [segment.id for segment in self.segments]
        cues = [cue for lane in self.lanes for cue in lane.cues]
        _require_unique("segments", segments)
        _require_unique("lanes", (lane.id for lane in self.lanes))
        _require_unique("cues", (cue.id for cue in cues))
        if len(cues) > MOST_CUES:
            raise fault("too_long", msg("순서가 너무 많습니다."), field="lanes")
        unknown = next((cue for cue in cues if cue.segment not in segments), None)
        if unknown is not None:
            raise fault("invalid", msg("없는 구간에 속한 순서가 있습니다: %(field)s"), field=unknown.id)
        return self

    def content(self) -> PlanContent:
        """Return the plan as JSON."""
        return {
            "segments": [
                {
                    "id": segment.id,
                    "kind": segment.kind,
                    "title": segment.title.as_doc(),
                    "note": segment.note.as_doc() if segment.note else None,
                }
                for segment in self.segments
            ],
            "lanes": [
                {
                    "id": lane.id,
                    "title": lane.title.as_doc(),
                    "cues": [
                        {
                            "id": cue.id,
                            "segment": cue.segment,
                            "title": cue.title.as_doc(),
                            "planned_start": iso(cue.planned_start),
                            "planned_s": round(cue.planned_s, 3),
                        }
                        for cue in lane.cues
                    ],
                }
                for lane in self.lanes
            ],
        }


class PlanQuery(Query):
    """Which plan is asked for."""

    version: Digits | None = None
    """The number of a published version; without it the working plan."""


def _require_unique(field: str, ids: Iterable[str]) -> None:
    (common, count), *_ = Counter(ids).most_common(1) or [("", 0)]
    if count > 1:
        raise fault("invalid", msg("같은 이름표(id)가 두 번 있습니다: %(field)s"), field=f"{field}.{common}")
