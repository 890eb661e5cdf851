"""Badges, gates and presence: rows to model and back, and the documents of check-in made of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from conference_hub.checkin.documents import (
    GATE_STREAMS,
    GUEST_STREAMS,
    PRESENCE_KEY,
    PRESENCE_STREAMS,
    Heads,
    gate_document,
    gate_key,
    guest_document,
    guest_key,
    presence_document,
)
from conference_hub.checkin.model import Badge, Gate, GateId, Moment, Place, Presence
from conference_hub.checkin.scans import verdict_counts
from conference_hub.checkin.tables import BadgeRow, GateRow, PresenceRow
from conference_hub.conferences.kept import Kept, bump_revision
from conference_hub.core.errors import NotFound, msg
from conference_hub.core.stream import Docs, Stream
from conference_hub.core.text import Text
from conference_hub.people.model import Guest, GuestId, Mode
from conference_hub.people.store import each_guest, guest_of
from conference_hub.people.tables import GuestRow

FEW = 10
ROWS_PER_TURN = 50
InTurns = Callable[[Iterable[Guest], int], Iterable[Guest]]


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


def at_once(guests: Iterable[Guest], _every: int) -> Iterable[Guest]:
    """Give nobody a turn: inside a write transaction others would wait for its lock anyway."""
    return guests


def documents(session: Session, conf: str, stream: Stream, *, in_turns: InTurns = at_once) -> Docs:
    """Return every document of check-in that `stream` may see; a long list is made `in_turns` (`Hub.in_turns`)."""
    docs: Docs = {}
    if stream in PRESENCE_STREAMS:
        docs |= count_documents(session, conf)
    if stream in GATE_STREAMS:
        docs |= _gates(session, conf, all_gates(session, conf))
    if stream in GUEST_STREAMS:
        docs |= _all_guests(session, conf, in_turns)
    return docs


def count_documents(session: Session, conf: str) -> Docs:
    """Return the presence counts, by key."""
    return {PRESENCE_KEY: presence_document(headcount(session, conf))}


def gate_documents(session: Session, conf: str, gate_ids: Collection[GateId]) -> Docs:
    """Return the documents of some gates, by key."""
    return _gates(session, conf, [gate for gate in all_gates(session, conf) if gate.id in gate_ids])


def guest_documents(session: Session, conf: str, guest_ids: Collection[GuestId]) -> Docs:
    """Return the documents of some guests, by key."""
    if len(guest_ids) > FEW:
        return _only(_all_guests(session, conf), [guest_key(guest_id) for guest_id in guest_ids])
    return {guest_key(guest_id): _guest(session, conf, guest_id) for guest_id in guest_ids}


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


def _gates(session: Session, conf: str, gates: Sequence[Gate]) -> Docs:
    counts = verdict_counts(session, conf, [gate.id for gate in gates]) if gates else {}
    return {gate_key(gate.id): gate_document(gate, counts.get(gate.id, {})) for gate in gates}


def _guest(session: Session, conf: str, guest_id: GuestId) -> dict[str, object]:
    guest, presence, badge = guest_state(session, conf, guest_id)
    return guest_document(guest, presence, badge=badge)


def _all_guests(session: Session, conf: str, in_turns: InTurns = at_once) -> Docs:
    presences, badges = all_presences(session, conf), valid_tokens(session, conf)
    return {
        guest_key(guest.id): guest_document(guest, presences.get(guest.id), badge=guest.id in badges)
        for guest in in_turns(each_guest(session, conf), ROWS_PER_TURN)
    }


def _only(docs: Docs, keys: Collection[str]) -> Docs:
    return {key: docs[key] for key in keys}


def _gate_id(value: str | None) -> GateId | None:
    return GateId(value) if value else None
