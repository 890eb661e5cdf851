"""Check-in rows to model and back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from conference_hub.checkin.documents import Heads
from conference_hub.checkin.model import (
    Badge,
    Direction,
    Doubt,
    Gate,
    GateId,
    Moment,
    Place,
    Presence,
    Scan,
    ScanId,
)
from conference_hub.checkin.tables import BadgeRow, GateRow, PresenceRow, ScanRow
from conference_hub.conferences.kept import Kept, bump_revision
from conference_hub.core.errors import NotFound, msg
from conference_hub.core.text import Text
from conference_hub.people.model import Guest, GuestId, Mode
from conference_hub.people.store import guest_of
from conference_hub.people.tables import GuestRow


def find_badge(session: Session, conf: str, token: str) -> Badge | None:
    """Return the badge with this token, revoked or not, or None."""
    row = session.get(BadgeRow, (conf, token))
    return _badge(row) if row else None


def valid_tokens(session: Session, conf: str) -> dict[GuestId, str]:
    """Return the token of every badge that is not revoked, by guest."""
    table = BadgeRow.__table__
    rows = session.execute(
        sa.select(table.c.guest_id, table.c.token).where(table.c.conf == conf, table.c.revoked_at.is_(None))
    )
    return {GuestId(guest_id): token for guest_id, token in rows}


def find_valid_badge(session: Session, conf: str, guest_id: str) -> Badge | None:
    """Return the badge that opens gates for a guest, or None."""
    row = session.scalar(
        sa.select(BadgeRow).where(
            BadgeRow.conf == conf, BadgeRow.guest_id == guest_id, BadgeRow.revoked_at.is_(None)
        )
    )
    return _badge(row) if row else None


def save_badge(session: Session, conf: str, badge: Badge) -> None:
    """Insert or update a badge."""
    session.merge(
        BadgeRow(
            conf=conf,
            token=badge.token,
            guest_id=badge.guest_id,
            issued_at=badge.issued_at,
            revoked_at=badge.revoked_at,
        )
    )
    session.flush()


def all_gates(session: Session, conf: str) -> tuple[Gate, ...]:
    """Return the gates in order; kept in memory until the conference's revision grows."""
    return _GATES.of(session, conf)


def get_gate(session: Session, conf: str, gate_id: str) -> Gate:
    """Return one gate; raises NotFound."""
    found = next((gate for gate in all_gates(session, conf) if gate.id == gate_id), None)
    if found is None:
        raise NotFound(msg("그런 출입구가 없습니다."), gate=gate_id)
    return found


def save_gate(session: Session, conf: str, gate: Gate) -> None:
    """Insert or update a gate."""
    session.merge(GateRow(conf=conf, id=gate.id, title=gate.title.as_doc(), position=gate.position))
    session.flush()
    bump_revision(session, conf)


def all_presences(session: Session, conf: str) -> dict[GuestId, Presence]:
    """Return where everybody is who ever came, by guest."""
    rows = session.scalars(sa.select(PresenceRow).where(PresenceRow.conf == conf))
    return {GuestId(row.guest_id): _presence(row) for row in rows}


def headcount(session: Session, conf: str) -> list[Heads]:
    """Return how many guests there are of each mode at each place."""
    came = PresenceRow.guest_id.is_not(None)
    rows = session.execute(
        sa.select(GuestRow.mode, PresenceRow.place, came, sa.func.count())
        .join(
            PresenceRow,
            sa.and_(PresenceRow.conf == GuestRow.conf, PresenceRow.guest_id == GuestRow.id),
            isouter=True,
        )
        .where(GuestRow.conf == conf)
        .group_by(GuestRow.mode, PresenceRow.place, came)
    )
    return [
        Heads(mode=Mode(mode), place=Place(place) if place else None, came=bool(arrived), count=count)
        for mode, place, arrived, count in rows
    ]


def find_presence(session: Session, conf: str, guest_id: str) -> Presence | None:
    """Return where a guest is, or None when they never came."""
    row = session.get(PresenceRow, (conf, guest_id))
    return _presence(row) if row else None


def guest_state(session: Session, conf: str, guest_id: str) -> tuple[Guest, Presence | None, bool]:
    """Return a guest, where they are, and whether they have a badge that opens gates; raises NotFound."""
    badge = sa.exists().where(
        BadgeRow.conf == conf, BadgeRow.guest_id == GuestRow.id, BadgeRow.revoked_at.is_(None)
    )
    here = sa.and_(PresenceRow.conf == GuestRow.conf, PresenceRow.guest_id == GuestRow.id)
    found = session.execute(
        sa.select(GuestRow, PresenceRow, badge)
        .join(PresenceRow, here, isouter=True)
        .where(GuestRow.conf == conf, GuestRow.id == guest_id)
    ).first()
    if found is None:
        raise NotFound(msg("명단에 없는 사람입니다."))
    row, valid = found[0], bool(found[2])
    presence: PresenceRow | None = found[1]
    return guest_of(row, row.group), None if presence is None else _presence(presence), valid


