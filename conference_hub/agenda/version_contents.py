"""What a published version keeps beside its plan, as JSON: segments that are no more, and the stamps of calendars."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from typing_extensions import TypedDict

from conference_hub.agenda.model import (
    Cancelled,
    SegmentId,
    Stamp,
)
from conference_hub.core.now import iso, parse_iso
from conference_hub.core.shapes import Instant
from conference_hub.core.text import Text, TextDoc


class CancelledContent(TypedDict):
    """A segment that was published once and is no more."""

    id: str
    title: TextDoc
    starts_at: Instant
    ends_at: Instant


class StampContent(TypedDict):
    """Which state of a segment calendars have."""

    sequence: int
    changed_at: Instant


def cancelled_contents(cancelled: Iterable[Cancelled]) -> list[CancelledContent]:
    """Render segments that are no more."""
    return [
        {
            "id": one.id,
            "title": one.title.as_doc(),
            "starts_at": iso(one.starts_at),
            "ends_at": iso(one.ends_at),
        }
        for one in cancelled
    ]


def cancelled_of(contents: Iterable[Mapping[str, Any]]) -> tuple[Cancelled, ...]:
    """Return the segments that contents describe."""
    return tuple(
        Cancelled(
            id=SegmentId(one["id"]),
            title=Text.of(one["title"]),
            starts_at=parse_iso(one["starts_at"]),
            ends_at=parse_iso(one["ends_at"]),
        )
        for one in contents
    )


def stamp_contents(stamps: Mapping[SegmentId, Stamp]) -> dict[str, StampContent]:
    """Render the stamps of segments by segment."""
    return {
        segment: {"sequence": one.sequence, "changed_at": iso(one.changed_at)}
        for segment, one in stamps.items()
    }


def stamps_of(contents: Mapping[str, StampContent]) -> dict[SegmentId, Stamp]:
    """Return the stamps that contents describe."""
    return {
        SegmentId(segment): Stamp(sequence=one["sequence"], changed_at=parse_iso(one["changed_at"]))
        for segment, one in contents.items()
    }
