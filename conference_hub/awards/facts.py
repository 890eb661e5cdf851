"""What can happen to the ceremony. `topic` is the name on the wire; the operator's copy also says by whom.

The public hears of an award only while it is revealed, and of the command by which it no longer is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from typing_extensions import override

from conference_hub.agenda.facts import EndsReadiness
from conference_hub.agenda.model import CueId, LaneId
from conference_hub.awards.keys import award_key
from conference_hub.awards.model import AwardId
from conference_hub.core.facts import Fact
from conference_hub.core.stream import Docs, Stream


@dataclass(frozen=True, kw_only=True)
class AwardsPrepared(Fact):
    """Programmes, levels or awards changed; which ones is in the documents of those who may know.

    It also stands where an act on an award changes what everybody knows, such as the counts, and the award is sealed.
    """

    topic: ClassVar[str] = "AwardsPrepared"


@dataclass(frozen=True, kw_only=True)
class AwardFact(Fact):
    """Something that happened to one award; only the sealed streams hear of which, unless it is or was revealed."""

    award: AwardId

    @override
    def heard(self, stream: Stream, docs: Docs) -> Fact:
        return self if stream is Stream.SEALED or award_key(self.award) in docs else AwardsPrepared()


@dataclass(frozen=True, kw_only=True)
class JointFact(AwardFact):
    """Something that one command may do to awards of several lanes, with one fact for each lane.

    `lanes` are all of them, in the order of the facts; empty: it was this award alone.
    """

    lanes: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class AwardArmed(JointFact, EndsReadiness):
    """An award is ready for its reveal; `outside` is why that was done while its cue was not on air."""

    topic: ClassVar[str] = "AwardArmed"
    outside: str | None = None


class AwardRevealed(JointFact, EndsReadiness):
    """A name became public."""

    topic: ClassVar[str] = "AwardRevealed"


class AwardPresented(AwardFact):
    """An award was handed over."""

    topic: ClassVar[str] = "AwardPresented"


class AwardPhotographed(AwardFact):
    """The photograph was taken."""

    topic: ClassVar[str] = "AwardPhotographed"


class AwardDone(AwardFact):
    """The recipient left the stage."""

    topic: ClassVar[str] = "AwardDone"


class AwardDeferred(AwardFact):
    """An award is called later in its cue."""

    topic: ClassVar[str] = "AwardDeferred"


class AwardAbsenceNoted(AwardFact):
    """It is known that a recipient does not come, or comes after all."""

    topic: ClassVar[str] = "AwardAbsenceNoted"


class AwardProxyNamed(AwardFact):
    """It is known who receives an award in the recipient's place, or that nobody does."""

    topic: ClassVar[str] = "AwardProxyNamed"


class AwardSkipped(AwardFact):
    """An award was left out."""

    topic: ClassVar[str] = "AwardSkipped"


class AwardWithdrawn(AwardFact):
    """An award is given to nobody."""

    topic: ClassVar[str] = "AwardWithdrawn"


@dataclass(frozen=True, kw_only=True)
class LineUpChanged(Fact):
    """Those of a round who are still to come are called in another order."""

    topic: ClassVar[str] = "LineUpChanged"
    lane: LaneId
    cue: CueId


class AwardTakenBack(JointFact):
    """An award is sealed again."""

    topic: ClassVar[str] = "AwardTakenBack"


class AwardCorrected(AwardFact):
    """What is written about an award was corrected."""

    topic: ClassVar[str] = "AwardCorrected"


@dataclass(frozen=True, kw_only=True)
class AwardMoved(JointFact):
    """A command on an award was undone or redone: `undone` is its topic, `number` that of the operator's entry.

    In the lanes `kept` the same command stays as it is.
    """

    undone: str
    number: int
    kept: list[str] = field(default_factory=list)


class AwardCommandUndone(AwardMoved):
    """A command on an award was undone."""

    topic: ClassVar[str] = "AwardCommandUndone"


class AwardCommandRedone(AwardMoved):
    """A command on an award that was undone was done again."""

    topic: ClassVar[str] = "AwardCommandRedone"


@dataclass(frozen=True, kw_only=True)
class GroupFact(Fact):
    """Something that happened to the group of a lane; who is in it, is in the documents of those who may know."""

    lane: str


class GroupBegan(GroupFact, EndsReadiness):
    """Names of one level are called as a group from now on."""

    topic: ClassVar[str] = "GroupBegan"


class GroupPaused(GroupFact):
    """No name of the group comes by itself any more."""

    topic: ClassVar[str] = "GroupPaused"


class GroupResumed(GroupFact, EndsReadiness):
    """The names of the group come by themselves again."""

    topic: ClassVar[str] = "GroupResumed"


class GroupShortened(GroupFact):
    """A name was left out of the group; its award is called by itself."""

    topic: ClassVar[str] = "GroupShortened"


class GroupEnded(GroupFact):
    """The group is over."""

    topic: ClassVar[str] = "GroupEnded"


@dataclass(frozen=True, kw_only=True)
class SealChanged(Fact):
    """Organisers said whether the gate learns in which order recipients are called."""

    topic: ClassVar[str] = "SealChanged"
    gate_order: bool


@dataclass(frozen=True, kw_only=True)
class RecipientsTold(Fact):
    """Organisers said whether recipients elsewhere are told that they are called soon."""

    topic: ClassVar[str] = "RecipientsTold"
    told: bool


@dataclass(frozen=True, kw_only=True)
class RecipientReady(Fact):
    """A recipient elsewhere who is called soon is ready, or is called soon no longer."""

    topic: ClassVar[str] = "RecipientReady"
    guest: str
    ready: bool


@dataclass(frozen=True, kw_only=True)
class ResultsCommitted(Fact):
    """The digests of the results were published; `digest` is the one over all."""

    topic: ClassVar[str] = "ResultsCommitted"
    number: int
    digest: str


class ResultsOpened(Fact):
    """From now on everybody can check what is revealed."""

    topic: ClassVar[str] = "ResultsOpened"
