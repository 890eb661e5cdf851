"""The shapes of the agenda's documents and answers, for the browser's type definitions and the API's description.

A field that is `NotRequired` is on the operator's stream only.
"""

from __future__ import annotations

from typing import Final, Literal, NotRequired

from typing_extensions import TypedDict

from conference_hub.agenda import keys
from conference_hub.agenda.changelog import PlanChangeDoc
from conference_hub.agenda.contents import CueSpeakerContent, SpeakerContent
from conference_hub.agenda.kinds import SegmentKind
from conference_hub.agenda.lane_run import LaneStatus
from conference_hub.agenda.lease import HolderDoc
from conference_hub.core.shapes import FactAnswer, Instant, PastCommand, TextDoc

LaneCommandName = Literal[
    "start",
    "next",
    "arm",
    "jump",
    "skip",
    "bring-back",
    "restart",
    "hold",
    "resume",
    "extend",
    "finish",
    "reopen",
    "undo",
    "redo",
]


class SegmentDoc(TypedDict):
    """A part of the day; `label` is the wording of its kind."""

    id: str
    kind: SegmentKind
    label: TextDoc
    title: TextDoc
    note: TextDoc | None
    room: str | None
    speakers: list[SpeakerContent]
    position: int


class LaneDoc(TypedDict):
    """A lane and its clock; `commands` says for each command null or the code of the refusal that it would get now."""

    id: str
    title: TextDoc
    colour: str | None
    room: str | None
    position: int
    status: LaneStatus
    cue: str | None
    held_since: Instant | None
    standby: str | None
    ready_since: Instant | None
    run: NotRequired[str]
    commands: NotRequired[dict[LaneCommandName, str | None]]
    extend_min_s: NotRequired[int]
    extend_max_s: NotRequired[int]
    holder: NotRequired[HolderDoc | None]
    undo: NotRequired[PastCommand | None]
    redo: NotRequired[PastCommand | None]


class CueDoc(TypedDict):
    """A cue, planned and as it ran; `kind` is its segment's.

    `warn_s` and `danger_s` are the seconds left at which its countdown turns, null for the usual ones. A `fixed` one
    has a start of its own in the plan; those of several lanes with the same `sync` start together.
    """

    id: str
    number: str
    lane: str
    segment: str
    title: TextDoc
    kind: SegmentKind
    position: int
    planned_start: Instant
    planned_s: float
    colour: str | None
    warn_s: int | None
    danger_s: int | None
    speakers: list[CueSpeakerContent]
    started_at: Instant | None
    ended_at: Instant | None
    extension_s: float
    held_s: float
    skipped: bool
    fixed: bool
    sync: str | None


class NoteDoc(TypedDict):
    """What a department is to do in a cue; the department in the first `place` is the one that speaks (the emcee)."""

    department: str
    place: int
    title: TextDoc
    text: str


class NotesDoc(TypedDict):
    """The notes of a cue, in the order of the departments; only those who work by them get it."""

    cue: str
    lane: str
    position: int
    notes: list[NoteDoc]


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
    award: NotRequired[str]
    layer: NotRequired[str | None]
    holder: NotRequired[str | None]


class DrivingDoc(TypedDict):
    """The last commands of a lane, the newest first."""

    lane: str
    position: int
    commands: list[DrivenCommand]


class PlanDoc(TypedDict):
    """Which revision of the plan is edited, which is published as which version, and which the live run follows."""

    revision: int
    changed_at: Instant
    version: int | None
    published_revision: int | None
    published_at: Instant | None
    run_revision: int | None


class PublishedProgrammeDoc(TypedDict):
    """The published plan: its version, and what it changed for attendees; `more` is how many changes are not named."""

    version: int
    published_at: Instant
    note: TextDoc | None
    changes: list[PlanChangeDoc]
    more: int


class RunClockDoc(TypedDict):
    """The clock of a rehearsal: at `since` it showed `at`, and goes `speed` times as fast since then."""

    since: Instant
    at: Instant
    speed: int


class RehearsalDoc(TypedDict):
    """A rehearsal: the revision of the plan that it follows, who began it when, its clock (null: the time of day).

    `on_screens`: the screens of hall and crew follow it.
    """

    id: str
    revision: int
    began_at: Instant
    by: str
    clock: RunClockDoc | None
    on_screens: bool


_IN_RUNS = {
    keys.SEGMENT: SegmentDoc,
    keys.LANE: LaneDoc,
    keys.CUE: CueDoc,
    keys.DRIVING: DrivingDoc,
    keys.NOTES: NotesDoc,
}
DOCUMENTS: Final = {
    **_IN_RUNS,
    keys.PLAN_KEY: PlanDoc,
    keys.PROGRAMME_KEY: PublishedProgrammeDoc,
    keys.REHEARSAL: RehearsalDoc,
    **{keys.in_rehearsal(family): shape for family, shape in _IN_RUNS.items()},
}
"""The shape of each document by its key; a key that ends in `/` is the prefix of a family."""


class RehearsalAnswer(FactAnswer):
    """A rehearsal that was begun: `run` is its id."""

    run: str


class LaneEnd(TypedDict):
    """When a lane ends by a way of making up time."""

    id: str
    projected_finish: Instant | None
    drift_s: float


class WayDoc(TypedDict):
    """A way of making up time: `cuts` (seconds by cue) and `drop` are what `make-up` takes.

    `paces` are the seconds in which each name of a cue is called then; `lanes` say when all lanes end by it.
    """

    cuts: dict[str, int]
    drop: list[str]
    paces: dict[str, float]
    lanes: list[LaneEnd]


class WaysAnswer(TypedDict):
    """How a late lane of a run can end earlier, from the least to the most painful; none when it is not late."""

    run: str
    lane: str
    now: Instant
    drift_s: float
    ways: list[WayDoc]


class CueTimes(TypedDict):
    """When a cue was planned, was and will be; the projected instants are null for a cue that is left out."""

    id: str
    planned_start: Instant
    planned_end: Instant
    started_at: Instant | None
    ended_at: Instant | None
    projected_start: Instant | None
    projected_end: Instant | None


class LaneTimes(TypedDict):
    """When a lane will end; `ends_at` and `remaining_s` (negative when over) belong to the cue on air."""

    id: str
    cues: list[CueTimes]
    ends_at: Instant | None
    remaining_s: float | None
    planned_finish: Instant | None
    projected_finish: Instant | None
    drift_s: float


class ProjectionAnswer(TypedDict):
    """When everything in the live run will happen if nobody commands anything more, as seen at `now`."""

    run: str
    now: Instant
    lanes: list[LaneTimes]
    planned_finish: Instant | None
    projected_finish: Instant | None
    drift_s: float
