"""The plan as it is sent: whole, and edit by edit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from conference_hub.agenda import contents, edits
from conference_hub.agenda.edits import Edit
from conference_hub.agenda.limits import (
    MOST_CUES,
    MOST_EDITS,
    MOST_LANES,
    MOST_SEGMENTS,
)
from conference_hub.agenda.model import CueId, LaneId, SegmentId
from conference_hub.agenda.plan_parts import (
    Departments,
    LaneHead,
    PlanCue,
    PlanId,
    PlanLane,
    PlanSegment,
    cue_content,
    department_content,
    lane_content,
    segment_content,
)
from conference_hub.agenda.requests import OfRevision
from conference_hub.core.errors import msg
from conference_hub.core.text import Text
from conference_hub.web.requests import Body, Line, Wording, fault


class RevisePlan(OfRevision):
    """A whole plan, in place of the working plan: segments and lanes in order.

    Without `departments` the plan keeps those that it has.
    """

    departments: Departments | None = None
    segments: Annotated[list[PlanSegment], Field(max_length=MOST_SEGMENTS)]
    lanes: Annotated[list[PlanLane], Field(max_length=MOST_LANES)]

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        segments = [segment.id for segment in self.segments]
        cues = [cue for lane in self.lanes for cue in lane.cues]
        _require_unique("departments", (one.id for one in self.departments or ()))
        _require_unique("segments", segments)
        _require_unique("lanes", (lane.id for lane in self.lanes))
        _require_unique("cues", (cue.id for cue in cues))
        if len(cues) > MOST_CUES:
            raise fault("too_long", msg("순서가 너무 많습니다."), field="lanes")
        unknown = next((cue for cue in cues if cue.segment not in segments), None)
        if unknown is not None:
            raise fault("invalid", msg("없는 구간에 속한 순서가 있습니다: %(field)s"), field=unknown.id)
        return self

    def content(self) -> dict[str, Any]:
        """Return the plan as JSON; `departments` only when they were sent."""
        content: dict[str, Any] = {
            "segments": list(map(segment_content, self.segments)),
            "lanes": [
                {**lane_content(lane), "cues": list(map(cue_content, lane.cues))} for lane in self.lanes
            ],
        }
        if self.departments is not None:
            content["departments"] = list(map(department_content, self.departments))
        return content


class _Edit(Body):
    def edit(self) -> Edit:
        """Return the edit."""
        raise NotImplementedError


class _Placed(_Edit):
    before: PlanId | None = None
    """Before what it stands: null for the end. Without it the place stays, and a new one goes to the end."""

    @property
    def place(self) -> edits.Before | None:
        """Where it goes, None where it stays."""
        return edits.Before(id=self.before) if "before" in self.model_fields_set else None


class PutSegment(_Placed):
    """Add a segment, or replace the one with its id."""

    op: Literal["put_segment"]
    segment: PlanSegment

    def edit(self) -> Edit:
        """Return the edit."""
        return edits.PutSegment(segment=contents.segment_of(segment_content(self.segment)), place=self.place)


class RemoveSegment(_Edit):
    """Remove a segment that has no cues."""

    op: Literal["remove_segment"]
    id: PlanId

    def edit(self) -> Edit:
        """Return the edit."""
        return edits.RemoveSegment(id=SegmentId(self.id))


class PutLane(_Placed):
    """Add a lane, or replace the one with its id; its cues stay."""

    op: Literal["put_lane"]
    lane: LaneHead

    def edit(self) -> Edit:
        """Return the edit."""
        return edits.PutLane(lane=contents.lane_of(lane_content(self.lane)), place=self.place)


class RemoveLane(_Edit):
    """Remove a lane with its cues."""

    op: Literal["remove_lane"]
    id: PlanId

    def edit(self) -> Edit:
        """Return the edit."""
        return edits.RemoveLane(id=LaneId(self.id))


class PutCue(_Placed):
    """Add a cue to a lane, or replace the one with its id, which may come from another lane."""

    op: Literal["put_cue"]
    lane: PlanId
    cue: PlanCue

    def edit(self) -> Edit:
        """Return the edit."""
        return edits.PutCue(cue=contents.cue_of(cue_content(self.cue), LaneId(self.lane)), place=self.place)


class RemoveCue(_Edit):
    """Remove a cue."""

    op: Literal["remove_cue"]
    id: PlanId

    def edit(self) -> Edit:
        """Return the edit."""
        return edits.RemoveCue(id=CueId(self.id))


class PutDepartments(_Edit):
    """Put a list of departments in place of the present one; notes of those that are gone go with them."""

    op: Literal["put_departments"]
    departments: Departments

    @model_validator(mode="after")
    def _once_each(self) -> Self:
        _require_unique("departments", (one.id for one in self.departments))
        return self

    def edit(self) -> Edit:
        """Return the edit."""
        return edits.PutDepartments(
            departments=contents.departments_of(map(department_content, self.departments))
        )


AnyEdit = Annotated[
    PutSegment | RemoveSegment | PutLane | RemoveLane | PutCue | RemoveCue | PutDepartments,
    Field(discriminator="op"),
]


class EditPlan(OfRevision):
    """Edits of the working plan, made in their order: all of them or none."""

    edits: Annotated[list[AnyEdit], Field(min_length=1, max_length=MOST_EDITS)]

    def changes(self) -> list[Edit]:
        """Return the edits."""
        return [one.edit() for one in self.edits]


class PublishPlan(OfRevision):
    """Publish the working plan; `note` tells attendees why it changed."""

    note: Wording | None = None

    def text(self) -> Text | None:
        """Return the note."""
        return Text(ko=self.note.ko or "", en=self.note.en or "") if self.note else None


class Editing(Body):
    """Who has the editor open, and where they are in it."""

    at: PlanId | None = None
    """The id of the cue, segment or lane that is being edited."""
    command_id: Line | None = None
    """What pages add to every command. No answer is stored under it."""


def _require_unique(field: str, ids: Iterable[str]) -> None:
    (common, count), *_ = Counter(ids).most_common(1) or [("", 0)]
    if count > 1:
        raise fault("invalid", msg("같은 이름표(id)가 두 번 있습니다: %(field)s"), field=f"{field}.{common}")
