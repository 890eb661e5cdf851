"""Undo and redo as one way of taking a step of a lane; and what other features do in an act of a lane.

A step may hold values of several features: of the lane and its cues, of awards, of the layer over the stage. Each
feature knows what its own values mean.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from conference_hub.agenda import history, steps
from conference_hub.agenda.facts import CommandRedone, CommandUndone
from conference_hub.agenda.history import NothingToRedo, NothingToUndo, Offer, State, Step, Values
from conference_hub.agenda.lane_run import Answer, LaneRun
from conference_hub.agenda.model import CueId, LaneId
from conference_hub.agenda.run import Following
from conference_hub.core.errors import Refused
from conference_hub.core.facts import Fact
from conference_hub.core.journal import Write
from conference_hub.core.stream import Docs, Stream
from conference_hub.web.hub import Hub


@dataclass(frozen=True, kw_only=True)
class Way:
    """Undo or redo: the step that it takes, how it is decided and marked, and the fact of a lane."""

    take: Callable[[Offer], Step | None]
    decide: Callable[[str, Step | None, Mapping[str, Values], Iterable[Step]], State]
    mark: Callable[[Write, Step], Step]
    fact: type[CommandUndone | CommandRedone]
    nothing: Callable[[str], Refused]


UNDO = Way(
    take=lambda offer: offer.undo,
    decide=history.undo,
    mark=steps.mark_undone,
    fact=CommandUndone,
    nothing=NothingToUndo,
)
REDO = Way(
    take=lambda offer: offer.redo,
    decide=history.redo,
    mark=steps.mark_redone,
    fact=CommandRedone,
    nothing=NothingToRedo,
)


@dataclass(frozen=True, kw_only=True)
class Company:
    """In which lanes a command is taken back, or done again, at once, in the order of their facts; empty: in one alone.

    In the lanes `kept` the command stays as it is: something newer happened there.
    """

    lanes: Sequence[LaneId] = ()
    kept: Sequence[LaneId] = ()


@dataclass(frozen=True, kw_only=True)
class StepOwner:
    """What a feature does for the keys of steps that are its own, in any run.

    `current` returns what is stored now for some keys; of something that is gone there is nothing. `restore` saves
    values and returns the documents that changed by stream; its last argument says that a name may become public by it
    (raises `WouldPublish`). `fact` is what is published when a step about a subject of the feature is taken.
    """

    current: Callable[[Write, Following, Collection[str]], State]
    restore: Callable[[Write, Following, State, bool], Mapping[Stream, Docs]]
    fact: Callable[[Way, Step, Company], Fact]


@dataclass(frozen=True, kw_only=True)
class Leave:
    """What a command leaves in a lane of a run: `cues` end, or are left out; `coming` still follow, in order.

    `after` is the lane as the command leaves it; `ends`: the cue on air is among those that are left.
    """

    following: Following
    lane: LaneId
    after: LaneRun
    ends: bool
    cues: Sequence[CueId]
    coming: Sequence[CueId]
    answer: Answer | None


@dataclass(frozen=True, kw_only=True)
class Effect:
    """What a feature changed with a command of a lane: stored values before and after, and documents by stream."""

    before: State
    after: State
    docs: Mapping[Stream, Docs]


Leaving = Callable[[Write, Leave], Effect | None]
"""Told when a lane leaves cues; raises a refusal where the operator must say first what becomes of something."""
Asking = Callable[[Write, Leave], Sequence[str]]
"""Returns the ids of what the operator must speak of before a lane leaves cues; raises what `Leaving` would raise."""
Beside = Callable[[Write, Following, LaneRun, LaneRun], Mapping[Stream, Docs]]
"""`(write, following, before, after)` → the documents of another feature that depend on how a lane of a run stands."""


Stopping = Callable[[Write, Following, LaneId], Mapping[Stream, Docs]]
"""Stops what a feature does by itself in a lane of a run, and returns its documents: somebody interrupts it."""


@dataclass(frozen=True, kw_only=True)
class Others:
    """What features other than the agenda do in acts of lanes: `owners` by the family of a key (`award/case-01`)."""

    owners: Mapping[str, StepOwner] = field(default_factory=dict)
    leaving: Sequence[Leaving] = ()
    asking: Sequence[Asking] = ()
    beside: Sequence[Beside] = ()
    stopping: Sequence[Stopping] = ()

    def stop(self, write: Write, following: Following, lane: LaneId) -> Mapping[Stream, Docs]:
        """Stop what goes on by itself in a lane of a run; returns the documents that changed."""
        return merged(stop(write, following, lane) for stop in self.stopping)


NOBODY_ELSE = Others()


def others_of(hub: Hub) -> Others:
    """Return the features that have a part in acts of lanes, as they were connected."""
    return Others(
        owners=hub.step_owners,
        leaving=hub.leaving,
        asking=hub.asking,
        beside=hub.beside_lanes,
        stopping=hub.stopping,
    )


def family_of(key: str) -> str:
    """Return the family of a key: `award` of `award/case-01`."""
    return key.partition("/")[0]


def by_family(keys: Iterable[str]) -> dict[str, list[str]]:
    """Return keys by their family."""
    found: dict[str, list[str]] = {}
    for key in keys:
        found.setdefault(family_of(key), []).append(key)
    return found


def merged(parts: Iterable[Mapping[Stream, Docs]]) -> dict[Stream, Docs]:
    """Return the documents of several features by stream."""
    found: dict[Stream, Docs] = {}
    for part in parts:
        for stream, docs in part.items():
            found[stream] = found.get(stream, {}) | docs
    return found
