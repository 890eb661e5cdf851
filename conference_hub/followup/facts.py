"""What can happen to online sessions and personal calendars. `topic` is the name on the wire; no fact names anybody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from conference_hub.core.facts import Fact
from conference_hub.followup.model import SessionId
from conference_hub.people.model import GuestId


@dataclass(frozen=True, kw_only=True)
class FollowupFact(Fact):
    """Something that happened to one online session."""

    session: SessionId


class SessionAnnounced(FollowupFact):
    """An online session was added."""

    topic: ClassVar[str] = "SessionAnnounced"


class SessionPrepared(FollowupFact):
    """A session that only organisers know was made or changed."""

    topic: ClassVar[str] = "SessionPrepared"


class SessionRemoved(FollowupFact):
    """A session that only organisers knew was removed."""

    topic: ClassVar[str] = "SessionRemoved"


class SessionEdited(FollowupFact):
    """What is said about an online session was changed, but not its time."""

    topic: ClassVar[str] = "SessionEdited"


@dataclass(frozen=True, kw_only=True)
class SeriesRevised(Fact):
    """The series of sessions were changed."""

    topic: ClassVar[str] = "SeriesRevised"


class SessionRescheduled(FollowupFact):
    """An online session was moved to another time."""

    topic: ClassVar[str] = "SessionRescheduled"


class SessionCancelled(FollowupFact):
    """An online session was cancelled."""

    topic: ClassVar[str] = "SessionCancelled"


class SessionRestored(FollowupFact):
    """An online session that was cancelled takes place after all."""

    topic: ClassVar[str] = "SessionRestored"


class SessionTold(FollowupFact):
    """Those who signed up for an online session were written to about its changes."""

    topic: ClassVar[str] = "SessionTold"


@dataclass(frozen=True, kw_only=True)
class InvitedAgain(FollowupFact):
    """A guest was sent the invitation to an online session once more."""

    topic: ClassVar[str] = "InvitedAgain"

    guest: GuestId


@dataclass(frozen=True, kw_only=True)
class NoticesSet(Fact):
    """Somebody decided when those who signed up are told of changes; `hold`: not before somebody says so."""

    topic: ClassVar[str] = "NoticesSet"

    hold: bool


class SignedUp(FollowupFact):
    """A guest signed up."""

    topic: ClassVar[str] = "SignedUp"


class Withdrawn(FollowupFact):
    """A guest withdrew."""

    topic: ClassVar[str] = "Withdrawn"


@dataclass(frozen=True, kw_only=True)
class CalendarFact(Fact):
    """Something that happened to a guest's own agenda or calendar; neither its secret nor what is in it is here."""

    guest: GuestId


class AgendaKept(CalendarFact):
    """A guest took something into their own agenda."""

    topic: ClassVar[str] = "AgendaKept"


class AgendaDropped(CalendarFact):
    """A guest took something out of their own agenda."""

    topic: ClassVar[str] = "AgendaDropped"


class CalendarRenewed(CalendarFact):
    """A guest's own calendar got a new address, the first one or another."""

    topic: ClassVar[str] = "CalendarRenewed"


class CalendarEnded(CalendarFact):
    """The address of a guest's own calendar ended."""

    topic: ClassVar[str] = "CalendarEnded"


class InvitationAnswered(FollowupFact):
    """Somebody answered an invitation, on its page or from their calendar."""

    topic: ClassVar[str] = "InvitationAnswered"


class AnswerHeld(FollowupFact):
    """An answer came that waits on the desk."""

    topic: ClassVar[str] = "AnswerHeld"


class AnswerSettled(FollowupFact):
    """An answer that waited was assigned to a guest, or discarded."""

    topic: ClassVar[str] = "AnswerSettled"


@dataclass(frozen=True, kw_only=True)
class SessionAttended(FollowupFact):
    """So many guests are known to have attended a session for the first time, or for how long."""

    topic: ClassVar[str] = "SessionAttended"

    count: int


class RemindersSet(Fact):
    """An organiser chose which reminders of sessions the conference sends."""

    topic: ClassVar[str] = "RemindersSet"
