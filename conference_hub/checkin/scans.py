"""Answered scans: rows to model and back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from types import SimpleNamespace
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.checkin.model import Acted, Direction, Doubt, Scan, ScanId, Switched, Why
from conference_hub.checkin.presence import ADMITTED, DAY_ENDED
from conference_hub.checkin.tables import ScanRow
from conference_hub.checkin.tally import Counted
from conference_hub.core.deferred import BESIDE, send_later, waiting
from conference_hub.core.errors import NotFound, msg
from conference_hub.core.gathered import Gathered
from conference_hub.gates.model import GateId
from conference_hub.people.model import GuestId, Mode


def get_scan(session: Session, conf: str, scan_id: str) -> Scan:
    """Return one scan; raises NotFound."""
    row: Any = waiting(session, _ADD).get((conf, scan_id))
    if row is not None:
        return _scan(SimpleNamespace(**row))
    row = session.connection().execute(_ONE, {"conf_": conf, "scan_": scan_id}).first()
    if row is None:
        raise NotFound(msg("그런 체크인 기록이 없습니다."), scan=scan_id)
    return _scan(row)


def scans_of(session: Session, conf: str, guest_id: str) -> list[Scan]:
    """Return the scans of a guest in the order of answering."""
    kept = SCANS.of(session, conf, guest_id) or ()
    new = [
        row for row in waiting(session, _ADD).values() if (row["conf_"], row["guest_id"]) == (conf, guest_id)
    ]
    return [*kept, *(_scan(SimpleNamespace(**row)) for row in new)]


def add_scan(session: Session, conf: str, scan: Scan) -> None:
    """Keep an answered scan; the conference's streams are locked, so the numbers have no rivals.

    Those that wait to be inserted together are numbered in their order too.
    """
    row = {
        "conf_": conf,
        "ahead": len(waiting(session, _ADD)),
        "id": scan.id,
        "guest_id": scan.guest_id,
        "gate_id": scan.gate_id,
        "direction": scan.direction,
        "verdict": scan.verdict,
        "forced": scan.forced,
        "counts": scan.counts,
        "happened_at": scan.happened_at,
        "claimed_at": scan.claimed_at,
        "doubted": scan.doubted,
        "at": scan.at,
        "by": scan.by,
        "actor": scan.actor,
        "undone_at": scan.undone_at,
        "point": scan.point,
        "door": scan.door,
        "day": scan.day,
        "device": scan.device,
        "acted": scan.acted,
        "would": scan.would,
        "over": list(scan.over),
        "why": scan.why,
        "note": scan.note,
        "surplus": scan.surplus,
        "switched": _stored_switch(scan.switched),
    }
    send_later(session, _ADD, (conf, scan.id), row)


def mark_undone(session: Session, conf: str, scan: Scan, with_it: Collection[ScanId], at: datetime) -> None:
    """Write down that an admission was undone at `at`, and that it and the scans `with_it` no longer count."""
    connection = session.connection()
    connection.execute(_COUNT_NO_MORE, {"conf_": conf, "scans_": list(with_it)})
    connection.execute(_CHANGE, {"conf_": conf, "scan_": scan.id, "undone_at": at})


def save_act(session: Session, conf: str, scan: Scan) -> None:
    """Write down what a device did with a scan, and what that makes of it."""
    row = {
        "acted": scan.acted,
        "device": scan.device,
        "would": scan.would,
        "verdict": scan.verdict,
        "counts": scan.counts,
    }
    session.connection().execute(_CHANGE, {"conf_": conf, "scan_": scan.id, **row})


def save_switched(session: Session, conf: str, scan: Scan) -> None:
    """Write down what an admission changed beside."""
    switched = _stored_switch(scan.switched)
    session.connection().execute(_CHANGE, {"conf_": conf, "scan_": scan.id, "switched": switched})


def mark_surplus(session: Session, conf: str, scan_id: ScanId, *, surplus: bool) -> None:
    """Write down whether another admission of the same visit counts instead of this one."""
    session.connection().execute(_CHANGE, {"conf_": conf, "scan_": scan_id, "surplus": surplus})


def scans_of_guests(session: Session, conf: str, guest_ids: Collection[str]) -> dict[str, list[Scan]]:
    """Return the scans of guests in the order of answering, by guest; who has none is not in it."""
    found = _kept(session, conf, guest_ids) if guest_ids else {}
    for row in waiting(session, _ADD).values():
        if row["conf_"] == conf and row["guest_id"] in guest_ids:
            found.setdefault(row["guest_id"], []).append(_scan(SimpleNamespace(**row)))
    return found


def _kept(session: Session, conf: str, guest_ids: Collection[str]) -> dict[str, list[Scan]]:
    """Return the scans of guests that have a row, by guest."""
    found: dict[str, list[Scan]] = {}
    rows = session.connection().execute(_OF_GUESTS, {"conf_": conf, "guests_": list(guest_ids)})
    for scan in map(_scan, rows):
        found.setdefault(scan.guest_id or "", []).append(scan)
    return found


SCANS = Gathered(_kept)
"""The scans of a guest that have a row, in the order of answering, by guest."""


def scans_by_id(session: Session, conf: str, scan_ids: Collection[str]) -> dict[ScanId, Scan]:
    """Return these scans, by id."""
    if not scan_ids:
        return {}
    rows = session.connection().execute(_SOME, {"conf_": conf, "scans_": list(scan_ids)})
    return {scan.id: scan for scan in map(_scan, rows)}


def entries_without_exit(session: Session, conf: str, point: str) -> list[tuple[GuestId, datetime]]:
    """Return who came in when by a door that counts anew each day, and did not go out after that on the same day."""
    rows = session.connection().execute(_WITHOUT_EXIT, {"conf_": conf, "point_": point})
    return [(GuestId(guest), came_at) for guest, came_at in rows]


def verdict_counts(session: Session, conf: str) -> dict[GateId, dict[str, int]]:
    """Return how often each gate gave each answer, without what was undone and what is surplus."""
    counts: dict[GateId, dict[str, int]] = {}
    for gate_id, verdict, count in session.connection().execute(_VERDICTS, {"conf_": conf}):
        counts.setdefault(GateId(gate_id), {})[verdict] = count
    return counts


def counted_at(session: Session, conf: str) -> dict[str, Counted]:
    """Return how many persons each point counted that is no door, by its id."""
    connection = session.connection()
    found = {point: Counted(total=count) for point, count in connection.execute(_COUNTED, {"conf_": conf})}
    for point, day, count in connection.execute(_COUNTED_BY_DAY, {"conf_": conf}):
        found[point] = replace(found[point], by_day={**found[point].by_day, day: count})
    return found


def _scan(row: Any) -> Scan:
    """Return the scan that a row of the table has, or one that waits to be a row."""
    return Scan(
        id=ScanId(row.id),
        guest_id=GuestId(row.guest_id) if row.guest_id else None,
        gate_id=GateId(row.gate_id) if row.gate_id else None,
        direction=Direction(row.direction),
        verdict=row.verdict,
        forced=row.forced,
        counts=row.counts,
        happened_at=row.happened_at,
        claimed_at=row.claimed_at,
        doubted=Doubt(row.doubted) if row.doubted else None,
        at=row.at,
        by=row.by,
        actor=row.actor,
        undone_at=row.undone_at,
        point=row.point,
        door=row.door,
        day=row.day,
        device=row.device,
        acted=Acted(row.acted) if row.acted else None,
        would=row.would,
        over=tuple(row.over),
        why=Why(row.why) if row.why else None,
        note=row.note,
        surplus=row.surplus,
        switched=_switched(row.switched),
    )


def _stored_switch(switched: Switched | None) -> list[Any]:
    return [switched.mode.value, *switched.moved] if switched else []


def _switched(stored: list[Any]) -> Switched | None:
    return Switched(mode=Mode(stored[0]), moved=tuple(stored[1:])) if stored else None


_TABLE = cast("sa.Table", ScanRow.__table__)
_SCANS = _TABLE.c
_OF_CONF = _SCANS.conf == sa.bindparam("conf_")
_THIS = _SCANS.id == sa.bindparam("scan_")
_ONE = sa.select(_TABLE).where(_OF_CONF, _THIS).execution_options(**BESIDE)
_OF_GUESTS = (
    sa.select(_TABLE)
    .where(_OF_CONF, _SCANS.guest_id.in_(sa.bindparam("guests_", expanding=True)))
    .order_by(_SCANS.number)
    .execution_options(**BESIDE)
)
_LAST = sa.select(sa.func.coalesce(sa.func.max(_SCANS.number), 0)).where(_OF_CONF).scalar_subquery()
_ADD = sa.insert(_TABLE).values(conf=sa.bindparam("conf_"), number=_LAST + 1 + sa.bindparam("ahead"))
_COUNT_NO_MORE = (
    sa.update(_TABLE)
    .where(_OF_CONF, _SCANS.id.in_(sa.bindparam("scans_", expanding=True)))
    .values(counts=False)
)
_SOME = sa.select(_TABLE).where(_OF_CONF, _SCANS.id.in_(sa.bindparam("scans_", expanding=True)))
_CHANGE = sa.update(_TABLE).where(_OF_CONF, _THIS)
_VERDICTS = (
    sa.select(_SCANS.gate_id, _SCANS.verdict, sa.func.count())
    .where(_OF_CONF, _SCANS.gate_id.is_not(None), _SCANS.undone_at.is_(None), ~_SCANS.surplus)
    .where(_SCANS.verdict != DAY_ENDED)
    .group_by(_SCANS.gate_id, _SCANS.verdict)
)
_EXITS = cast("sa.Table", ScanRow.__table__).alias().c
_WENT_OUT = sa.exists().where(
    *(_EXITS.conf == _SCANS.conf, _EXITS.guest_id == _SCANS.guest_id, _EXITS.door, _EXITS.counts),
    *(_EXITS.direction == Direction.OUT, _EXITS.happened_at >= _SCANS.happened_at),
    sa.or_(_EXITS.day == _SCANS.day, _EXITS.day.is_(None)),
)
_WITHOUT_EXIT = sa.select(_SCANS.guest_id, _SCANS.happened_at).where(
    *(_OF_CONF, _SCANS.point == sa.bindparam("point_"), _SCANS.day.is_not(None), _SCANS.counts),
    *(_SCANS.direction == Direction.IN, _SCANS.verdict == ADMITTED, ~_WENT_OUT),
)
_PERSONS = sa.func.count(_SCANS.guest_id.distinct())
_PASSED = (
    *(_OF_CONF, ~_SCANS.door, _SCANS.counts, _SCANS.point.is_not(None)),
    *(_SCANS.direction == Direction.IN, _SCANS.verdict == ADMITTED),
)
_COUNTED = sa.select(_SCANS.point, _PERSONS).where(*_PASSED).group_by(_SCANS.point)
_COUNTED_BY_DAY = (
    sa.select(_SCANS.point, _SCANS.day, _PERSONS)
    .where(*_PASSED, _SCANS.day.is_not(None))
    .group_by(_SCANS.point, _SCANS.day)
)
