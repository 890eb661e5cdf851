"""Undo and redo as one way of taking a step of a lane; and who takes those that are not about the lane itself.

The steps of awards and of layers belong to the features that know what their values mean.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from conference_hub.agenda import history, steps
from conference_hub.agenda.facts import CommandRedone, CommandUndone
from conference_hub.agenda.history import NothingToRedo, NothingToUndo, Offer, State, Step, Values
from conference_hub.core.errors import Refused
from conference_hub.core.journal import Write
from conference_hub.core.stream import Doc


@dataclass(frozen=True, kw_only=True)
class Way:
    """Undo or redo: the step that it takes, what that left, how it is decided and marked, and the fact of a lane."""

    take: Callable[[Offer], Step | None]
    left_by: Callable[[Step], State]
    decide: Callable[[str, Step | None, Mapping[str, Values], Iterable[Step]], State]
    mark: Callable[[Write, Step], Step]
    fact: type[CommandUndone | CommandRedone]
    nothing: Callable[[str], Refused]


UNDO = Way(
    take=lambda offer: offer.undo,
    left_by=lambda step: step.after,
    decide=history.undo,
    mark=steps.mark_undone,
    fact=CommandUndone,
    nothing=NothingToUndo,
)
REDO = Way(
    take=lambda offer: offer.redo,
    left_by=lambda step: step.before,
    decide=history.redo,
    mark=steps.mark_redone,
    fact=CommandRedone,
    nothing=NothingToRedo,
)

StepOwner = Callable[[Write, Step, Way, bool], Doc]
"""Takes a step back or does it again, publishes that, and returns `{"seq"}`; the last argument says that a name may
become public by it. Raises ChangedSince."""
StepOwners = Mapping[str, StepOwner]
"""The owners by the family of a step's subject: `award` for `award/case-01`."""


def owner_of(owners: StepOwners, step: Step) -> StepOwner:
    """Return the owner of a step; raises LookupError when no feature says that it is its own."""
    return owners[step.subject.partition("/")[0]]
