"""Personal links and languages; registration and attendance mode are in `checkin/actions.py`."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from conference_hub.access.actions import make_link
from conference_hub.access.model import Role
from conference_hub.access.names import plain_name, refuse_guests_id
from conference_hub.access.revoking import revoke_links_of_guest
from conference_hub.core.journal import Write
from conference_hub.people import store
from conference_hub.people.facts import LanguageChosen, PeopleFact, PersonalLinkMade
from conference_hub.people.keys import guest_key
from conference_hub.people.model import Guest

LINK_LIFE = timedelta(days=30)
"""How long a personal link works after the conference: the follow-up sessions come then."""


def make_personal_link(write: Write, guest: Guest, expires_at: datetime) -> str:
    """Make a sign-in link that `guest` may use again and again until `expires_at`; returns its secret.

    The guest's earlier links end, and so do the browsers that were signed in by them: a new link is made when the old
    one is in wrong hands. The secret is not kept; the fact says that there is one, for whom and by whom, and nothing of
    the secret. The name of `guest` stands on every page that they open.
    """
    revoke_links_of_guest(write, guest.id)
    return make_further_link(write, guest, expires_at)


def make_further_link(write: Write, guest: Guest, expires_at: datetime) -> str:
    """Make a personal link that ends the earlier ones only when it is first used; returns its secret.

    Whoever asks for it by an address has not shown yet that the address is theirs.
    """
    secret = make_link(
        write.session,
        conf=write.conf,
        role=Role.ATTENDEE,
        at=write.at,
        name=guest.shown.in_language("ko"),
        by=write.actor,
        guest_id=guest.id,
        once=False,
        expires_at=expires_at,
    )
    _publish(write, PersonalLinkMade(guest=guest.id))
    return secret


def refuse_guests_name(session: Session, conf: str, *names: str) -> None:
    """Raise Invalid when one of `names`, meant for an account or a token, reads like the id of a guest of `conf`."""
    ids = {plain_name(guest.id) for guest in store.all_guests(session, conf)}
    for name in names:
        refuse_guests_id(name, field="name", ids=ids)


def choose_language(write: Write, guest: Guest, language: str) -> None:
    """Keep the language in which `guest` wants to be addressed (`ko`, `en`)."""
    store.save_guests(write.session, write.conf, [replace(guest, language=language)])
    _publish(write, LanguageChosen(guest=guest.id))


def _publish(write: Write, fact: PeopleFact) -> None:
    write.publish(fact, guest_key(fact.guest), {})
