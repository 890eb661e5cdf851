"""Who takes back, and does again, the steps of a lane that are not about the lane itself, such as those of awards."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from conference_hub.agenda.history import Step
from conference_hub.core.journal import Write
from conference_hub.core.stream import Doc

Take = Callable[[Write, Step, bool], Doc]
"""Takes a step back or does it again, publishes that, and returns `{"seq"}`; the last argument says that a name may
become public by it. Raises ChangedSince."""


@dataclass(frozen=True, kw_only=True)
class StepOwner:
    """What a feature does with its steps."""

    undo: Take
    redo: Take


StepOwners = Mapping[str, StepOwner]
"""The owners by the family of a step's subject: `award` for `award/case-01`."""


def owner_of(owners: StepOwners, step: Step) -> StepOwner:
    """Return the owner of a step; raises LookupError when no feature says that it is its own."""
    return owners[step.subject.partition("/")[0]]
