"""The shapes of what the API of check-in answers; documents of the streams have theirs in `documents.py`."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, NotRequired

from typing_extensions import TypedDict

from conference_hub.core.shapes import Count, Instant, TextDoc


class VerdictCode(StrEnum):
    """What a gate decides."""

    ADMITTED = "admitted"
    LEFT = "left"
    ALREADY_INSIDE = "already_inside"
    NOT_INSIDE = "not_inside"
    WRONG_DAY = "wrong_day"
    REVOKED = "revoked"
    UNKNOWN_BADGE = "unknown_badge"


class NamedDoc(TypedDict):
    """A group or a way of taking part, with its words."""

    id: str
    label: TextDoc


class CallDoc(TypedDict):
    """When a recipient is called to the stage."""

    lane: TextDoc
    cue: TextDoc
    order: int


class PersonDoc(TypedDict):
    """A guest as gate staff see them; `masked` is for what stays on the screen."""

    guest: str
    name: TextDoc
    masked: str | None
    role: TextDoc | None
    organisation: str | None
    group: NamedDoc
    mode: NamedDoc
    seat: str | None
    calls: list[CallDoc]


class FoundPersonDoc(PersonDoc):
    """A guest found by name; `place` is where they are."""

    place: str | None


class FirstDoc(TypedDict):
    """When and where a guest first came in; `gate` is null for one who joined by a personal link."""

    at: Instant
    gate: str | None
    gate_title: TextDoc | None


class DoorsDoc(TypedDict):
    """When check-in is open."""

    opens_at: Instant
    closes_at: Instant


class ScanAnswer(TypedDict):
    """What the gate decided about a scan."""

    scan_id: str
    verdict: VerdictCode
    person: NotRequired[PersonDoc]
    reason: NotRequired[str]
    first: NotRequired[FirstDoc]
    forced: NotRequired[bool]
    again: NotRequired[bool]
    doors: NotRequired[DoorsDoc]
    revoked_at: NotRequired[Instant]
    at: NotRequired[dict[str, Any]]


class UndoneAnswer(TypedDict):
    """An admission that was taken back."""

    scan_id: str
    guest: str
    undone: bool


class FoundAnswer(TypedDict):
    """The guests that a search found; `more` when there are others."""

    guests: list[FoundPersonDoc]
    more: bool


class PersonalLinkAnswer(TypedDict):
    """A personal link, shown this once."""

    url: str
    expires_at: Instant


class EndedAnswer(TypedDict):
    """How many links ended."""

    ended: Count


class BadgeAnswer(TypedDict):
    """Whether a guest has a badge that opens gates."""

    guest: str
    badge: bool
