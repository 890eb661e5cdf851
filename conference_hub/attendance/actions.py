"""What becomes known of presence elsewhere: written, and published with what changed for each audience."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from conference_hub.attendance import store
from conference_hub.attendance.counting import about, attendance_document, watching
from conference_hub.attendance.documents import COUNT_STREAMS, GUEST_STREAMS, WATCHING_STREAMS
from conference_hub.attendance.facts import AttendanceCounted, AttendanceSetUp, PresenceNoted
from conference_hub.attendance.host_lists import Listed
from conference_hub.attendance.keys import ATTENDANCE, ATTENDANCE_SETUP, ELSEWHERE, WATCHING, elsewhere_key
from conference_hub.attendance.model import AttendanceSetup, RemoteSpan, Source, SpanId, Watch
from conference_hub.attendance.shapes import AttendanceDoc
from conference_hub.attendance.tables import AttendanceCountRow
from conference_hub.attendance.watching import Changes
from conference_hub.core.ids import new_id
from conference_hub.core.journal import Write
from conference_hub.core.sighted import require_same
from conference_hub.core.stream import Docs, Stream
from conference_hub.people.model import GuestId
from conference_hub.people.store import get_guest

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


def mark(write: Write, guest_id: str, *, connected: bool) -> None:
    """Say as the team that a guest takes part from elsewhere now, or has left: what anybody said of it ends.

    Saying what is known already changes nothing. Raises NotFound for somebody who is not on the list.
    """
    guest = get_guest(write.session, write.conf, guest_id)
    open_ = [
        one
        for one in store.spans_of(write.session, write.conf, [guest.id])
        if one.ended_at is None and one.source is not Source.SOCKET
    ]
    if connected == bool(open_):
        return
    if connected:
        store.add_spans(write.session, write.conf, [_from_now(write, guest.id, Source.STAFF)])
    else:
        store.end_spans(write.session, write.conf, [replace(one, ended_at=write.at) for one in open_])
    _publish(write, Source.STAFF, [guest.id])


def take_list(
    write: Write, source: Source, listed: Mapping[GuestId, Sequence[Listed]], *, others_left: bool
) -> int:
    """Write down what a host's list says of guests; returns of how many.

    A line with times replaces what lists of this source said of the guest. One without says that they are connected
    now. `others_left`: who is connected by this source and not on the list has left.
    """
    known = [one for one in store.all_spans(write.session, write.conf) if one.source is source]
    timed = {guest for guest, lines in listed.items() if any(line.joined_at for line in lines)}
    store.remove_spans_by_id(write.session, write.conf, [one.id for one in known if one.guest_id in timed])
    going_on = [one for one in known if one.ended_at is None and one.guest_id not in timed]
    ended = [one for one in going_on if others_left and one.guest_id not in listed]
    store.end_spans(write.session, write.conf, [replace(one, ended_at=write.at) for one in ended])
    there = {one.guest_id for one in going_on}
    began = [
        _listed_span(write, guest, source, line)
        for guest, lines in listed.items()
        for line in (lines if guest in timed else lines[:1])
        if (line.joined_at if guest in timed else guest not in there)
    ]
    store.add_spans(write.session, write.conf, began)
    _publish(write, source, sorted({*timed, *(one.guest_id for one in (*began, *ended))}))
    return len(listed)


def set_up(write: Write, setup: AttendanceSetup, *, seen: str) -> None:
    """Keep what organisers chose; raises Stale when somebody else chose something since it was shown."""
    before = store.find_setup(write.session, write.conf)
    require_same(write, seen, before, ATTENDANCE_SETUP)
    if setup != before:
        store.save_setup(write.session, write.conf, setup)
        write.publish(AttendanceSetUp(), ATTENDANCE_SETUP, {})


def leave(write: Write, guests: Collection[str]) -> None:
    """Forget where guests took part from elsewhere who are taken off the list (`Hub.guests_leaving`)."""
    here = sorted({span.guest_id for span in store.spans_of(write.session, write.conf, guests)})
    if here:
        store.remove_spans(write.session, write.conf, here)
        _publish(write, Source.STAFF, here)


def _from_now(write: Write, guest_id: GuestId, source: Source) -> RemoteSpan:
    return RemoteSpan(
        id=SpanId(new_id()),
        guest_id=guest_id,
        watch=Watch.CONNECTED,
        source=source,
        began_at=write.at,
        seen_at=write.at,
    )


def _listed_span(write: Write, guest_id: GuestId, source: Source, line: Listed) -> RemoteSpan:
    """Return the span of a line; who had not left when the list was made is still there."""
    span = _from_now(write, guest_id, source)
    return replace(span, began_at=line.joined_at, ended_at=line.left_at) if line.joined_at else span


def _told(
    before: AttendanceCountRow | None, counts: AttendanceDoc, at: datetime
) -> tuple[int | None, datetime]:
    """Return what the public is told and since when."""
    told = about(watching(counts))
    if before is None:
        return told, at
    if told == before.about or timedelta(0) <= at - before.told_at < TOLD_EVERY:
        return before.about, before.told_at
    return told, at


def _publish(write: Write, source: Source, guests: Sequence[str]) -> None:
    for first in range(0, len(guests), MOST_IN_A_FACT):
        some = guests[first : first + MOST_IN_A_FACT]
        docs = store.guest_documents(write.session, write.conf, some)
        fact = PresenceNoted(source=source, guests=len(some))
        subject = elsewhere_key(some[0]) if len(guests) == 1 else ELSEWHERE
        write.publish(fact, subject, dict.fromkeys(sorted(GUEST_STREAMS), docs))
