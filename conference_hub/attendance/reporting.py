"""The report of attendance: how each guest took part, where they are now, and what that is in minutes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from conference_hub.attendance import store
from conference_hub.attendance.hours import hours_of
from conference_hub.attendance.model import AttendanceSetup, RemoteSpan, Standing
from conference_hub.attendance.spans import Attended, Passage, attended, hall_spans, remote_spans
from conference_hub.attendance.standing import by_guest, standing_of
from conference_hub.checkin.model import Presence
from conference_hub.checkin.store import presences_of
from conference_hub.conferences.model import Conference
from conference_hub.people.model import Guest, GuestId

AT_ONCE = 100
"""Guests whose records are read together."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """How one guest took part, and where they are now."""

    guest: Guest
    standing: Standing
    attended: Attended


@dataclass(frozen=True, kw_only=True)
class _Known:
    """What is stored of some guests."""

    passages: Mapping[str, Sequence[Passage]] = field(default_factory=dict)
    spans: Mapping[str, Sequence[RemoteSpan]] = field(default_factory=dict)
    presences: Mapping[GuestId, Presence] = field(default_factory=dict)


def lines(
    session: Session, conference: Conference, guests: Sequence[Guest], setup: AttendanceSetup, now: datetime
) -> Iterator[Line]:
    """Yield how these guests took part, in their order; some are read at a time."""
    hours = hours_of(conference)
    for first in range(0, len(guests), AT_ONCE):
        some = guests[first : first + AT_ONCE]
        known = _known(session, conference.slug, some)
        for guest in some:
            passages, spans = known.passages.get(guest.id, ()), known.spans.get(guest.id, ())
            found = [
                *hall_spans(passages, hours, now),
                *remote_spans(spans, now, idle=setup.count_idle),
            ]
            yield Line(
                guest=guest,
                standing=standing_of(known.presences.get(guest.id), spans),
                attended=attended(found, hours),
            )


def _known(session: Session, conf: str, guests: Sequence[Guest]) -> _Known:
    ids = [guest.id for guest in guests]
    return _Known(
        passages=store.passages_of(session, conf, ids),
        spans=by_guest(store.spans_of(session, conf, ids)),
        presences=presences_of(session, conf, ids),
    )
