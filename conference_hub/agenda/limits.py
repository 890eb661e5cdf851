"""How large a plan may be."""

from __future__ import annotations

from conference_hub.agenda.model import Plan
from conference_hub.agenda.plan_refusals import TooLarge

MOST_SEGMENTS, MOST_LANES, MOST_CUES, MOST_CUES_IN_LANE = 60, 40, 500, 200
MOST_DEPARTMENTS = 12
MOST_SPEAKERS = 20
"""Of one segment or cue."""
MOST_EDITS = 1_000
"""Sent together: enough to put every cue anew."""
LONGEST_NOTE = 2_000
LONGEST_SYNC = 20
"""Characters of the word of a sync point."""
SHORTEST_CUE_S = 0.001


def require_size(plan: Plan) -> None:
    """Raise TooLarge for a plan that has more than it may."""
    longest_lane = max(map(len, plan.lane_cues.values()), default=0)
    for count, most in (
        (len(plan.segments), MOST_SEGMENTS),
        (len(plan.lanes), MOST_LANES),
        (len(plan.cues), MOST_CUES),
        (longest_lane, MOST_CUES_IN_LANE),
    ):
        if count > most:
            raise TooLarge(most)
