"""What gives access: links, tokens, accounts and badges, made and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from conference_hub.access import accounts, listing
from conference_hub.access.model import Grant, Role
from conference_hub.access.revoking import revoke_superseded
from conference_hub.core.journal import Write
from conference_hub.core.sighted import mark_of
from conference_hub.people.actions import make_further_link
from conference_hub.people.store import get_guest
from tests.integration.whole_day.sending import Sender, Step
from tests.small_conference import ON_SITE, OTHER

TEAM = "desk/team"


def taking_back(sender: Sender) -> Iterator[Step]:
    """Make each of them, and take each back."""
    organiser = sender.sign_in(Role.ORGANISER, conf=OTHER)
    guest = f"desk/people/{ON_SITE}"
    yield sender.desk(organiser, f"{guest}/link", "PersonalLinkMade")
    yield sender.written("newer link", ("PersonalLinkMade", "LinkRevoked"), use_a_newer_link)
    yield sender.desk(organiser, f"{guest}/link/revoke", "LinkRevoked")
    yield sender.desk(organiser, f"{TEAM}/tokens", "TokenMade", role=Role.OPERATOR, name="deck")
    yield sender.desk(organiser, f"{TEAM}/links", "LinkMade", role=Role.EMCEE, name="링크")
    invited = {"name": "박초대", "login": "park", "staff": "on"}
    yield sender.shown(organiser, f"{TEAM}/invite", "MemberInvited", **invited)
    with sender.hub.database.reading() as db:
        park = next(one for one in listing.members(db, OTHER) if one.login == "park")
    roles = {"seen": mark_of(park.roles), "staff": "on", "emcee": "on"}
    yield sender.form(organiser, f"{TEAM}/accounts/{park.id}", "RolesChanged", **roles)
    yield sender.shown(organiser, f"{TEAM}/accounts/{park.id}/link", "AccountLinkMade")
    yield sender.desk(organiser, f"{guest}/reissue", "BadgeReissued")
    yield sender.desk(organiser, f"{guest}/revoke", "BadgeRevoked")
    for kind, (given_id, topic) in _given(sender).items():
        yield sender.desk(organiser, f"{TEAM}/{kind}/{given_id}/revoke", topic)


def use_a_newer_link(write: Write) -> None:
    """Make a link for the guest that they asked for, and end the earlier one, as when it is opened."""
    earlier = [link.id for link in listing.all_personal_links(write.session, OTHER, ON_SITE)]
    guest = get_guest(write.session, OTHER, ON_SITE)
    make_further_link(write, guest, write.at + timedelta(days=1))
    revoke_superseded(write, earlier)


def _given(sender: Sender) -> dict[str, tuple[str, str]]:
    """Sign a device in and add an account; returns what is revoked next: its id, and the fact of it."""
    hub = sender.hub
    sender.sign_in(Role.STAFF, conf=OTHER, name="기기")
    at = hub.now()
    with hub.database.writing() as db:
        grants = [Grant(conf=OTHER, role=Role.OPERATOR)]
        account = accounts.add_account(
            db, login="kim", name="김감독", password_hash=None, grants=grants, at=at
        )
    with hub.database.reading() as db:
        (token,) = listing.tokens(db, OTHER)
        link = next(one for one in listing.links(db, OTHER, at) if one.name == "링크")
        device = next(one for one in listing.devices(db, OTHER, at) if one.name == "기기")
    return {
        "tokens": (token.id, "TokenRevoked"),
        "links": (link.id, "LinkRevoked"),
        "devices": (device.id, "DeviceRevoked"),
        "accounts": (account, "RolesRevoked"),
    }
