"""Guests of honour as documents: the team's streams have all of them, the public one whom organisers announce."""

from __future__ import annotations

from collections.abc import Iterable

from conference_hub.core.stream import Docs, Stream
from conference_hub.honours.keys import honour_key
from conference_hub.honours.model import Honour, HonourStanding
from conference_hub.honours.shapes import HonourDoc


def honour_documents(honours: Iterable[Honour], stream: Stream) -> Docs:
    """Render those of the list whom a stream knows."""
    if stream is Stream.REHEARSAL:
        return {}
    render = _public if stream is Stream.PUBLIC else _team
    known = (one for one in honours if stream is not Stream.PUBLIC or one.announced)
    return {honour_key(one.id): render(one, position) for position, one in enumerate(known, start=1)}


def _public(honour: Honour, position: int) -> HonourDoc:
    represented = honour.standing is HonourStanding.REPRESENTED
    return {
        "id": honour.id,
        "position": position,
        "name": honour.name,
        "office": honour.office.as_doc() if honour.office else None,
        "organisation": honour.organisation,
        "representative": honour.representative if represented else None,
    }


def _team(honour: Honour, position: int) -> HonourDoc:
    return {
        **_public(honour, position),
        "representative": honour.representative,
        "standing": honour.standing,
        "pronunciation": honour.pronunciation,
        "note": honour.note,
        "guest": honour.guest_id,
        "public": honour.public,
    }
