"""The shapes of what is sent: types that every feature's documents and answers use.

A document is rendered as a TypedDict that its feature declares in `documents.py`; the browser's type definitions and
`/api/openapi.json` are made of them.
"""

from __future__ import annotations

from typing import Annotated, Any, NotRequired

from pydantic import Field, WithJsonSchema
from typing_extensions import TypedDict

from conference_hub.core.stream import Stream
from conference_hub.core.text import TextDoc as TextDoc

Instant = Annotated[str, WithJsonSchema({"type": "string", "format": "date-time"})]
"""RFC 3339 in UTC with milliseconds."""
Count = Annotated[int, Field(ge=0)]


class EntryDoc(TypedDict):
    """One fact as one audience sees it: `body` has `docs`, what changed, and the fact's own fields."""

    stream: Stream
    seq: int
    topic: str
    at: Instant
    body: dict[str, Any]


class FactAnswer(TypedDict):
    """The fact that a command made, and the documents that it changed, as the operator's stream has them."""

    fact: EntryDoc
    docs: dict[str, dict[str, Any] | None]


class PastCommand(TypedDict):
    """A command that would be taken back or done again: the fact that it made, with the fact's own fields."""

    number: int
    topic: str
    at: Instant
    by: str
    lane: NotRequired[str]
    cue: NotRequired[str | None]
    award: NotRequired[str]
    layer: NotRequired[str | None]
    added_s: NotRequired[int]
    left_out: NotRequired[int]
    outside: NotRequired[str | None]
    undone: NotRequired[str]
