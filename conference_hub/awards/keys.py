"""The keys of the ceremony's documents, listed in `docs/protocol.md`."""

from __future__ import annotations

from conference_hub.agenda.model import LaneId
from conference_hub.awards.model import AwardId

AWARD = "award/"
CALLING = "calling/"
CEREMONY_KEY = "ceremony"


def award_key(award_id: AwardId) -> str:
    """Return the key of an award's document."""
    return f"{AWARD}{award_id}"


def calling_key(lane_id: LaneId) -> str:
    """Return the key of the document that says in which order a lane's awards are called."""
    return f"{CALLING}{lane_id}"
