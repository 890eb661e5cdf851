"""The shapes of the follow-up's documents and answers."""

from __future__ import annotations

from typing import Final

from typing_extensions import TypedDict

from conference_hub.core.shapes import Count, Instant, TextDoc
from conference_hub.followup.keys import SESSION
from conference_hub.followup.model import SessionStatus


class SeriesDoc(TypedDict):
    """A series of sessions, inside other documents."""

    id: str
    title: TextDoc


class SpeakerDoc(TypedDict):
    """Who speaks, and as what."""

    name: str
    role: str | None


class SessionDoc(TypedDict):
    """An online session; `taken` counts seats, `waiting` who waits for one, `places_left` is null without a bound."""

    id: str
    title: TextDoc
    description: TextDoc | None
    starts_at: Instant
    ends_at: Instant
    status: SessionStatus
    sequence: int
    taken: Count
    waiting: Count
    places_left: Count | None
    series: SeriesDoc | None
    speakers: list[SpeakerDoc]
    host: TextDoc | None


class ChangedDoc(TypedDict):
    """A session after a command: `sequence` is the number of its calendar entry."""

    session: str
    sequence: int
    status: SessionStatus


DOCUMENTS: Final = {SESSION: SessionDoc}
"""The shape of each document by its key; a key that ends in `/` is the prefix of a family."""
