"""The key of a guest's document, and what facts about guests, the list and its groups are about."""

from __future__ import annotations

from conference_hub.people.model import GuestId

GUEST = "guest/"
GUEST_LIST = "guests"
GROUPS = "guest-groups"


def guest_key(guest_id: GuestId) -> str:
    """Return the key of a guest's document."""
    return f"{GUEST}{guest_id}"
