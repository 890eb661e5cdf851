"""The shapes of the agenda's documents, for the browser's type definitions and the API's description.

A field that is `NotRequired` is on the operator's stream only.
"""

from __future__ import annotations

from typing import Final, Literal, NotRequired

from typing_extensions import TypedDict

from conference_hub.agenda.clock import LaneStatus
from conference_hub.agenda.kinds import SegmentKind
from conference_hub.core.shapes import Instant, PastCommand, TextDoc

LaneCommandName = Literal["start", "next", "jump", "hold", "resume", "extend", "finish", "undo", "redo"]


class SegmentDoc(TypedDict):
    """A part of the day; `label` is the wording of its kind."""

    id: str
    kind: SegmentKind
    label: TextDoc
    title: TextDoc
    note: TextDoc | None
    position: int


class LaneDoc(TypedDict):
    """A lane and its clock; `commands` says for each command null or the code of the refusal that it would get now."""

    id: str
    title: TextDoc
    position: int
    status: LaneStatus
    cue: str | None
    held_since: Instant | None
    run: NotRequired[str]
    commands: NotRequired[dict[LaneCommandName, str | None]]
    extend_min_s: NotRequired[int]
    extend_max_s: NotRequired[int]
    undo: NotRequired[PastCommand | None]
    redo: NotRequired[PastCommand | None]


class CueDoc(TypedDict):
    """A cue, planned and as it ran; `kind` is its segment's."""

    id: str
    lane: str
    segment: str
    title: TextDoc
    kind: SegmentKind
    position: int
    planned_start: Instant
    planned_s: float
    started_at: Instant | None
    ended_at: Instant | None
    extension_s: float
    held_s: float


class DrivenCommand(TypedDict):
    """A command of a lane as the log shows it, with the own fields of its fact."""

    topic: str
    at: Instant
    by: str
    actor: NotRequired[str]
    lane: NotRequired[str]
    cue: NotRequired[str | None]
    left: NotRequired[str | None]
    added_s: NotRequired[int]
    left_out: NotRequired[int]
    undone: NotRequired[str]


class DrivingDoc(TypedDict):
    """The last commands of a lane, the newest first."""

    lane: str
    position: int
    commands: list[DrivenCommand]


DOCUMENTS: Final = {
    "segment/": SegmentDoc,
    "lane/": LaneDoc,
    "cue/": CueDoc,
    "driving/": DrivingDoc,
}
"""The shape of each document by its key; a key that ends in `/` is the prefix of a family."""
