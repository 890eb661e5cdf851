"""The keys of the ceremony's documents, listed in `docs/protocol.md`."""

from __future__ import annotations

from conference_hub.agenda.model import CueId, LaneId
from conference_hub.awards.levels import LevelId, ProgrammeId
from conference_hub.awards.model import AwardId

AWARD = "award/"
CALLING = "calling/"
CEREMONY_KEY = "ceremony"
GROUP = "group/"
PROOF_KEY = "proof"
READY = "ready/"
SEAL = "seal"
"""What changes of the seal are checked against; there is no document of that key."""


LINE_UP = "line-up/"
"""What acts on the calling order of a lane are about; there is no document of that key."""


def line_up_key(lane_id: LaneId) -> str:
    """Return what an act on the calling order of a lane is about."""
    return f"{LINE_UP}{lane_id}"


def award_key(award_id: AwardId) -> str:
    """Return the key of an award's document."""
    return f"{AWARD}{award_id}"


def calling_key(lane_id: LaneId) -> str:
    """Return the key of the document that says in which order a lane's awards are called."""
    return f"{CALLING}{lane_id}"


def group_key(lane_id: str) -> str:
    """Return the key of the document of the group that is called in a lane."""
    return f"{GROUP}{lane_id}"


def ready_key(guest_id: str) -> str:
    """Return the key of the document that says that a recipient elsewhere is ready."""
    return f"{READY}{guest_id}"


def level_key(level_id: LevelId) -> str:
    """Return what edits of a level are checked against; there is no document of that key."""
    return f"level/{level_id}"


def programme_key(programme_id: ProgrammeId) -> str:
    """Return what edits of a programme are checked against; there is no document of that key."""
    return f"programme/{programme_id}"


def cue_calling_key(cue_id: CueId) -> str:
    """Return what edits of the calling order of a cue are checked against; there is no document of that key."""
    return f"calling-order/{cue_id}"
