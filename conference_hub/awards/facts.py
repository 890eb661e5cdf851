"""What can happen to the ceremony: the topics of its facts.

Each carries `award`, its id; the operator's copy also says `by` whom.
"""

from __future__ import annotations

from enum import StrEnum


class Topic(StrEnum):
    """A fact about an award. The public hears of an award only while it is revealed, and that it was taken back."""

    ADDED = "AwardsAdded"
    ARMED = "AwardArmed"
    REVEALED = "AwardRevealed"
    PRESENTED = "AwardPresented"
    PHOTOGRAPHED = "AwardPhotographed"
    DONE = "AwardDone"
    DEFERRED = "AwardDeferred"
    SKIPPED = "AwardSkipped"
    TAKEN_BACK = "AwardTakenBack"
    CORRECTED = "AwardCorrected"
