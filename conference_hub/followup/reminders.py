"""When people are reminded of their sessions, and whom a reminder is for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from conference_hub.core.labelled import Labelled
from conference_hub.followup.model import OnlineSession, SessionId, SessionStatus
from conference_hub.people.mail_choices import MailChoices

LATE = timedelta(hours=2)
"""How late the reminder of a day before may begin, where the hub was away when it was due."""


class Lead(Labelled):
    """How long before a session a reminder goes out; the value is what is stored."""

    DAY = "day", "하루 전", "A day before"
    SOON = "soon", "10분 전", "10 minutes before"

    @property
    def before(self) -> timedelta:
        """The time from the reminder to the start of the session."""
        return timedelta(days=1) if self is Lead.DAY else timedelta(minutes=10)

    def due_at(self, starts_at: datetime) -> datetime:
        """Return when the reminder of a session that starts at `starts_at` is due."""
        return starts_at - self.before

    def begins_until(self, starts_at: datetime) -> datetime:
        """Return until when it may begin to be written: what says "tomorrow" is of no use on the day itself."""
        return self.due_at(starts_at) + LATE if self is Lead.DAY else starts_at

    def wanted(self, choices: MailChoices) -> bool:
        """Return whether somebody who chose so gets it."""
        return choices.day_ahead if self is Lead.DAY else choices.shortly


@dataclass(frozen=True, kw_only=True)
class ReminderSetup:
    """Which reminders a conference sends."""

    day_ahead: bool = True
    shortly: bool = True

    @property
    def leads(self) -> frozenset[Lead]:
        """The reminders that it sends."""
        chosen = {Lead.DAY: self.day_ahead, Lead.SOON: self.shortly}
        return frozenset(lead for lead, on in chosen.items() if on)


@dataclass(frozen=True, kw_only=True)
class Round:
    """One reminder of one session at one start; a session that moves gets rounds of its new start.

    `after` is the guest whose turn was last (guests have their turn in the order of their ids), `sending_id` the
    sending of its mails, None before there is any. `done`: nobody is left.
    """

    session_id: SessionId
    lead: Lead
    starts_at: datetime
    after: str = ""
    sending_id: str | None = None
    done: bool = False


def may_begin(online: OnlineSession, lead: Lead, setup: ReminderSetup, now: datetime) -> bool:
    """Return whether reminders of a session may begin to be written at `now`, when they are due.

    None for a session that does not take place, none that is too late to be of use, and none that was due before people
    could know of this time: who was just told of a new time needs no reminder that is late.
    """
    takes_place = online.status is SessionStatus.SCHEDULED and now < lead.begins_until(online.starts_at)
    due_at = lead.due_at(online.starts_at)
    return takes_place and lead in setup.leads and due_at <= now and online.changed_at <= due_at


def is_for(signed_up_at: datetime, lead: Lead, starts_at: datetime) -> bool:
    """Return whether somebody with a seat since `signed_up_at` is reminded: who signed up later just read of it."""
    return signed_up_at <= lead.due_at(starts_at)


def still_true(current: Round, online: OnlineSession) -> bool:
    """Return whether what the mails of a round say is so."""
    return online.status is SessionStatus.SCHEDULED and online.starts_at == current.starts_at


def about(session_id: str, guest_id: str) -> str:
    """Return what the reminders of a session to a guest are about: of those that wait, the newest counts."""
    return f"reminder/{session_id}/{guest_id}"
