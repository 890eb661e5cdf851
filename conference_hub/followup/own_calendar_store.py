"""The secret address of a guest's own calendar, and what the calendar holds: rows to model and back."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.access.model import new_secret
from conference_hub.conferences.model import State
from conference_hub.conferences.tables import ConferenceRow
from conference_hub.followup.model import PersonalCalendar, SessionId
from conference_hub.followup.own_agenda import ItemKind
from conference_hub.followup.sign_up_store import EARLIER, PLACE, TAKEN
from conference_hub.followup.tables import (
    InvitationRow,
    KeptItemRow,
    OnlineSessionRow,
    PersonalCalendarRow,
)
from conference_hub.people.model import GuestId
from conference_hub.people.tables import GuestRow


def calendar_token(session: Session, conf: str, guest_id: str) -> str:
    """Return the secret of a guest's own calendar; makes it at the first call (needs a writing session then)."""
    row = session.get(PersonalCalendarRow, (conf, guest_id))
    if row is None:
        row = PersonalCalendarRow(conf=conf, guest_id=guest_id, token=new_secret())
        session.add(row)
        session.flush()
    return row.token


def find_calendar_token(session: Session, conf: str, guest_id: str) -> str | None:
    """Return the secret of a guest's own calendar, or None when there is none."""
    row = session.get(PersonalCalendarRow, (conf, guest_id))
    return row.token if row else None


def end_calendar(session: Session, conf: str, guest_id: str) -> None:
    """Forget the secret of a guest's own calendar: its address leads nowhere from now on."""
    row = session.get(PersonalCalendarRow, (conf, guest_id))
    if row is not None:
        session.delete(row)
        session.flush()


def find_personal_calendar(session: Session, token: str) -> PersonalCalendar | None:
    """Return what the personal calendar with this secret holds at present, or None; one statement."""
    rows = session.connection().execute(_PERSONAL_CALENDAR, {"token_": token}).all()
    if not rows:
        return None
    own = [row for row in rows if row.item is not None and _is_held(row)]
    sessions = [row for row in own if row.kind != ItemKind.SEGMENT]
    return PersonalCalendar(
        conf=rows[0].conf,
        guest_id=GuestId(rows[0].guest_id),
        revision=rows[0].revision,
        state=State(rows[0].state),
        language=rows[0].language,
        main_language=rows[0].languages[0],
        sequences={
            SessionId(item): max(row.told or 0 for row in sessions if row.item == item)
            for item in sorted({row.item for row in sessions})
        },
        segments=tuple(sorted(row.item for row in own if row.kind == ItemKind.SEGMENT)),
    )


def _is_held(row: sa.Row[Any]) -> bool:
    """Return whether an item is in the calendar: a place is, once it has a seat."""
    return row.kind != SEAT or row.capacity is None or row.earlier < row.capacity


SEAT = "seat"
"""What a place in a session is called beside the kinds of kept items."""
_OWNED = (PersonalCalendarRow.conf, PersonalCalendarRow.guest_id)
_HEAD = (*_OWNED, ConferenceRow.revision, ConferenceRow.state, ConferenceRow.languages, GuestRow.language)


def _calendars(*columns: Any) -> sa.Select[Any]:
    """Return the calendar with a secret, whose guest and conference it is, and `columns`."""
    of_guest = sa.and_(GuestRow.conf == PersonalCalendarRow.conf, GuestRow.id == PersonalCalendarRow.guest_id)
    return (
        sa.select(*_HEAD, *columns)
        .select_from(PersonalCalendarRow)
        .join(ConferenceRow, ConferenceRow.slug == PersonalCalendarRow.conf)
        .join(GuestRow, of_guest)
        .where(PersonalCalendarRow.token == sa.bindparam("token_"))
    )


def _told(item: Any) -> sa.ScalarSelect[int | None]:
    return (
        sa.select(InvitationRow.sequence)
        .where(
            InvitationRow.conf == PersonalCalendarRow.conf,
            InvitationRow.guest_id == PersonalCalendarRow.guest_id,
            InvitationRow.session_id == item,
        )
        .correlate(PersonalCalendarRow, PLACE, KeptItemRow)
        .scalar_subquery()
    )


_PERSONAL_CALENDAR = sa.union_all(
    _calendars(
        sa.literal(SEAT).label("kind"),
        PLACE.session_id.label("item"),
        OnlineSessionRow.capacity.label("capacity"),
        EARLIER,
        _told(PLACE.session_id).label("told"),
    )
    .outerjoin(
        PLACE,
        sa.and_(
            PLACE.conf == PersonalCalendarRow.conf,
            PLACE.guest_id == PersonalCalendarRow.guest_id,
            PLACE.status == TAKEN,
        ),
    )
    .outerjoin(
        OnlineSessionRow,
        sa.and_(OnlineSessionRow.conf == PLACE.conf, OnlineSessionRow.id == PLACE.session_id),
    ),
    _calendars(
        KeptItemRow.kind.label("kind"),
        KeptItemRow.item_id.label("item"),
        sa.null().label("capacity"),
        sa.literal(0).label("earlier"),
        _told(KeptItemRow.item_id).label("told"),
    ).join(
        KeptItemRow,
        sa.and_(
            KeptItemRow.conf == PersonalCalendarRow.conf,
            KeptItemRow.guest_id == PersonalCalendarRow.guest_id,
        ),
    ),
)
"""A row for each place and each kept item of a calendar's guest; one with neither for a guest without places."""
