"""What became of the mails about sessions: the invitation says what reached the person (`Hub.mails_settled`)."""

from __future__ import annotations

import re
from datetime import datetime

from icalendar import Calendar
from icalendar.cal import Component
from sqlalchemy.orm import Session

from conference_hub.followup import invitation_store, invitations, notice_store
from conference_hub.followup.invitations import Carried, Invitation, Told
from conference_hub.followup.keys import invitation_of
from conference_hub.outbox.model import Mail, MailState

LEFT = frozenset({MailState.SENT, MailState.WRITTEN, MailState.COPIED})
NOT_SENT = frozenset({MailState.WITHDRAWN, MailState.EXPIRED})
PLACE = re.compile(r"\((\S+)\)$")
"""The host of the meeting's link in LOCATION, as `letters.py` writes it."""


def follow_mail(session: Session, mail: Mail, at: datetime) -> None:
    """Write down that a mail about a session left, came back, or is not sent after all.

    A REQUEST that left though it was decided not to send it is told of anew: the session is due now.
    """
    invitation = _invitation_of(session, mail)
    if invitation is None or mail.calendar is None:
        return
    carried = carried_by(mail.calendar, mail.to_address)
    if mail.state in LEFT:
        after = invitations.sent(invitation, carried, at)
        invitation_store.save(session, after)
        if after.told is None and after != invitation and carried.method is Told.REQUEST:
            notice_store.set_due(session, after.conf, [after.session_id], at)
    elif mail.state is MailState.BOUNCED:
        invitation_store.save(session, invitations.bounced(invitation, carried, at))
    elif mail.state in NOT_SENT and mail.id == invitation.mail_id:
        invitation_store.save(session, invitations.unsaid(invitation))


def carried_by(calendar: str, attendee: str) -> Carried:
    """Return what the one event of an iTIP message to an address says."""
    [event] = Calendar.from_ical(calendar).walk("VEVENT")
    method = Told.CANCEL if "\r\nMETHOD:CANCEL\r\n" in calendar else Told.REQUEST
    return Carried(
        method=method,
        sequence=int(event.decoded("SEQUENCE")),
        starts_at=event.decoded("DTSTART"),
        ends_at=event.decoded("DTEND"),
        host=_host(event),
        attendee=attendee,
    )


def _host(event: Component) -> str | None:
    found = PLACE.search(str(event.get("LOCATION", "")))
    return found[1] if found else None


def _invitation_of(session: Session, mail: Mail) -> Invitation | None:
    about = invitation_of(mail.about)
    if about is None or mail.conf is None or mail.calendar is None:
        return None
    return invitation_store.find(session, mail.conf, *about, lock=True)
