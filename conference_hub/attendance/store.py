"""Presence elsewhere: rows to model and back, and the documents read from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime
from typing import Any, TypeVar, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.attendance.counting import Head
from conference_hub.attendance.documents import GUEST_STREAMS, count_documents, elsewhere_documents
from conference_hub.attendance.model import AttendanceSetup, RemoteSpan, Source, SpanId, Watch
from conference_hub.attendance.shapes import AttendanceDoc
from conference_hub.attendance.spans import Passage
from conference_hub.attendance.standing import by_guest, elsewhere_of, state_of
from conference_hub.attendance.tables import AttendanceCountRow, AttendanceSetupRow, RemoteSpanRow
from conference_hub.checkin.model import Direction, Place
from conference_hub.checkin.presence import ADMITTED
from conference_hub.checkin.tables import PresenceRow, ScanRow
from conference_hub.core.stream import Docs, Stream
from conference_hub.core.text import Text
from conference_hub.people.model import GroupId, GuestId, Mode
from conference_hub.people.store import MOST_IN_A_STATEMENT
from conference_hub.people.tables import GuestRow

T = TypeVar("T")
GUESTS_PER_TURN = 50
InTurns = Callable[[Iterable[tuple[str, list[RemoteSpan]]], int], Iterable[tuple[str, list[RemoteSpan]]]]


def at_once(items: Iterable[T], _every: int) -> Iterable[T]:
    """Give nobody a turn."""
    return items


def add_spans(session: Session, conf: str, spans: Iterable[RemoteSpan], worker: str | None = None) -> None:
    """Insert spans; `worker` is the process whose sockets keep them open."""
    rows = [
        {
            "conf": conf,
            "id": span.id,
            "guest_id": span.guest_id,
            "watch": span.watch.value,
            "source": span.source.value,
            "began_at": span.began_at,
            "seen_at": span.seen_at,
            "ended_at": span.ended_at,
            "worker": worker,
        }
        for span in spans
    ]
    if rows:
        session.connection().execute(sa.insert(_TABLE), rows)


def end_spans(session: Session, conf: str, spans: Iterable[RemoteSpan]) -> None:
    """Write down when spans ended."""
    rows = [{"conf_": conf, "span_": span.id, "at_": span.ended_at} for span in spans]
    if rows:
        session.connection().execute(_END, rows)


def keep_alive(session: Session, worker: str, at: datetime) -> None:
    """Note that the sockets of a process are still there."""
    session.connection().execute(_ALIVE, {"worker_": worker, "at_": at})


def forgotten_spans(session: Session, before: datetime) -> dict[str, list[RemoteSpan]]:
    """Return by conference the open spans of processes of which nothing was heard since `before`."""
    found: dict[str, list[RemoteSpan]] = {}
    for row in session.connection().execute(_FORGOTTEN, {"before_": before}):
        found.setdefault(row.conf, []).append(_span(row))
    return found


def spans_of(session: Session, conf: str, guest_ids: Collection[str]) -> list[RemoteSpan]:
    """Return the spans of some guests, in the order in which they began."""
    return [
        _span(row)
        for some in _slices(guest_ids)
        for row in session.connection().execute(_OF_GUESTS, {"conf_": conf, "guests_": some})
    ]


def all_spans(session: Session, conf: str) -> Iterator[RemoteSpan]:
    """Yield every span of a conference, in the order in which they began."""
    return (_span(row) for row in session.connection().execute(_ALL, {"conf_": conf}))


def existing_guests(session: Session, conf: str, guest_ids: Collection[str]) -> set[str]:
    """Return those of these ids that are on the guest list."""
    return {
        guest_id
        for some in _slices(guest_ids)
        for guest_id in session.connection().execute(_EXISTING, {"conf_": conf, "guests_": some}).scalars()
    }


def remove_spans(session: Session, conf: str, guest_ids: Collection[str]) -> None:
    """Forget the spans of guests who leave the list."""
    for some in _slices(guest_ids):
        session.connection().execute(_REMOVE, {"conf_": conf, "guests_": some})


def remove_spans_by_id(session: Session, conf: str, span_ids: Collection[str]) -> None:
    """Forget some spans."""
    for some in _slices(span_ids):
        session.connection().execute(_REMOVE_THESE, {"conf_": conf, "spans_": some})


def passages_of(session: Session, conf: str, guest_ids: Collection[str]) -> dict[str, list[Passage]]:
    """Return by guest how some guests went through the doors of the hall: admissions and exits that count."""
    found: dict[str, list[Passage]] = {}
    for some in _slices(guest_ids):
        rows = session.connection().execute(_PASSAGES, {"conf_": conf, "guests_": some})
        for guest_id, direction, at in rows:
            found.setdefault(guest_id, []).append(Passage(at=at, inward=direction == Direction.IN))
    return found


def find_setup(session: Session, conf: str) -> AttendanceSetup:
    """Return what organisers chose; the usual while they chose nothing."""
    row = session.get(AttendanceSetupRow, (conf,))
    if row is None:
        return AttendanceSetup()
    return AttendanceSetup(
        count_idle=row.count_idle,
        certificates=row.certificates,
        min_minutes=row.min_minutes,
        min_percent=row.min_percent,
        issuer=Text.of(row.issuer) if row.issuer else None,
        show_names=row.show_names,
        follow_up=row.follow_up,
        min_sessions=row.min_sessions,
    )


def save_setup(session: Session, conf: str, setup: AttendanceSetup) -> None:
    """Keep what organisers chose."""
    row = AttendanceSetupRow(
        conf=conf,
        count_idle=setup.count_idle,
        certificates=setup.certificates,
        min_minutes=setup.min_minutes,
        min_percent=setup.min_percent,
        issuer=setup.issuer.as_doc() if setup.issuer else None,
        show_names=setup.show_names,
        follow_up=setup.follow_up,
        min_sessions=setup.min_sessions,
    )
    session.merge(row)
    session.flush()


def heads(session: Session, conf: str) -> Counter[Head]:
    """Return how many guests there are of each mode and group in each state."""
    counted: Counter[Head] = Counter()
    for mode, group, place, came, best, count in session.connection().execute(_HEADS, {"conf_": conf}):
        state = state_of(
            Place(place) if place else None, _OPEN.get(best), came=bool(came), seen=best is not None
        )
        counted[Mode(mode), GroupId(group) if group else None, state] += count
    return counted


def find_count(session: Session, conf: str) -> AttendanceCountRow | None:
    """Return what was counted last."""
    return session.get(AttendanceCountRow, (conf,))


def documents(session: Session, conf: str, stream: Stream, *, in_turns: InTurns = at_once) -> Docs:
    """Return the documents of attendance for one audience; a long list is made `in_turns` (`Hub.in_turns`)."""
    count = find_count(session, conf)
    known = cast("AttendanceDoc | None", count.counts if count else None)
    docs = count_documents(known, count.about if count else None, stream)
    if stream in GUEST_STREAMS:
        found = by_guest(_last_spans(session, conf))
        for guest, spans in in_turns(found.items(), GUESTS_PER_TURN):
            docs |= elsewhere_documents({guest: elsewhere_of(spans)})
    return docs


def guest_documents(session: Session, conf: str, guest_ids: Collection[str]) -> Docs:
    """Return the documents of some guests, by key; None for those of whom nothing is known."""
    found = by_guest(spans_of(session, conf, guest_ids))
    return elsewhere_documents({guest: elsewhere_of(found.get(guest, [])) for guest in sorted(guest_ids)})


def _slices(guest_ids: Collection[str]) -> Iterator[list[str]]:
    ids = sorted(guest_ids)
    return (ids[first : first + MOST_IN_A_STATEMENT] for first in range(0, len(ids), MOST_IN_A_STATEMENT))


def _last_spans(session: Session, conf: str) -> Iterator[RemoteSpan]:
    """Yield the spans of each guest that say where they are: those that go on, and the last that ended."""
    return (_span(row) for row in session.connection().execute(_LAST, {"conf_": conf}))


def _span(row: sa.Row[Any]) -> RemoteSpan:
    return RemoteSpan(
        id=SpanId(row.id),
        guest_id=GuestId(row.guest_id),
        watch=Watch(row.watch),
        source=Source(row.source),
        began_at=row.began_at,
        seen_at=row.seen_at,
        ended_at=row.ended_at,
    )


_TABLE = cast("sa.Table", RemoteSpanRow.__table__)
_SPANS = _TABLE.c
_PEOPLE = cast("sa.Table", GuestRow.__table__).c
_OF_CONF = _SPANS.conf == sa.bindparam("conf_")
_THESE = _SPANS.guest_id.in_(sa.bindparam("guests_", expanding=True))
_IN_ORDER = (_SPANS.began_at, _SPANS.id)
_ALL = sa.select(_TABLE).where(_OF_CONF).order_by(*_IN_ORDER)
_OF_GUESTS = sa.select(_TABLE).where(_OF_CONF, _THESE).order_by(*_IN_ORDER)
_REMOVE = sa.delete(_TABLE).where(_OF_CONF, _THESE)
_REMOVE_THESE = sa.delete(_TABLE).where(_OF_CONF, _SPANS.id.in_(sa.bindparam("spans_", expanding=True)))
_EXISTING = sa.select(_PEOPLE.id).where(
    _PEOPLE.conf == sa.bindparam("conf_"), _PEOPLE.id.in_(sa.bindparam("guests_", expanding=True))
)
_SCANS = cast("sa.Table", ScanRow.__table__).c
_PASSAGES = (
    sa.select(_SCANS.guest_id, _SCANS.direction, _SCANS.happened_at)
    .where(
        _SCANS.conf == sa.bindparam("conf_"),
        _SCANS.guest_id.in_(sa.bindparam("guests_", expanding=True)),
        _SCANS.gate_id.is_not(None),
        _SCANS.door,
        _SCANS.counts,
        sa.or_(_SCANS.direction == Direction.OUT.value, _SCANS.verdict == ADMITTED),
    )
    .order_by(_SCANS.happened_at, _SCANS.number)
)
_OTHER = _TABLE.alias()
_LAST_END = (
    sa.select(sa.func.max(_OTHER.c.ended_at))
    .where(_OTHER.c.conf == _SPANS.conf, _OTHER.c.guest_id == _SPANS.guest_id)
    .scalar_subquery()
)
_LAST = _ALL.where(sa.or_(_SPANS.ended_at.is_(None), _SPANS.ended_at == _LAST_END))
_OPEN = {2: Watch.CONNECTED, 1: Watch.IDLE}
_BEST = (
    sa.select(
        _SPANS.guest_id,
        sa.func.max(
            sa.case((_SPANS.ended_at.is_not(None), 0), (_SPANS.watch == Watch.CONNECTED.value, 2), else_=1)
        ).label("best"),
    )
    .where(_OF_CONF)
    .group_by(_SPANS.guest_id)
    .subquery()
)
_PRESENT = cast("sa.Table", PresenceRow.__table__)
_CAME = _PRESENT.c.guest_id.is_not(None)
_HEADS = (
    sa.select(_PEOPLE.mode, _PEOPLE.guest_group, _PRESENT.c.place, _CAME, _BEST.c.best, sa.func.count())
    .select_from(
        sa.join(
            GuestRow.__table__,
            _PRESENT,
            sa.and_(_PRESENT.c.conf == _PEOPLE.conf, _PRESENT.c.guest_id == _PEOPLE.id),
            isouter=True,
        ).join(_BEST, _BEST.c.guest_id == _PEOPLE.id, isouter=True)
    )
    .where(_PEOPLE.conf == sa.bindparam("conf_"))
    .group_by(_PEOPLE.mode, _PEOPLE.guest_group, _PRESENT.c.place, _CAME, _BEST.c.best)
)
_END = sa.update(_TABLE).where(_OF_CONF, _SPANS.id == sa.bindparam("span_"))
_END = _END.values(ended_at=sa.bindparam("at_"), worker=None)
_ALIVE = (
    sa.update(_TABLE)
    .where(_SPANS.worker == sa.bindparam("worker_"), _SPANS.ended_at.is_(None))
    .values(seen_at=sa.bindparam("at_"))
)
_FORGOTTEN = (
    sa.select(_TABLE)
    .where(_SPANS.worker.is_not(None), _SPANS.ended_at.is_(None), _SPANS.seen_at < sa.bindparam("before_"))
    .order_by(_SPANS.conf, *_IN_ORDER)
)
