"""Badges and presence: rows to model and back."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from conference_hub.checkin.model import Badge, Moment, Place, Presence, Visitor, Whereabouts
from conference_hub.checkin.scans import SCANS
from conference_hub.checkin.tables import BadgeRow, PresenceRow
from conference_hub.core.deferred import BESIDE, send_later
from conference_hub.core.errors import NotFound, msg
from conference_hub.core.gathered import Gathered
from conference_hub.gates.model import GateId
from conference_hub.people.model import GuestId, Mode
from conference_hub.people.store import guest_of
from conference_hub.people.tables import GuestRow


def find_visitor_with_badge(session: Session, conf: str, token: str) -> Visitor | None:
    """Return who shows the badge with this token, revoked or not, or None."""
    return BADGES.of(session, conf, token)


def get_visitor(session: Session, conf: str, guest_id: str) -> Visitor:
    """Return a guest who is at a gate without a badge, or joins by link; raises NotFound."""
    row = session.connection().execute(_NAMED, {"conf_": conf, "guest_": guest_id}).first()
    if row is None:
        raise NotFound(msg("명단에 없는 사람입니다."))
    return Visitor(guest=guest_of(row), badge=None, has_badge=bool(row.has_badge))


def valid_tokens(session: Session, conf: str) -> dict[GuestId, str]:
    """Return the token of every badge that is not revoked, by guest."""
    rows = session.connection().execute(_VALID_TOKENS, {"conf_": conf})
    return {GuestId(guest_id): token for guest_id, token in rows}


def find_valid_badge(session: Session, conf: str, guest_id: str) -> Badge | None:
    """Return the badge that opens gates for a guest, or None."""
    row = session.connection().execute(_VALID_BADGE, {"conf_": conf, "guest_": guest_id}).first()
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


def all_presences(session: Session, conf: str) -> dict[GuestId, Presence]:
    """Return where everybody is who ever came, by guest."""
    rows = session.connection().execute(_PRESENCES, {"conf_": conf})
    return {GuestId(row.guest_id): _presence(row) for row in rows}


def guests_by_whereabouts(session: Session, conf: str) -> dict[Whereabouts, int]:
    """Return how many guests there are of each mode at each place."""
    rows = session.connection().execute(_BY_WHEREABOUTS, {"conf_": conf})
    return {
        Whereabouts(mode=Mode(mode), place=Place(place) if place else None, came=bool(came)): count
        for mode, place, came, count in rows
    }


def find_presence(session: Session, conf: str, guest_id: str) -> Presence | None:
    """Return where a guest is, or None when they never came."""
    row = session.connection().execute(_PRESENCE_OF, {"conf_": conf, "guest_": guest_id}).first()
    return _presence(row) if row else None


def presences_of(session: Session, conf: str, guest_ids: Collection[str]) -> dict[GuestId, Presence]:
    """Return where these guests are who ever came, by guest."""
    rows = session.connection().execute(_PRESENCES_OF, {"conf_": conf, "guests_": list(guest_ids)})
    return {GuestId(row.guest_id): _presence(row) for row in rows}


def save_presence(session: Session, conf: str, guest_id: GuestId, presence: Presence | None) -> None:
    """Write down where a guest is; None: never came."""
    if presence is None:
        session.connection().execute(_FORGET_PRESENCE, {"conf_": conf, "guest_": guest_id})
        return
    row = {
        "conf": conf,
        "guest_id": guest_id,
        "place": presence.place,
        "since": presence.since,
        "first_at": presence.first.at,
        "first_gate": presence.first.gate_id,
    }
    send_later(session, _SAVE_PRESENCE[session.get_bind().dialect.name], (conf, guest_id), row)


def _badge(row: sa.Row[Any]) -> Badge:
    return Badge(
        token=row.token,
        guest_id=GuestId(row.guest_id),
        issued_at=row.issued_at,
        revoked_at=row.revoked_at,
    )


def _presence(row: sa.Row[Any]) -> Presence:
    return Presence(
        guest_id=GuestId(row.guest_id),
        place=Place(row.place) if row.place else None,
        since=row.since,
        first=Moment(at=row.first_at, gate_id=_gate_id(row.first_gate)),
    )


def _gate_id(value: str | None) -> GateId | None:
    return GateId(value) if value else None


def _upsert(insert: Any) -> Any:
    values = {name: insert.excluded[name] for name in ("place", "since", "first_at", "first_gate")}
    return insert.on_conflict_do_update(index_elements=["conf", "guest_id"], set_=values)


_CONF: sa.BindParameter[str] = sa.bindparam("conf_")
_GUEST: sa.BindParameter[str] = sa.bindparam("guest_")
_GUESTS = cast("sa.Table", GuestRow.__table__).c
_BADGES = cast("sa.Table", BadgeRow.__table__).c
_PRESENT = cast("sa.Table", PresenceRow.__table__)
_OTHERS = cast("sa.Table", BadgeRow.__table__).alias().c
_HAS_BADGE = (
    sa.exists()
    .where(_OTHERS.conf == _GUESTS.conf, _OTHERS.guest_id == _GUESTS.id, _OTHERS.revoked_at.is_(None))
    .label("has_badge")
)
_BADGE_HOLDERS = (
    sa.select(*_GUESTS, _BADGES.token, _BADGES.issued_at, _BADGES.revoked_at, _HAS_BADGE)
    .join_from(
        BadgeRow.__table__,
        GuestRow.__table__,
        sa.and_(_GUESTS.conf == _BADGES.conf, _GUESTS.id == _BADGES.guest_id),
    )
    .where(_BADGES.conf == _CONF, _BADGES.token.in_(sa.bindparam("tokens_", expanding=True)))
    .execution_options(**BESIDE)
)
_NAMED = (
    sa.select(*_GUESTS, _HAS_BADGE)
    .where(_GUESTS.conf == _CONF, _GUESTS.id == _GUEST)
    .execution_options(**BESIDE)
)
_VALID_TOKENS = sa.select(_BADGES.guest_id, _BADGES.token).where(
    _BADGES.conf == _CONF, _BADGES.revoked_at.is_(None)
)
_VALID_BADGE = sa.select(*_BADGES).where(
    _BADGES.conf == _CONF, _BADGES.guest_id == _GUEST, _BADGES.revoked_at.is_(None)
)
_CAME = _PRESENT.c.guest_id.is_not(None)
_BY_WHEREABOUTS = (
    sa.select(_GUESTS.mode, _PRESENT.c.place, _CAME, sa.func.count())
    .join_from(
        GuestRow.__table__,
        _PRESENT,
        sa.and_(_PRESENT.c.conf == _GUESTS.conf, _PRESENT.c.guest_id == _GUESTS.id),
        isouter=True,
    )
    .where(_GUESTS.conf == _CONF)
    .group_by(_GUESTS.mode, _PRESENT.c.place, _CAME)
)
_PRESENCES = sa.select(_PRESENT).where(_PRESENT.c.conf == _CONF)
_PRESENCE_OF = _PRESENCES.where(_PRESENT.c.guest_id == _GUEST)
_PRESENCES_OF = _PRESENCES.where(_PRESENT.c.guest_id.in_(sa.bindparam("guests_", expanding=True)))
_FORGET_PRESENCE = sa.delete(_PRESENT).where(_PRESENT.c.conf == _CONF, _PRESENT.c.guest_id == _GUEST)
_SAVE_PRESENCE = {
    "sqlite": _upsert(sqlite.insert(_PRESENT)),
    "postgresql": _upsert(postgresql.insert(_PRESENT)),
}
"""By dialect: each has its own `ON CONFLICT`."""


def _holders(session: Session, conf: str, tokens: Collection[str]) -> dict[str, Visitor]:
    rows = session.connection().execute(_BADGE_HOLDERS, {"conf_": conf, "tokens_": list(tokens)})
    found = {row.token: _holder(row) for row in rows}
    SCANS.expect(session, conf, [visitor.guest.id for visitor in found.values()])
    return found


def _holder(row: Any) -> Visitor:
    guest = guest_of(row)
    badge = Badge(token=row.token, guest_id=guest.id, issued_at=row.issued_at, revoked_at=row.revoked_at)
    return Visitor(guest=guest, badge=badge, has_badge=bool(row.has_badge))


BADGES = Gathered(_holders)
"""Who shows a badge, by its token; whoever asks asks for their scans next."""
