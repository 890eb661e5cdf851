"""Guest rows to model and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.conferences.kept import bump_people
from conference_hub.core.errors import NotFound, msg
from conference_hub.core.text import Text
from conference_hub.people.model import Group, Guest, GuestId, Mode
from conference_hub.people.tables import GuestRow


def all_guests(session: Session, conf: str) -> list[Guest]:
    """Return the guest list, by id."""
    return list(each_guest(session, conf))


def each_guest(session: Session, conf: str) -> Iterator[Guest]:
    """Yield the guests, by id, while they are read."""
    rows = session.execute(_ALL, {"conf_": conf})
    return (guest_of(row) for row in rows)


def find_guest(session: Session, conf: str, guest_id: str) -> Guest | None:
    """Return one guest, or None."""
    row = session.connection().execute(_ONE, {"conf_": conf, "guest_": guest_id}).first()
    return guest_of(row) if row else None


def get_guest(session: Session, conf: str, guest_id: str) -> Guest:
    """Return one guest; raises NotFound."""
    guest = find_guest(session, conf, guest_id)
    if guest is None:
        raise NotFound(msg("명단에 없는 사람입니다."))
    return guest


def save_guests(session: Session, conf: str, guests: Iterable[Guest]) -> None:
    """Insert or update guests."""
    for guest in guests:
        session.merge(_row(conf, guest))
    session.flush()
    bump_people(session, conf)


def _row(conf: str, guest: Guest) -> GuestRow:
    return GuestRow(
        conf=conf,
        id=guest.id,
        name=guest.name,
        label=guest.label.as_doc() if guest.label else None,
        organisation=guest.organisation,
        group=guest.group,
        mode=guest.mode,
        seat=guest.seat,
        email=guest.email,
        language=guest.language,
    )


def guest_of(row: sa.Row[*tuple[Any, ...]]) -> Guest:
    """Return the guest whose columns a row holds, whatever else it holds."""
    return Guest(
        id=GuestId(row.id),
        name=row.name,
        label=Text.of(row.label) if row.label else None,
        organisation=row.organisation,
        group=Group(row.guest_group),
        mode=Mode(row.mode),
        seat=row.seat,
        email=row.email,
        language=row.language,
    )


_TABLE = cast("sa.Table", GuestRow.__table__)
_OF_CONF = _TABLE.c.conf == sa.bindparam("conf_")
_ALL = sa.select(_TABLE).where(_OF_CONF).order_by(_TABLE.c.id)
_ONE = sa.select(_TABLE).where(_OF_CONF, _TABLE.c.id == sa.bindparam("guest_"))
