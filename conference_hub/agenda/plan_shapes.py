"""The shapes of answers about the plan, for the browser's type definitions and the API's description."""

from __future__ import annotations

from typing_extensions import TypedDict

from conference_hub.agenda.changelog import PlanChangeDoc
from conference_hub.agenda.contents import PlanContent
from conference_hub.agenda.findings import Oddity
from conference_hub.core.shapes import Instant, TextDoc
from conference_hub.core.text import Language


class PublishedPlan(TypedDict):
    """Which revision is published, as which version, and when."""

    version: int
    revision: int
    published_at: Instant


class ChangesAnswer(TypedDict):
    """What attendees would see changed if this revision of the plan were published."""

    revision: int
    changes: list[PlanChangeDoc]


class RoomChoice(TypedDict):
    """A room of the conference."""

    id: str
    title: TextDoc


class LoadDoc(TypedDict):
    """So many awards in one cue, each of which takes so many seconds."""

    count: int
    pace_s: float


class DaysDoc(TypedDict):
    """From the midnight that begins the first day to the midnight after the last one, in the zone of the conference."""

    begin: Instant
    end: Instant


class FindingDoc(TypedDict):
    """Something odd about a cue or a lane.

    `by_s` is how long a gap or an overlap with `other`, the cue before it, is, or by how much the awards of the cue
    take longer than the cue.
    """

    oddity: Oddity
    lane: str
    cue: str | None
    other: str | None
    by_s: float


class FindingsAnswer(TypedDict):
    """What is odd about a revision of the plan, by lane and cue."""

    revision: int
    findings: list[FindingDoc]


class PlanAnswer(PlanContent):
    """A revision of the plan, and `by` whom it was made; `version` is its number when it is published.

    `published` is what attendees see now, `live_revision` what the live run follows. `rooms` may be named by segments
    and lanes; `loads` are the awards of cues by the id of the cue; a cue outside of `days` is on another day.
    """

    revision: int
    changed_at: Instant
    by: str
    version: int | None
    published: PublishedPlan | None
    live_revision: int | None
    rooms: list[RoomChoice]
    loads: dict[str, LoadDoc]
    days: DaysDoc
    timezone: str
    languages: list[Language]


class RevisionAnswer(TypedDict):
    """The revision that the working plan has now."""

    revision: int


class EditorDoc(TypedDict):
    """Somebody who has the editor open: where in the plan, and when they were seen last."""

    actor: str
    label: str
    at: str | None
    seen_at: Instant


class EditorsAnswer(TypedDict):
    """Who else has the editor open."""

    editors: list[EditorDoc]


class PublishedAnswer(RevisionAnswer):
    """The revision that was published, and its number among the published ones."""

    version: int
