"""Presence elsewhere as documents. Streams are an allow-list: the public gets a round number and nobody by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from conference_hub.attendance.keys import ATTENDANCE, WATCHING, elsewhere_key
from conference_hub.attendance.model import Standing
from conference_hub.attendance.shapes import AttendanceDoc, ElsewhereDoc
from conference_hub.core.now import iso
from conference_hub.core.stream import Docs, Stream

COUNT_STREAMS = frozenset({Stream.STAFF, Stream.SEALED, Stream.OPERATOR})
GUEST_STREAMS = frozenset({Stream.SEALED, Stream.OPERATOR})
WATCHING_STREAMS = frozenset({Stream.PUBLIC, Stream.OPERATOR})


def count_documents(counts: AttendanceDoc | None, about: int | None, stream: Stream) -> Docs:
    """Render the numbers that a stream is told."""
    docs: Docs = {}
    if counts is not None and stream in COUNT_STREAMS:
        docs[ATTENDANCE] = {**counts}
    if about is not None and stream in WATCHING_STREAMS:
        docs[WATCHING] = {"about": about}
    return docs


def elsewhere_documents(standings: Mapping[str, Standing | None]) -> Docs:
    """Render where guests take part from elsewhere, by key; None for those of whom nothing is known."""
    return {
        elsewhere_key(guest): {**elsewhere_document(guest, standing)} if standing else None
        for guest, standing in standings.items()
    }


def elsewhere_document(guest_id: str, standing: Standing) -> ElsewhereDoc:
    """Render where a guest takes part from elsewhere; raises ValueError for somebody of whom nothing is known."""
    if standing.source is None or standing.since is None:
        message = f"nothing is known of {guest_id}"
        raise ValueError(message)
    return cast(
        "ElsewhereDoc",
        {
            "guest": guest_id,
            "state": standing.state.value,
            "source": standing.source.value,
            "since": iso(standing.since),
        },
    )
