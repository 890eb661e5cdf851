"""Rounds of reminders and which a conference sends: rows to model and back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.conferences.model import State
from conference_hub.conferences.tables import ConferenceRow
from conference_hub.followup.model import SessionId, SessionStatus
from conference_hub.followup.reminders import Lead, ReminderSetup, Round
from conference_hub.followup.sign_up_store import RANKED
from conference_hub.followup.tables import OnlineSessionRow, ReminderRoundRow, ReminderSetupRow
from conference_hub.people.model import GuestId

LONGEST = max(lead.before for lead in Lead)


def setup_of(session: Session, conf: str) -> ReminderSetup:
    """Return which reminders a conference sends: both unless it chose otherwise."""
    row = session.get(ReminderSetupRow, conf)
    return ReminderSetup(day_ahead=row.day_ahead, shortly=row.shortly) if row else ReminderSetup()


def save_setup(session: Session, conf: str, setup: ReminderSetup) -> None:
    """Keep which reminders a conference sends."""
    session.merge(ReminderSetupRow(conf=conf, day_ahead=setup.day_ahead, shortly=setup.shortly))
    session.flush()


def due(session: Session, now: datetime) -> Iterator[tuple[str, Round]]:
    """Yield the conference and the round of each reminder that is due at `now` and not done, those of today first."""
    rows = session.execute(
        _SOON_HELD.where(
            OnlineSessionRow.starts_at <= now + LONGEST, OnlineSessionRow.starts_at > now
        ).order_by(OnlineSessionRow.starts_at)
    ).all()
    done = _rounds(session, now)
    for conf, session_id, starts_at in rows:
        for lead in Lead:
            new = Round(session_id=SessionId(session_id), lead=lead, starts_at=starts_at)
            found = done.get((conf, session_id, lead, starts_at), new)
            if lead.due_at(starts_at) <= now and not found.done:
                yield conf, found


def next_due(session: Session, now: datetime) -> datetime | None:
    """Return when the next reminder after `now` is due, None: no session is held."""
    starts = [
        session.scalar(sa.select(sa.func.min(held.c.starts_at)).where(held.c.starts_at > now + lead.before))
        for held in [_SOON_HELD.subquery()]
        for lead in Lead
    ]
    return min(
        (lead.due_at(at) for lead, at in zip(Lead, starts, strict=True) if at is not None), default=None
    )


def find_round(session: Session, conf: str, wanted: Round) -> Round | None:
    """Return a round as it stands, None: nobody began it."""
    row = session.get(ReminderRoundRow, (conf, wanted.session_id, wanted.lead.value, wanted.starts_at))
    return _round(row) if row else None


def rounds_of(session: Session, conf: str) -> list[Round]:
    """Return all rounds of a conference, the latest session first."""
    rows = session.scalars(
        sa.select(ReminderRoundRow)
        .where(ReminderRoundRow.conf == conf)
        .order_by(ReminderRoundRow.starts_at.desc(), ReminderRoundRow.session_id, ReminderRoundRow.lead)
    )
    return [_round(row) for row in rows]


def save_round(session: Session, conf: str, current: Round) -> None:
    """Keep how far a round is."""
    session.merge(
        ReminderRoundRow(
            conf=conf,
            session_id=current.session_id,
            lead=current.lead.value,
            starts_at=current.starts_at,
            after_guest=current.after,
            sending_id=current.sending_id,
            done=current.done,
        )
    )
    session.flush()


def seats_after(
    session: Session, conf: str, session_id: str, after: str, most: int
) -> list[tuple[GuestId, datetime]]:
    """Return guests with a seat and when they signed up, in the order of their ids, those behind `after`."""
    seat = sa.or_(RANKED.c.capacity.is_(None), RANKED.c.place <= RANKED.c.capacity)
    rows = session.execute(
        sa.select(RANKED.c.guest_id, RANKED.c.at)
        .where(RANKED.c.conf == conf, RANKED.c.session_id == session_id, seat, RANKED.c.guest_id > after)
        .order_by(RANKED.c.guest_id)
        .limit(most)
    )
    return [(GuestId(guest_id), at) for guest_id, at in rows]


def _rounds(session: Session, now: datetime) -> dict[tuple[str, str, Lead, datetime], Round]:
    rows = session.scalars(
        sa.select(ReminderRoundRow).where(
            ReminderRoundRow.starts_at > now, ReminderRoundRow.starts_at <= now + LONGEST
        )
    )
    return {(row.conf, row.session_id, Lead(row.lead), row.starts_at): _round(row) for row in rows}


def _round(row: ReminderRoundRow) -> Round:
    return Round(
        session_id=SessionId(row.session_id),
        lead=Lead(row.lead),
        starts_at=row.starts_at,
        after=row.after_guest,
        sending_id=row.sending_id,
        done=row.done,
    )


_SOON_HELD = (
    sa.select(OnlineSessionRow.conf, OnlineSessionRow.id, OnlineSessionRow.starts_at)
    .join(ConferenceRow, ConferenceRow.slug == OnlineSessionRow.conf)
    .where(
        OnlineSessionRow.status == SessionStatus.SCHEDULED,
        ConferenceRow.state.not_in([State.DRAFT, State.ARCHIVED]),
    )
)
"""The sessions that take place, of conferences that people know of."""
