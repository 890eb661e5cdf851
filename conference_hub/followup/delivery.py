"""What became of the mails about sessions: the invitation says what reached the person (`Hub.mails_settled`)."""

from __future__ import annotations

from datetime import datetime

from icalendar import Calendar
from sqlalchemy.orm import Session

from conference_hub.followup import invitation_store, invitations
from conference_hub.followup.invitations import Carried, Invitation, Told
from conference_hub.followup.keys import invitation_of
from conference_hub.outbox.model import Mail, MailState

LEFT = frozenset({MailState.SENT, MailState.WRITTEN, MailState.COPIED})
NOT_SENT = frozenset({MailState.WITHDRAWN, MailState.EXPIRED})


def follow_mail(session: Session, mail: Mail, at: datetime) -> None:
    """Write down that a mail about a session left, came back, or is not sent after all."""
    invitation = _invitation_of(session, mail)
    if invitation is None or mail.calendar is None:
        return
    carried = carried_by(mail.calendar)
    if mail.state in LEFT:
        invitation_store.save(session, invitations.sent(invitation, carried, at))
    elif mail.state is MailState.BOUNCED:
        invitation_store.save(session, invitations.bounced(invitation, carried, at))
    elif mail.state in NOT_SENT and mail.id == invitation.mail_id:
        invitation_store.save(session, invitations.unsaid(invitation))


def carried_by(calendar: str) -> Carried:
    """Return what the one event of an iTIP message says."""
    [event] = Calendar.from_ical(calendar).walk("VEVENT")
    method = Told.CANCEL if "\r\nMETHOD:CANCEL\r\n" in calendar else Told.REQUEST
    return Carried(
        method=method,
        sequence=int(event.decoded("SEQUENCE")),
        starts_at=event.decoded("DTSTART"),
        ends_at=event.decoded("DTEND"),
    )


def _invitation_of(session: Session, mail: Mail) -> Invitation | None:
    about = invitation_of(mail.about)
    if about is None or mail.conf is None or mail.calendar is None:
        return None
    return invitation_store.find(session, mail.conf, *about)
