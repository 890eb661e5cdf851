"""Tells people about sessions: writes the mails that are to be told, and what they say into the invitation.

All of it happens in the transaction of the change; `invitations.py` decides, `letters.py` writes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from sqlalchemy.orm import Session

from conference_hub.access.model import new_secret
from conference_hub.checkin.veiling import veil
from conference_hub.conferences.model import Conference
from conference_hub.conferences.store import get_conference
from conference_hub.core.journal import Write
from conference_hub.followup import invitation_store, invitations, reminder_letters
from conference_hub.followup.delivery import LEFT
from conference_hub.followup.invitations import Invitation, Notice, Reader, Told, same_address
from conference_hub.followup.keys import invitation_key
from conference_hub.followup.letters import Letter, Why, mailbox, write_letter
from conference_hub.followup.model import OnlineSession
from conference_hub.followup.sign_up_store import first_sequence
from conference_hub.outbox.actions import put, withdraw_unsent
from conference_hub.outbox.model import Mail, MailState, SendingId
from conference_hub.outbox.store import mails_about
from conference_hub.people.keys import guest_key
from conference_hub.people.model import Guest
from conference_hub.web.hub import Hub

ARRIVED = LEFT | {MailState.BOUNCED}
"""The states of a mail that a mail server took."""
MAY_HAVE_ARRIVED = ARRIVED | {MailState.SENDING}
"""The states of a mail that its reader may have got; one that was ever tried may have arrived too."""


@dataclass(frozen=True)
class Teller:
    """Writes mails in one transaction; `sending_id` is the sending that they belong to, None: to none."""

    hub: Hub
    write: Write
    sending_id: SendingId | None = None

    def tell(self, online: OnlineSession, guest: Guest, why: Why, *, seated: bool) -> int:
        """Write what is to be told of a session to one guest, who has a seat or not; returns how many mails."""
        session, conf = self.write.session, self.write.conf
        mails = mails_about(
            session, conf, invitation_key(online.id, guest.id), lock=True
        )  # as who sends: first
        invitation = invitation_store.ensure(session, conf, online.id, guest.id)
        if invitation.attendee is not None and not same_address(invitation.attendee, guest.email):
            invitation = replace(invitation, token=new_secret())  # the earlier reader's link ends
            invitation_store.save(session, invitation)
        reader = Reader(
            seated=seated,
            address=guest.email or None,
            reached=_may_have_arrived(invitation, mails),
            least=first_sequence(session, conf, online.id),
        )
        telling = invitations.to_tell(online, invitation, reader, mailbox(self.hub.settings), self.write.at)
        if telling.unsaid:
            withdraw_unsent(self.write, about(invitation))
            invitation_store.save(session, invitations.unsaid(invitation))
        for notice in telling.notices:
            last = notice is telling.notices[-1]
            invitation = self._put(online, guest, invitation, notice, why, replaces=last)
        if telling:
            reminder_letters.follow(self.hub, self.write, online, guest, seated=seated)
        return len(telling.notices)

    def repeat(self, online: OnlineSession, guest: Guest) -> bool:
        """Send the last invitation once more; returns False where the last mail was none."""
        mails_about(self.write.session, self.write.conf, invitation_key(online.id, guest.id), lock=True)
        invitation = invitation_store.ensure(self.write.session, self.write.conf, online.id, guest.id)
        notice = invitations.again(invitation)
        if notice is None:
            return False
        self._put(online, guest, invitation, notice, Why.AGAIN, replaces=True)
        return True

    def _put(
        self,
        online: OnlineSession,
        guest: Guest,
        invitation: Invitation,
        notice: Notice,
        why: Why,
        *,
        replaces: bool,
    ) -> Invitation:
        """Write one mail; one that `replaces` takes the place of those about the same that were not sent yet."""
        write = self.write
        letter = Letter(
            online=online,
            guest=self._veiled(guest),
            invitation=invitation,
            notice=notice,
            why=why,
            at=write.at,
        )
        draft = replace(
            write_letter(write.session, self._conference, self.hub.settings, letter),
            about=about(invitation) if replaces else None,
            order_key=guest_key(guest.id),
            sending_id=self.sending_id,
        )
        after = invitations.told(invitation, notice, online, put(write, draft), write.at)
        if not replaces:
            after = invitations.released(after)
        invitation_store.save(write.session, after)
        return after

    @cached_property
    def _conference(self) -> Conference:
        return get_conference(self.write.session, self.write.conf)

    @cached_property
    def _veiled(self) -> Callable[[Guest], Guest]:
        return veil(self.write.session, self.write.conf, self.hub)


def about(invitation: Invitation) -> str:
    """Return what mails about an invitation are about: of those that wait, the newest counts."""
    return invitation_key(invitation.session_id, invitation.guest_id)


def waits(session: Session, online: OnlineSession, guest: Guest) -> None:
    """Note that a guest waits for a seat: whatever they were told before, they have to be told when they get one."""
    invitation = invitation_store.ensure(session, online.conf, online.id, guest.id)
    if invitation.told is Told.CANCEL:
        invitation_store.save(session, replace(invitation, told=None))


def moved_up(online: OnlineSession, before: Sequence[str], after: Sequence[str]) -> list[str]:
    """Return who got a seat: the guests of `after` within the capacity who were not of `before`; both in order."""
    had = set(before[: online.capacity])
    return [guest_id for guest_id in after[: online.capacity] if guest_id not in had]


def _may_have_arrived(invitation: Invitation, mails: Sequence[Mail]) -> bool:
    """Return whether a REQUEST can be in the calendar of the last reader; `mails` are about it, the oldest first.

    Who had another address got a CANCEL when the first mail to this one was written.
    """
    reached = invitation.held_starts_at is not None and same_address(
        invitation.held_attendee or invitation.attendee, invitation.attendee
    )
    for mail in mails:
        if not same_address(mail.to_address, invitation.attendee):
            reached = False
        elif "\r\nMETHOD:REQUEST\r\n" in (mail.calendar or ""):
            reached |= _was_tried(mail)
        elif mail.state in ARRIVED:
            reached = False
    return reached


def _was_tried(mail: Mail) -> bool:
    return mail.attempts > 0 or mail.tried_at is not None or mail.state in MAY_HAVE_ARRIVED
