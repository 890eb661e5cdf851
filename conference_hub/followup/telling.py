"""Tells people about sessions: writes the mails that are to be told, and what they say into the invitation.

All of it happens in the transaction of the change; `invitations.py` decides, `letters.py` writes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from conference_hub.access.model import new_secret
from conference_hub.checkin.veiling import veil
from conference_hub.conferences.model import Conference
from conference_hub.conferences.store import get_conference
from conference_hub.core.journal import Write
from conference_hub.followup import invitation_store, invitations, reminder_letters
from conference_hub.followup.delivery import LEFT
from conference_hub.followup.invitations import Invitation, Notice, Reader, same_address
from conference_hub.followup.keys import invitation_key, waiting_key
from conference_hub.followup.letters import Letter, Why, mailbox, write_letter, write_waiting
from conference_hub.followup.model import OnlineSession
from conference_hub.followup.sign_up_store import first_sequence, standing_of_guest
from conference_hub.outbox.actions import put, replace_unsent, withdraw_unsent
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

    def tell(
        self, online: OnlineSession, guest: Guest, why: Why, *, seated: bool, waits: int | None = None
    ) -> int:
        """Write what is to be told of a session to one guest, who has a seat or not.

        `waits`: as which one (from 1) they wait for a seat, where they are to be told so now. Returns how many mails
        about the seat were written.
        """
        session, conf = self.write.session, self.write.conf
        mails = mails_about(
            session, conf, invitation_key(online.id, guest.id), lock=True
        )  # as who sends: first
        invitation = invitation_store.ensure(session, conf, online.id, guest.id)
        if invitation.address is not None and not same_address(invitation.address, guest.email):
            invitation = replace(invitation, token=new_secret())  # the earlier reader's link ends
            invitation_store.save(session, invitation)
        reader = Reader(
            seated=seated,
            address=guest.email or None,
            reached=_may_have_arrived(invitation, mails),
            least=first_sequence(session, conf, online.id),
            waits=waits is not None,
            withdrew=why is Why.WITHDRAWN,
        )
        telling = invitations.to_tell(online, invitation, reader, mailbox(self.hub.settings), self.write.at)
        if telling.unsaid:
            withdraw_unsent(self.write, about(invitation))
            invitation = invitations.unsaid(invitation)
            invitation_store.save(session, invitation)
            if why is Why.SEAT_LOST and not online.is_cancelled:  # no CANCEL says so
                waits = standing_of_guest(session, conf, guest.id, online.id).get(online.id)
                telling = replace(telling, waits=bool(waits))
        if telling.waits_no_more:
            invitation = self._waits_no_more(invitation, seated=seated)
        for notice in telling.notices:
            last = notice is telling.notices[-1]
            invitation = self._put(online, guest, invitation, notice, why, replaces=last)
        if telling.waits and waits is not None:
            self._wait(online, guest, invitation, waits)
        if telling or reader.withdrew:
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

    def _wait(self, online: OnlineSession, guest: Guest, invitation: Invitation, place: int) -> None:
        """Write that a guest waits; whoever has no address is told by the next invitation alone."""
        held, mail_id = waiting_key(online.id, guest.id), None
        if guest.email:
            draft = write_waiting(
                self.write.session,
                self._conference,
                self.hub.settings,
                online,
                self._veiled(guest),
                invitation.token,
                place,
            )
            mail_id = put(self.write, replace(draft, about=held, order_key=guest_key(guest.id)))
        else:
            withdraw_unsent(self.write, held)
        after = invitations.waits(invitation, guest.email or None, mail_id)
        invitation_store.save(self.write.session, after)

    def _waits_no_more(self, invitation: Invitation, *, seated: bool) -> Invitation:
        """Let an unsent mail about waiting not be sent: the invitation to a seat takes its place, or nothing does."""
        held = waiting_key(invitation.session_id, invitation.guest_id)
        if seated:
            replace_unsent(self.write.session, self.write.conf, held, self.write.at)
        else:
            withdraw_unsent(self.write, held)
        after = invitations.waits_no_more(invitation)
        invitation_store.save(self.write.session, after)
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
