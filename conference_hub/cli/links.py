"""The sign-in links that the command line prints: one for each role, with what to open next."""

from __future__ import annotations

from dataclasses import dataclass

from conference_hub.access.giving import give_link
from conference_hub.access.links import first_page
from conference_hub.access.model import STAFF_ROLES, Role
from conference_hub.checkin.veiling import veil
from conference_hub.conferences.store import get_conference
from conference_hub.core.actor import Actor
from conference_hub.core.journal import Write
from conference_hub.people.store import all_guests, get_guest
from conference_hub.web.hub import Hub

COMMAND_LINE = Actor.system("command line")
"""As whom commands of the command line act."""


@dataclass(frozen=True, kw_only=True)
class RoleLink:
    """A one-time link for a role, and the page it leads to."""

    role: Role
    url: str
    opens: str


def link_for(hub: Hub, write: Write, role: Role, guest_id: str | None = None) -> RoleLink:
    """Make a one-time sign-in link; an attendee's needs the guest it is for. Raises NotFound for an unknown guest."""
    name = _name_of(hub, write, guest_id) if guest_id else ""
    secret = give_link(write, role=role, name=name, guest_id=guest_id)
    base = hub.settings.public_url
    conference = get_conference(write.session, write.conf)
    opens = f"{base}/c/{write.conf}/live" if guest_id else base + first_page(role, conference, write.at)
    return RoleLink(role=role, url=f"{base}/link#{secret}", opens=opens)


def links_for_everyone(hub: Hub, write: Write) -> list[RoleLink]:
    """Make a link for each role; the attendee's is for the first guest who takes part remotely."""
    links = [link_for(hub, write, role) for role in STAFF_ROLES]
    remote = next((guest for guest in all_guests(write.session, write.conf) if guest.mode.remote), None)
    if remote is not None:
        links.append(link_for(hub, write, Role.ATTENDEE, remote.id))
    return links


def _name_of(hub: Hub, write: Write, guest_id: str) -> str:
    """Return what every page calls a guest who signs in: nothing that says which award they get."""
    guest = get_guest(write.session, write.conf, guest_id)
    return veil(write.session, write.conf, hub)(guest).shown.in_language("ko")
