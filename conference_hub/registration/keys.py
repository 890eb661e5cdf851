"""What facts about registrations are about."""

from __future__ import annotations

from conference_hub.registration.model import InvitationId, RegistrationId, address_key

SETUP_KEY = "registration-setup"


def registration_key(registration_id: RegistrationId) -> str:
    """Return the subject of facts about one registration."""
    return f"registration/{registration_id}"


def invitation_key(invitation_id: InvitationId) -> str:
    """Return the subject of facts about one invitation."""
    return f"invitation/{invitation_id}"


def about_invited(address: str) -> str:
    """Return what invitations to an address are about: the newest one counts."""
    return f"invitation/{address_key(address)}"
