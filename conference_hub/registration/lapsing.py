"""Places of registrations that nobody confirmed in time: they go to those who wait."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from conference_hub.access.store import link_used
from conference_hub.checkin.store import find_presence
from conference_hub.conferences.store import get_conference
from conference_hub.core.journal import Write
from conference_hub.outbox.store import mails_about
from conference_hub.registration import confirmation, store
from conference_hub.registration.facts import RegistrationConfirmed
from conference_hub.registration.keys import registration_key
from conference_hub.registration.model import Registration
from conference_hub.registration.moving import Around, moved

MOST = 50
"""Registrations whose time is over and that are dealt with in one transaction; the others follow in the next one."""
LOOKED_AT = 1_000


def confirm(write: Write, registration_id: str) -> None:
    """Write down that a registration is known to be somebody's; nothing happens where it was, or is over.

    Raises NotFound.
    """
    found = store.get_registration(write.session, write.conf, registration_id)
    if found.unconfirmed_since is None:
        return
    store.save_registration(write.session, write.conf, confirmation.confirmed(found))
    write.publish(RegistrationConfirmed(registration=found.id), registration_key(found.id), {})


def lapse(write: Write, around: Around) -> None:
    """Take what they hold from those whose time is over, tell them, and let those who wait move up.

    Somebody who is there by other signs is confirmed instead.
    """
    for registration in due(write.session, write.conf, write.at):
        if _there(write, registration, around):
            confirm(write, registration.id)
        else:
            moved(write, registration, confirmation.lapsed(registration), around)


def due(session: Session, conf: str, at: datetime) -> list[Registration]:
    """Return registrations whose time is over at `at`, the oldest first, at most MOST; none after the conference."""
    conference = get_conference(session, conf)
    if at > conference.ends_at:
        return []
    found = []
    for registration in store.unconfirmed(session, conf, at - confirmation.CONFIRM_AT_LEAST, LOOKED_AT):
        mails = mails_about(session, conf, registration_key(registration.id))
        until = confirmation.held_until(registration, mails, conference.starts_at)
        if until is not None and at >= until:
            found.append(registration)
        if len(found) == MOST:
            break
    return found


def _there(write: Write, registration: Registration, around: Around) -> bool:
    """Return whether a guest was checked in, came by a personal link, or has something that may not be lost."""
    guest_id = registration.guest_id
    if guest_id is None:
        return False
    session, conf = write.session, write.conf
    return (
        find_presence(session, conf, guest_id) is not None
        or link_used(session, conf, guest_id)
        or any(found(session, conf, [guest_id]) for found in around.ties)
    )
