"""What is awarded, at which level, and how far its moment on stage has come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, NewType

from conference_hub.agenda.model import CueId, LaneId
from conference_hub.core.errors import NotFound, msg
from conference_hub.core.text import Text

AwardId = NewType("AwardId", str)
LevelId = NewType("LevelId", str)


class RevealStyle(StrEnum):
    """How a stage screen shows an award of a level: alone, or as a line of its round's roll."""

    INDIVIDUAL = "individual"
    ROLL = "roll"


class AwardKind(StrEnum):
    """Who is honoured: a person, or an organisation for which somebody comes to the stage."""

    INDIVIDUAL = "individual"
    ORGANISATION = "organisation"


class AwardState(StrEnum):
    """How far an award has come; the value is what is stored and sent."""

    SEALED = "sealed"
    ARMED = "armed"
    REVEALED = "revealed"
    PRESENTED = "presented"
    PHOTOGRAPHED = "photographed"
    DONE = "done"
    DEFERRED = "deferred"
    SKIPPED = "skipped"

    @property
    def is_public(self) -> bool:
        """Whether everybody may know who the award goes to."""
        return self in _PUBLIC


_PUBLIC = frozenset(
    {
        AwardState.REVEALED,
        AwardState.PRESENTED,
        AwardState.PHOTOGRAPHED,
        AwardState.DONE,
    }
)


@dataclass(frozen=True, kw_only=True)
class Wording:
    """What is written about an award. As a correction: None leaves a field as it is."""

    recipient: str | None = None
    organisation: str | None = None
    profile: str | None = None


@dataclass(frozen=True, kw_only=True)
class Level:
    """A level of award: `rank` 1 is the highest, `prize_won` is in won, None where no money goes with it."""

    id: LevelId
    rank: int
    label: Text
    honour: Text
    prize_won: int | None
    reveal_style: RevealStyle


@dataclass(frozen=True, kw_only=True)
class Award:
    """One award, called as number `call_order` (from 1) of its cue in its lane.

    `recipient` is None where the person is not named, and for an organisation, honoured under its own name;
    `organisation` is None where it is not stated. `guest_id` says who comes to the stage, `profile` whom the
    awarded case was about. `revealed_at` (aware UTC) is set just while the state is public; else ValueError.
    """

    id: AwardId
    level_id: LevelId
    lane_id: LaneId
    cue_id: CueId
    call_order: int
    kind: AwardKind
    recipient: str | None
    organisation: str | None
    guest_id: str | None
    profile: str | None
    state: AwardState = AwardState.SEALED
    revealed_at: datetime | None = None

    def __post_init__(self) -> None:
        """Refuse an award whose state and instant of reveal contradict each other."""
        if self.state.is_public != (self.revealed_at is not None):
            message = f"award {self.id}: {self.state}, revealed at {self.revealed_at}"
            raise ValueError(message)

    @property
    def wording(self) -> Wording:
        """What is written about the award now."""
        return Wording(recipient=self.recipient, organisation=self.organisation, profile=self.profile)


class Call(NamedTuple):
    """When a guest is called to the stage: as number `order` (from 1) of a cue."""

    lane_id: LaneId
    cue_id: CueId
    order: int


Levels = Mapping[LevelId, Level]
Rounds = Mapping[LaneId, Sequence[CueId]]
"""The cues of each lane in the order of the plan: awards are called cue by cue."""


@dataclass(frozen=True, kw_only=True)
class Ceremony:
    """All awards of a conference at one moment, with what their order and wording depend on."""

    levels: Levels
    awards: Mapping[AwardId, Award]
    rounds: Rounds

    def award(self, award_id: str) -> Award:
        """Return one award; raises NotFound."""
        found = self.awards.get(AwardId(award_id))
        if found is None:
            raise NotFound(msg("그런 상이 없습니다."))
        return found

    def with_changed(self, awards: Sequence[Award]) -> Ceremony:
        """Return the ceremony after some awards changed."""
        return replace(self, awards={**self.awards, **{award.id: award for award in awards}})
