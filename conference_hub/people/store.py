"""Guest rows to model and back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from conference_hub.conferences.kept import bump_people
from conference_hub.core.deferred import BESIDE
from conference_hub.core.errors import NotFound, msg
from conference_hub.core.text import Text
from conference_hub.people.model import GroupId, Guest, GuestId, Mode
from conference_hub.people.tables import GuestRow

MOST_IN_A_STATEMENT = 500
"""Ids in one statement: databases have a limit."""


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


def guests_of(session: Session, conf: str, guest_ids: Iterable[str]) -> list[Guest]:
    """Return these guests, in the order of `guest_ids`, without those who are not on the list."""
    wanted = list(guest_ids)
    found = {
        row.id: guest_of(row)
        for some in _slices(wanted)
        for row in session.connection().execute(_SOME, {"conf_": conf, "guests_": some})
    }
    return [found[guest_id] for guest_id in wanted if guest_id in found]


def parties_of(session: Session, conf: str, parties: Collection[str]) -> dict[str, list[Guest]]:
    """Return who belongs to each of these parties, in the order of their numbers."""
    found: dict[str, list[Guest]] = {}
    for some in _slices(sorted(parties)):
        for row in session.connection().execute(_PARTIES, {"conf_": conf, "parties_": some}):
            found.setdefault(row.party, []).append(guest_of(row))
    return found


def numbers(session: Session, conf: str) -> dict[str, GuestId]:
    """Return the number of every guest, with the guest's id."""
    rows = session.connection().execute(_NUMBERS, {"conf_": conf})
    return {number: GuestId(guest_id) for number, guest_id in rows}


def modes(session: Session, conf: str) -> dict[GuestId, Mode]:
    """Return how each guest takes part."""
    rows = session.connection().execute(_MODES, {"conf_": conf})
    return {GuestId(guest_id): Mode(mode) for guest_id, mode in rows}


def holder_of_email(session: Session, conf: str, email: str) -> GuestId | None:
    """Return the first guest with this address, whatever its case, or None."""
    return next(iter(holders_of_email(session, conf, email)), None)


def holders_of_email(session: Session, conf: str, email: str) -> list[GuestId]:
    """Return the guests with this address, whatever its case, sorted."""
    found = session.connection().execute(_BY_EMAIL, {"conf_": conf, "email_": email.lower()})
    return [GuestId(row.id) for row in found]


def holder_of(session: Session, conf: str, words: str) -> GuestId | None:
    """Return the guest with this address or else this number: how people name a guest. None for nobody."""
    return holder_of_email(session, conf, words) or numbers(session, conf).get(words)


def last_change(session: Session, conf: str, guest_id: str) -> tuple[datetime | None, str]:
    """Return when and by whom a guest was changed last; None and an empty label for never."""
    row = session.connection().execute(_ONE, {"conf_": conf, "guest_": guest_id}).first()
    return (row.changed_at, row.changed_by or "") if row else (None, "")


def save_guests(session: Session, conf: str, guests: Collection[Guest]) -> None:
    """Insert or update guests; each has a number that no other guest has."""
    connection = session.connection()
    if guests:
        connection.execute(_SAVE[connection.dialect.name], [_row(conf, guest) for guest in guests])
    bump_people(session, conf)


def changed_since(session: Session, conf: str, at: datetime) -> set[str]:
    """Return the ids of the guests who were changed after an instant."""
    return set(session.connection().execute(_CHANGED, {"conf_": conf, "at_": at}).scalars())


def note_change(session: Session, conf: str, guest_ids: Iterable[str], at: datetime, by: str) -> None:
    """Write down when and by whom guests were changed."""
    for some in _slices(list(guest_ids)):
        session.connection().execute(
            _NOTE_CHANGE, {"conf_": conf, "guests_": some, "changed_at": at, "changed_by": by}
        )


def release_numbers(session: Session, conf: str, guest_ids: Iterable[str]) -> None:
    """Take the numbers of guests who get others in this transaction: two of them may change theirs for one another."""
    for some in _slices(list(guest_ids)):
        session.connection().execute(_RELEASE, {"conf_": conf, "guests_": some})