def presences_of(session: Session, conf: str, guest_ids: Collection[str]) -> dict[GuestId, Presence]:
    """Return where these guests are who ever came, by guest."""
    rows = session.scalars(
        sa.select(PresenceRow).where(PresenceRow.conf == conf, PresenceRow.guest_id.in_(guest_ids))
    )
    return {GuestId(row.guest_id): _presence(row) for row in rows}


def save_presence(session: Session, conf: str, guest_id: GuestId, presence: Presence | None) -> None:
    """Write down where a guest is; None: never came."""
    if presence is None:
        session.execute(
            sa.delete(PresenceRow).where(PresenceRow.conf == conf, PresenceRow.guest_id == guest_id)
        )
        session.expire_all()
        return
    values = {
        "place": presence.place,
        "since": presence.since,
        "first_at": presence.first.at,
        "first_gate": presence.first.gate_id,
    }
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    row = insert(PresenceRow).values(conf=conf, guest_id=guest_id, **values)
    session.execute(row.on_conflict_do_update(index_elements=["conf", "guest_id"], set_=values))
    session.expire_all()


def get_scan(session: Session, conf: str, scan_id: str) -> Scan:
    """Return one scan; raises NotFound."""
    row = session.get(ScanRow, (conf, scan_id))
    if row is None:
        raise NotFound(msg("그런 체크인 기록이 없습니다."), scan=scan_id)
    return _scan(row)


def scans_of(session: Session, conf: str, guest_id: str) -> list[Scan]:
    """Return the scans of a guest in the order of answering."""
    rows = session.scalars(
        sa.select(ScanRow).where(ScanRow.conf == conf, ScanRow.guest_id == guest_id).order_by(ScanRow.number)
    )
    return [_scan(row) for row in rows]


def add_scan(session: Session, conf: str, scan: Scan) -> None:
    """Keep an answered scan; the conference's streams are locked, so the numbers have no rivals."""
    last = sa.select(sa.func.coalesce(sa.func.max(ScanRow.number), 0)).where(ScanRow.conf == conf)
    session.add(
        ScanRow(
            conf=conf,
            id=scan.id,
            number=last.scalar_subquery() + 1,
            guest_id=scan.guest_id,
            gate_id=scan.gate_id,
            direction=scan.direction,
            verdict=scan.verdict,
            forced=scan.forced,
            counts=scan.counts,
            happened_at=scan.happened_at,
            claimed_at=scan.claimed_at,
            doubted=scan.doubted,
            at=scan.at,
            by=scan.by,
            actor=scan.actor,
            undone_at=scan.undone_at,
        )
    )
    session.flush()


def mark_undone(session: Session, conf: str, scan: Scan, with_it: Collection[ScanId], at: datetime) -> None:
    """Write down that an admission was undone at `at`, and that it and the scans `with_it` no longer count."""
    for row in session.scalars(sa.select(ScanRow).where(ScanRow.conf == conf, ScanRow.id.in_(with_it))):
        row.counts = False
    session.get_one(ScanRow, (conf, scan.id)).undone_at = at
    session.flush()


def verdict_counts(session: Session, conf: str, gate_ids: Collection[GateId]) -> dict[GateId, dict[str, int]]:
    """Return how often each of these gates gave each answer, without what was undone."""
    counts: dict[GateId, dict[str, int]] = {}
    for gate_id, verdict, count in session.execute(
        sa.select(ScanRow.gate_id, ScanRow.verdict, sa.func.count())
        .where(ScanRow.conf == conf, ScanRow.gate_id.in_(gate_ids), ScanRow.undone_at.is_(None))
        .group_by(ScanRow.gate_id, ScanRow.verdict)
    ):
        counts.setdefault(GateId(gate_id or ""), {})[verdict] = count
    return counts


def _read_gates(session: Session, conf: str) -> tuple[Gate, ...]:
    rows = session.scalars(sa.select(GateRow).where(GateRow.conf == conf).order_by(GateRow.position))
    return tuple(_gate(row) for row in rows)


_GATES = Kept(_read_gates)


def _badge(row: BadgeRow) -> Badge:
    return Badge(
        token=row.token,
        guest_id=GuestId(row.guest_id),
        issued_at=row.issued_at,
        revoked_at=row.revoked_at,
    )


def _gate(row: GateRow) -> Gate:
    return Gate(id=GateId(row.id), title=Text.of(row.title), position=row.position)


def _presence(row: PresenceRow) -> Presence:
    return Presence(
        guest_id=GuestId(row.guest_id),
        place=Place(row.place) if row.place else None,
        since=row.since,
        first=Moment(at=row.first_at, gate_id=_gate_id(row.first_gate)),
    )


def _scan(row: ScanRow) -> Scan:
    return Scan(
        id=ScanId(row.id),
        guest_id=GuestId(row.guest_id) if row.guest_id else None,
        gate_id=_gate_id(row.gate_id),
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
    )


def _gate_id(value: str | None) -> GateId | None:
    return GateId(value) if value else None
