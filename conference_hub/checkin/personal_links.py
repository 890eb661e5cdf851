"""Mails with personal links, and new links for guests who lost theirs."""

from __future__ import annotations

from sqlalchemy.orm import Session

from conference_hub.access.links import link_url
from conference_hub.checkin.mail_kinds import LOST_LINK, PERSONAL_LINK
from conference_hub.checkin.veiling import veil
from conference_hub.conferences.model import Conference
from conference_hub.conferences.store import get_conference
from conference_hub.core.actor import Actor
from conference_hub.core.journal import Write
from conference_hub.outbox.actions import put
from conference_hub.outbox.model import Draft
from conference_hub.outbox.wording import compose
from conference_hub.people.actions import LINK_LIFE, make_further_link
from conference_hub.people.keys import guest_key
from conference_hub.people.model import Guest
from conference_hub.people.store import get_guest, holder_of_email

LOST = Actor.system("lost link")
"""Who makes a link that somebody asked for by their address."""


def send_again(write: Write, address: str) -> None:
    """Put a new personal link for the guest with this address into the outbox; nothing happens for any other."""
    guest_id = holder_of_email(write.session, write.conf, address)
    if guest_id is None:
        return
    conference = get_conference(write.session, write.conf)
    guest = veil(write.session, write.conf)(get_guest(write.session, write.conf, guest_id))
    expires_at = max(conference.ends_at, write.at) + LINK_LIFE
    url = link_url(make_further_link(write, guest, expires_at), guest.language)
    put(write, link_mail(write.session, conference, guest, url, again=True))


def link_mail(
    session: Session, conference: Conference, guest: Guest, url: str, *, again: bool = False
) -> Draft:
    """Write the mail with a guest's personal link; `again`: they asked for it."""
    lang = guest.reads(conference.main_language)
    name = guest.shown.in_language(lang)
    return compose(
        session,
        conference,
        LOST_LINK if again else PERSONAL_LINK,
        lang,
        {"name": name},
        to_name=name,
        to_address=guest.email or "",
        link=url,
        about=guest_key(guest.id),
    )
