"""What reminds a guest of a session, and an unsent reminder after the guest was told something else."""

from __future__ import annotations

from dataclasses import replace

from conference_hub.checkin.veiling import veil
from conference_hub.conferences.store import get_conference
from conference_hub.core.journal import Write
from conference_hub.followup import invitation_store
from conference_hub.followup.invitations import same_address
from conference_hub.followup.letters import invited_url, write_when
from conference_hub.followup.model import OnlineSession
from conference_hub.followup.reminder_kinds import KINDS
from conference_hub.followup.reminders import Lead, about
from conference_hub.outbox import retries
from conference_hub.outbox.actions import put, withdraw_unsent
from conference_hub.outbox.model import Draft
from conference_hub.outbox.store import mails_about, save_mail
from conference_hub.outbox.wording import compose
from conference_hub.people.keys import guest_key
from conference_hub.people.mail_choices import (
    EVERYTHING,
    Refusable,
    choices_of,
    choices_url,
    tokens_of,
    unsubscribe_url,
)
from conference_hub.people.model import Guest, GuestId
from conference_hub.people.store import guests_of
from conference_hub.web.hub import Hub


def follow(hub: Hub, write: Write, online: OnlineSession, guest: Guest, *, seated: bool) -> None:
    """Send the unsent reminder of a guest to the address that they have now; withdraw one that is no longer true.

    One that left, or is being sent, is not repeated, nor tried again at an earlier address.
    """
    held = about(online.id, guest.id)
    found = mails_about(write.session, write.conf, held, lock=True)
    unsent = [one for one in found if one.at_rest]
    comes = seated and not online.is_cancelled and bool(guest.email)
    if not comes or any(one.expires_at != online.starts_at for one in unsent):
        withdraw_unsent(write, held)
        return
    for mail in found:
        if same_address(mail.to_address, guest.email):
            continue
        save_mail(write.session, retries.once_only(mail, write.at))
        if mail.at_rest:
            for draft in ReminderLetters(hub, write, online, _lead_of(mail.kind)).to({guest.id}):
                put(write, replace(draft, sending_id=mail.sending_id))


def _lead_of(kind: str) -> Lead:
    return next(lead for lead, known in KINDS.items() if known.name == kind)


class ReminderLetters:
    """Writes the reminders of one session in one transaction."""

    def __init__(self, hub: Hub, write: Write, online: OnlineSession, lead: Lead) -> None:
        self._hub, self._write, self._online, self._lead = hub, write, online, lead
        self._conference = get_conference(write.session, write.conf)

    def to(self, guest_ids: set[GuestId]) -> list[Draft]:
        """Return the mails to those of the guests who have an address and want them."""
        session, conf = self._write.session, self._write.conf
        choices = choices_of(session, conf, guest_ids)
        guests = [
            guest
            for guest in guests_of(session, conf, sorted(guest_ids))
            if guest.email and self._lead.wanted(choices.get(guest.id, EVERYTHING))
        ]
        tokens = tokens_of(session, conf, [guest.id for guest in guests])
        veiled = veil(session, conf, self._hub) if guests else None
        return [self._letter(veiled(guest), tokens[guest.id]) for guest in guests] if veiled else []

    def _letter(self, guest: Guest, token: str) -> Draft:
        online, settings = self._online, self._hub.settings
        lang = guest.reads(self._conference.main_language)
        invitation = invitation_store.ensure(self._write.session, self._write.conf, online.id, guest.id)
        name = guest.shown.in_language(lang)
        draft = compose(
            self._write.session,
            self._conference,
            KINDS[self._lead],
            lang,
            {
                "name": name,
                "session": online.title.in_language(lang),
                "when": write_when(online.starts_at, online.ends_at, self._conference.zone, lang),
                "stop": choices_url(settings.public_url, token, lang),
            },
            to_name=name,
            to_address=guest.email or "",
            link=invited_url(settings, invitation.token),
            about=about(online.id, guest.id),
        )
        return replace(
            draft,
            order_key=guest_key(guest.id),
            once_key=f"reminder/{self._lead}/{online.id}/{online.starts_at.isoformat()}/{guest.id}",
            expires_at=online.starts_at,
            unsubscribe=unsubscribe_url(settings.public_url, token, Refusable.REMINDERS),
        )
