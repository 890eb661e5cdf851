"""Points and gates: rows to model and back; kept in memory until the conference's revision grows."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.conferences.kept import Kept, bump_revision
from conference_hub.conferences.model import Conference
from conference_hub.core.errors import NotFound, msg
from conference_hub.core.now import iso, parse_iso
from conference_hub.core.ordered import find
from conference_hub.core.stream import Doc
from conference_hub.core.text import Text
from conference_hub.gates.model import Gate, GateId, Point, PointId, PointKind, Reentry, Window
from conference_hub.gates.tables import GateRow, PointRow
from conference_hub.people.model import GroupId, Mode

NO_GATE = msg("그런 출입구가 없습니다.")
NO_POINT = msg("그런 확인 지점이 없습니다.")


def all_gates(session: Session, conf: str) -> tuple[Gate, ...]:
    """Return the gates in order."""
    return _GATES.of(session, conf)


def get_gate(session: Session, conf: str, gate_id: str) -> Gate:
    """Return one gate; raises NotFound."""
    found = find(all_gates(session, conf), gate_id)
    if found is None:
        raise NotFound(NO_GATE, gate=gate_id)
    return found


def all_points(session: Session, conf: str) -> tuple[Point, ...]:
    """Return the points in order."""
    return _POINTS.of(session, conf)


def get_point(session: Session, conf: str, point_id: str) -> Point:
    """Return one point; raises NotFound."""
    found = find(all_points(session, conf), point_id)
    if found is None:
        raise NotFound(NO_POINT)
    return found


def daily_doors(session: Session) -> list[tuple[str, PointId]]:
    """Return the doors of all conferences that count anew each day: slug of the conference, id of the point."""
    rows = session.connection().execute(_DAILY_DOORS)
    return [(conf, PointId(point)) for conf, point in rows]


def point_of(session: Session, conf: str, gate: Gate) -> Point:
    """Return the point that a gate belongs to."""
    return get_point(session, conf, gate.point)


def windows_of(point: Point, conference: Conference) -> tuple[Window, ...]:
    """Return when a point is open: by its own windows, else as the doors of the conference are."""
    return point.windows or (Window(opens_at=conference.doors_open_at, closes_at=conference.doors_close_at),)


def group_uses(session: Session, conf: str) -> dict[str, list[Text]]:
    """Return by group of guests the titles of the gates that are for it (`Hub.group_uses`)."""
    uses: dict[str, list[Text]] = {}
    for gate in all_gates(session, conf):
        for group in gate.groups:
            uses.setdefault(group, []).append(gate.title)
    return uses


def save_gate(session: Session, conf: str, gate: Gate) -> None:
    """Insert or update a gate."""
    session.merge(
        GateRow(
            conf=conf,
            id=gate.id,
            title=gate.title.as_doc(),
            position=gate.position,
            point=gate.point,
            groups=sorted(gate.groups),
            modes=[mode.value for mode in Mode if mode in gate.modes],
        )
    )
    session.flush()
    bump_revision(session, conf)


def delete_gate(session: Session, conf: str, gate_id: str) -> None:
    """Delete the row of a gate."""
    session.execute(sa.delete(GateRow).where(GateRow.conf == conf, GateRow.id == gate_id))
    bump_revision(session, conf)


def save_point(session: Session, conf: str, point: Point) -> None:
    """Insert or update a point."""
    session.merge(
        PointRow(
            conf=conf,
            id=point.id,
            title=point.title.as_doc(),
            position=point.position,
            kind=point.kind.value,
            exits=point.exits,
            reentry=point.reentry.value,
            daily=point.daily,
            windows=[_window_doc(window) for window in point.windows],
        )
    )
    session.flush()
    bump_revision(session, conf)


def delete_point(session: Session, conf: str, point_id: str) -> None:
    """Delete the row of a point."""
    session.execute(sa.delete(PointRow).where(PointRow.conf == conf, PointRow.id == point_id))
    bump_revision(session, conf)


def _read_gates(session: Session, conf: str) -> tuple[Gate, ...]:
    rows = session.scalars(sa.select(GateRow).where(GateRow.conf == conf).order_by(GateRow.position))
    return tuple(_gate(row) for row in rows)


def _read_points(session: Session, conf: str) -> tuple[Point, ...]:
    rows = session.scalars(sa.select(PointRow).where(PointRow.conf == conf).order_by(PointRow.position))
    return tuple(_point(row) for row in rows)


_GATES = Kept(_read_gates)
_POINTS = Kept(_read_points)


def _gate(row: GateRow) -> Gate:
    return Gate(
        id=GateId(row.id),
        title=Text.of(row.title),
        position=row.position,
        point=PointId(row.point),
        groups=frozenset(map(GroupId, row.groups)),
        modes=frozenset(map(Mode, row.modes)),
    )


def _point(row: PointRow) -> Point:
    return Point(
        id=PointId(row.id),
        title=Text.of(row.title),
        position=row.position,
        kind=PointKind(row.kind),
        exits=row.exits,
        reentry=Reentry(row.reentry),
        daily=row.daily,
        windows=tuple(_window(doc) for doc in row.windows),
    )


def _window_doc(window: Window) -> Doc:
    return {"opens_at": iso(window.opens_at), "closes_at": iso(window.closes_at)}


def _window(doc: dict[str, Any]) -> Window:
    return Window(opens_at=parse_iso(doc["opens_at"]), closes_at=parse_iso(doc["closes_at"]))


_DAILY_DOORS = sa.select(PointRow.conf, PointRow.id).where(PointRow.daily, PointRow.kind == PointKind.DOOR)
