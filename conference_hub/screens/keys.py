"""The keys of the documents of screens, listed in `docs/protocol.md`."""

from __future__ import annotations

LAYER = "layer/"
APPLAUSE = "applause"


def layer_key(lane_id: str) -> str:
    """Return the key of what lies over a lane's stage."""
    return f"{LAYER}{lane_id}"