def delete_guests(session: Session, conf: str, guest_ids: Iterable[str]) -> None:
    """Take guests off the list; what may not be lost without them keeps the database from doing it."""
    for some in _slices(list(guest_ids)):
        session.connection().execute(_DELETE, {"conf_": conf, "guests_": some})
    bump_people(session, conf)


def guest_of(row: sa.Row[*tuple[Any, ...]]) -> Guest:
    """Return the guest whose columns a row holds, whatever else it holds."""
    return Guest(
        id=GuestId(row.id),
        name=row.name,
        label=Text.of(row.label) if row.label else None,
        organisation=row.organisation,
        group=GroupId(row.guest_group) if row.guest_group else None,
        mode=Mode(row.mode),
        number=row.number,
        seat=row.seat,
        email=row.email,
        phone=row.phone,
        pronunciation=row.pronunciation,
        needs=row.needs,
        notes=row.notes,
        look=row.look,
        party=row.party,
        language=row.language,
    )


def _row(conf: str, guest: Guest) -> dict[str, Any]:
    return {
        "conf": conf,
        "id": guest.id,
        "name": guest.name,
        "label": guest.label.as_doc() if guest.label else None,
        "organisation": guest.organisation,
        "guest_group": guest.group or "",
        "mode": guest.mode.value,
        "number": guest.number,
        "seat": guest.seat,
        "email": guest.email,
        "phone": guest.phone,
        "pronunciation": guest.pronunciation,
        "needs": guest.needs,
        "notes": guest.notes,
        "look": guest.look,
        "party": guest.party,
        "language": guest.language,
    }


def _slices(ids: list[str]) -> Iterator[list[str]]:
    for first in range(0, len(ids), MOST_IN_A_STATEMENT):
        yield ids[first : first + MOST_IN_A_STATEMENT]


def _upsert(insert: Any) -> Any:
    kept = {"conf", "id", "changed_at", "changed_by"}
    values = {
        column.name: insert.excluded[column.name] for column in _TABLE.columns if column.name not in kept
    }
    return insert.on_conflict_do_update(index_elements=["conf", "id"], set_=values)


_TABLE = cast("sa.Table", GuestRow.__table__)
_OF_CONF = _TABLE.c.conf == sa.bindparam("conf_")
_THESE = _TABLE.c.id.in_(sa.bindparam("guests_", expanding=True))
_ALL = sa.select(_TABLE).where(_OF_CONF).order_by(_TABLE.c.id)
_ONE = sa.select(_TABLE).where(_OF_CONF, _TABLE.c.id == sa.bindparam("guest_")).execution_options(**BESIDE)
_SOME = sa.select(_TABLE).where(_OF_CONF, _THESE)
_PARTIES = (
    sa.select(_TABLE)
    .where(_OF_CONF, _TABLE.c.party.in_(sa.bindparam("parties_", expanding=True)))
    .order_by(sa.func.length(_TABLE.c.number), _TABLE.c.number, _TABLE.c.id)
)
_NUMBERS = sa.select(_TABLE.c.number, _TABLE.c.id).where(_OF_CONF)
_MODES = sa.select(_TABLE.c.id, _TABLE.c.mode).where(_OF_CONF)
_BY_EMAIL = (
    sa.select(_TABLE.c.id)
    .where(_OF_CONF, sa.func.lower(_TABLE.c.email) == sa.bindparam("email_"))
    .order_by(_TABLE.c.id)
)
_SAVE = {"sqlite": _upsert(sqlite.insert(_TABLE)), "postgresql": _upsert(postgresql.insert(_TABLE))}
"""By dialect: each has its own `ON CONFLICT`."""
_CHANGED = sa.select(_TABLE.c.id).where(_OF_CONF, _TABLE.c.changed_at > sa.bindparam("at_"))
_NOTE_CHANGE = sa.update(_TABLE).where(_OF_CONF, _THESE)
_NOTE_CHANGE = _NOTE_CHANGE.values(
    changed_at=sa.bindparam("changed_at"), changed_by=sa.bindparam("changed_by")
)
_RELEASE = sa.update(_TABLE).where(_OF_CONF, _THESE).values(number=sa.literal("~") + _TABLE.c.id)
_DELETE = sa.delete(_TABLE).where(_OF_CONF, _THESE)
