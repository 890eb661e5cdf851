"""The key of a guest's document, which is also what facts about a guest are about."""

from __future__ import annotations

from conference_hub.people.model import GuestId

GUEST = "guest/"


def guest_key(guest_id: GuestId) -> str:
    """Return the key of a guest's document."""
    return f"{GUEST}{guest_id}"
