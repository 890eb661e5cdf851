"""Making one-time links and machine tokens. Each is a fact of the operator's stream, without the secret."""

from __future__ import annotations

from conference_hub.access.actions import make_link, make_token
from conference_hub.access.facts import LinkMade, TokenMade
from conference_hub.access.model import Role, fingerprint
from conference_hub.access.tables import MachineTokenRow, SignInLinkRow
from conference_hub.core.journal import Write


def give_link(write: Write, *, role: Role, name: str = "", guest_id: str | None = None) -> str:
    """Make a one-time sign-in link and return its secret; an attendee's is for the guest `guest_id`."""
    secret = make_link(
        write.session,
        conf=write.conf,
        role=role,
        at=write.at,
        name=name,
        by=write.actor,
        guest_id=guest_id,
    )
    write.session.flush()
    link = write.session.get_one(SignInLinkRow, fingerprint(secret))
    write.publish(LinkMade(link=link.id, role=role, guest=guest_id), f"link/{link.id}", {})
    return secret


def give_token(write: Write, *, role: Role, name: str) -> str:
    """Make a machine token and return it; raises Invalid when `name` reads like a guest's id."""
    secret = make_token(write.session, conf=write.conf, role=role, name=name, at=write.at, by=write.actor)
    write.session.flush()
    token = write.session.get_one(MachineTokenRow, fingerprint(secret))
    write.publish(TokenMade(token=token.id, role=role), f"token/{token.id}", {})
    return secret
