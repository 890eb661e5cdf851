"""What becomes known of presence elsewhere: written, and published with what changed for each audience."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from conference_hub.attendance import store
from conference_hub.attendance.counting import about, attendance_document, watching
from conference_hub.attendance.documents import COUNT_STREAMS, GUEST_STREAMS, WATCHING_STREAMS
from conference_hub.attendance.facts import AttendanceCounted, PresenceNoted
from conference_hub.attendance.keys import ATTENDANCE, ELSEWHERE, WATCHING, elsewhere_key
from conference_hub.attendance.model import RemoteSpan, Source
from conference_hub.attendance.shapes import AttendanceDoc
from conference_hub.attendance.tables import AttendanceCountRow
from conference_hub.attendance.watching import Changes
from conference_hub.core.journal import Write
from conference_hub.core.stream import Docs, Stream

MOST_IN_A_FACT = 500
"""Guests in one fact: relay and followers take an entry as a whole."""
TOLD_EVERY = timedelta(minutes=1)
"""How often the public is told another number, at most."""


def note_changes(write: Write, changes: Changes, worker: str) -> None:
    """Write down what the sockets of a process say; guests who are off the list by now are left out."""
    known = store.existing_guests(write.session, write.conf, changes.guests)
    store.end_spans(write.session, write.conf, [one for one in changes.ended if one.guest_id in known])
    began = [one for one in changes.began if one.guest_id in known]
    store.add_spans(write.session, write.conf, began, worker)
    _publish(write, Source.SOCKET, [guest for guest in changes.guests if guest in known])


def end_forgotten(write: Write, spans: Iterable[RemoteSpan]) -> None:
    """End spans whose process is no more, at the last instant at which it was known to be there."""
    ended = [replace(span, ended_at=max(span.seen_at, span.began_at)) for span in spans]
    store.end_spans(write.session, write.conf, ended)
    _publish(write, Source.SOCKET, sorted({span.guest_id for span in ended}))


def count(write: Write) -> bool:
    """Count who is where; publishes a change, to the public at most once a minute.

    Returns whether the public is still to be told another number, and so whether to count again later.
    """
    before = store.find_count(write.session, write.conf)
    counts = attendance_document(store.heads(write.session, write.conf))
    told, told_at = _told(before, counts, write.at)
    docs: dict[Stream, Docs] = {stream: {} for stream in Stream}
    if before is None or before.counts != counts:
        for stream in COUNT_STREAMS:
            docs[stream][ATTENDANCE] = {**counts}
    if told != (before.about if before else None):
        for stream in WATCHING_STREAMS:
            docs[stream][WATCHING] = None if told is None else {"about": told}
    changed = {stream: found for stream, found in docs.items() if found}
    waits = about(watching(counts)) != told
    if not changed:
        return waits
    row = AttendanceCountRow(conf=write.conf, counts={**counts}, at=write.at, about=told, told_at=told_at)
    write.session.merge(row)
    write.session.flush()
    write.publish(AttendanceCounted(), ATTENDANCE, changed)
    return waits


def leave(write: Write, guests: Collection[str]) -> None:
    """Forget where guests took part from elsewhere who are taken off the list (`Hub.guests_leaving`)."""
    here = sorted({span.guest_id for span in store.spans_of(write.session, write.conf, guests)})
    if here:
        store.remove_spans(write.session, write.conf, here)
        _publish(write, Source.STAFF, here)


def _told(
    before: AttendanceCountRow | None, counts: AttendanceDoc, at: datetime
) -> tuple[int | None, datetime]:
    """Return what the public is told and since when."""
    told = about(watching(counts))
    if before is None:
        return told, at
    if told == before.about or at - before.told_at < TOLD_EVERY:
        return before.about, before.told_at
    return told, at


def _publish(write: Write, source: Source, guests: Sequence[str]) -> None:
    for first in range(0, len(guests), MOST_IN_A_FACT):
        some = guests[first : first + MOST_IN_A_FACT]
        docs = store.guest_documents(write.session, write.conf, some)
        fact = PresenceNoted(source=source, guests=len(some))
        subject = elsewhere_key(some[0]) if len(guests) == 1 else ELSEWHERE
        write.publish(fact, subject, dict.fromkeys(sorted(GUEST_STREAMS), docs))
