"""The secret address of a guest's own calendar, and what the calendar holds: rows to model and back."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.access.model import new_secret
from conference_hub.conferences.model import State
from conference_hub.conferences.tables import ConferenceRow
from conference_hub.followup.model import PersonalCalendar, SessionId
from conference_hub.followup.sign_up_store import RANKED
from conference_hub.followup.tables import PersonalCalendarRow
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
    mine = [SessionId(row.session_id) for row in rows if row.session_id is not None]
    return PersonalCalendar(
        conf=rows[0].conf,
        guest_id=GuestId(rows[0].guest_id),
        revision=rows[0].revision,
        state=State(rows[0].state),
        language=rows[0].language,
        main_language=rows[0].languages[0],
        session_ids=tuple(mine),
    )


_PERSONAL_CALENDAR = (
    sa.select(
        PersonalCalendarRow.conf,
        PersonalCalendarRow.guest_id,
        ConferenceRow.revision,
        ConferenceRow.state,
        ConferenceRow.languages,
        GuestRow.language,
        RANKED.c.session_id,
    )
    .join(ConferenceRow, ConferenceRow.slug == PersonalCalendarRow.conf)
    .join(
        GuestRow,
        sa.and_(GuestRow.conf == PersonalCalendarRow.conf, GuestRow.id == PersonalCalendarRow.guest_id),
    )
    .outerjoin(
        RANKED,
        sa.and_(
            RANKED.c.conf == PersonalCalendarRow.conf,
            RANKED.c.guest_id == PersonalCalendarRow.guest_id,
            sa.or_(RANKED.c.capacity.is_(None), RANKED.c.place <= RANKED.c.capacity),
        ),
    )
    .where(PersonalCalendarRow.token == sa.bindparam("token_"))
    .order_by(RANKED.c.session_id)
)
