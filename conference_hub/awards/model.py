"""What is awarded, and how far its moment on stage has come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple, NewType

from conference_hub.agenda.lane_run import LaneRun
from conference_hub.agenda.model import CueId, LaneId
from conference_hub.awards.levels import LevelId, Levels, Programme
from conference_hub.core.errors import NotFound, msg
from conference_hub.core.labelled import Labelled

AwardId = NewType("AwardId", str)
NOWHERE: Any = ""
"""Lane and cue of an award that is not placed."""


class AwardKind(Labelled):
    """Who is honoured: a person, a team, or an organisation for which somebody comes to the stage."""

    INDIVIDUAL = "individual", "개인", "Person"
    TEAM = "team", "팀", "Team"
    ORGANISATION = "organisation", "기관·단체", "Organisation"


class AwardState(Labelled):
    """How far an award has come; the value is what is stored and sent."""

    SEALED = "sealed", "발표 전", "Sealed"
    ARMED = "armed", "발표 준비", "Ready"
    REVEALED = "revealed", "발표함", "Revealed"
    PRESENTED = "presented", "수여함", "Presented"
    PHOTOGRAPHED = "photographed", "촬영함", "Photographed"
    DONE = "done", "마침", "Done"
    SKIPPED = "skipped", "건너뜀", "Skipped"
    WITHDRAWN = "withdrawn", "취소됨", "Withdrawn"

    @property
    def is_public(self) -> bool:
        """Whether everybody may know who the award goes to."""
        return self in _PUBLIC

    @property
    def is_to_come(self) -> bool:
        """Whether the award is still to be called."""
        return self in {AwardState.SEALED, AwardState.ARMED}

    @property
    def is_fixed(self) -> bool:
        """Whether the award is ready for its reveal, revealed or withdrawn: only commands of the ceremony change it."""
        return self.is_public or self in {AwardState.ARMED, AwardState.WITHDRAWN}


_PUBLIC = frozenset(
    {
        AwardState.REVEALED,
        AwardState.PRESENTED,
        AwardState.PHOTOGRAPHED,
        AwardState.DONE,
    }
)


class StandIn(Labelled):
    """As what somebody stands in for the recipient: nobody does, for an organisation or a team, for several, alone."""

    NOBODY = "", "없음", "Nobody"
    REPRESENTATIVE = "representative", "대표자", "Representative"
    JOINT = "joint", "대표 수상", "Joint acceptance"
    PROXY = "proxy", "대리 수상", "Proxy"

    @classmethod
    def of(cls, stated: str | None, kind: AwardKind, representative: str | None) -> StandIn:
        """Return as what somebody stands in: as stated, else as is usual for this kind; nobody without a name."""
        if not representative:
            return cls.NOBODY
        return cls(stated or (cls.PROXY if kind is AwardKind.INDIVIDUAL else cls.REPRESENTATIVE))


@dataclass(frozen=True, kw_only=True)
class Wording:
    """What is written about an award. As a correction: None leaves a field as it is."""

    recipient: str | None = None
    organisation: str | None = None
    profile: str | None = None
    pronunciation: str | None = None


@dataclass(frozen=True, kw_only=True)
class Award:
    """One award, called as number `call_order` (from 1) of its cue in its lane.

    Lane and cue are both empty while the award is not placed: then the ceremony does not know it. `number` is what
    people call it by, unique in the conference. `recipient` is None where the person is not named (on purpose when
    `unnamed`, else it is still missing), and for an organisation, honoured under its own name; `organisation` is None
    where it is not stated. `guest_id` says who comes to the stage; a `representative` stands in for the recipient, as
    `stand_in` and `relation` say. An `absent` recipient does not come; a `deferred` award was put further back in its
    cue, a withdrawn one is given to nobody: `withdrawal` says why. `profile` says whom the awarded case was about,
    `citation` what for. The award is given in the name of `conferrer`; `presenter` hands it over, `read_by` in their
    place. Awards of several lanes with one `joint` word come out together; an award that has its word alone is shown on
    the stages of all lanes. `honorific` follows the name when it is called, `pronunciation` says how it is read.
    `revealed_at` (aware UTC) is set just while the state is public; else ValueError.
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
    number: str = ""
    unnamed: bool = False
    citation: str | None = None
    representative: str | None = None
    relation: str | None = None
    presenter: str | None = None
    read_by: str | None = None
    honorific: str | None = None
    conferrer: str | None = None
    pronunciation: str | None = None
    deferred: bool = False
    absent: bool = False
    stand_in: StandIn = StandIn.NOBODY
    withdrawal: str | None = None
    joint: str | None = None

    def __post_init__(self) -> None:
        """Refuse an award whose state and instant of reveal contradict each other."""
        if self.state.is_public != (self.revealed_at is not None):
            message = f"award {self.id}: {self.state}, revealed at {self.revealed_at}"
            raise ValueError(message)

    @property
    def placed(self) -> bool:
        """Whether it has its place in the ceremony."""
        return self.cue_id != ""

    @property
    def place(self) -> tuple[CueId, int]:
        """Where it is called: its cue, and the number there."""
        return self.cue_id, self.call_order

    @property
    def lacks_recipient(self) -> bool:
        """Whether nobody said yet who gets it."""
        if self.kind is AwardKind.ORGANISATION:
            return not self.organisation
        return not self.recipient and not self.unnamed

    @property
    def wording(self) -> Wording:
        """What is written about the award now."""
        return Wording(
            recipient=self.recipient,
            organisation=self.organisation,
            profile=self.profile,
            pronunciation=self.pronunciation,
        )


def with_progress(award: Award, before: Award | None) -> Award:
    """Return an award that is prepared anew with what commands of the ceremony have noted of it `before`."""
    if before is None:
        return award
    kept = {
        name: getattr(before, name) for name in ("state", "revealed_at", "deferred", "absent", "withdrawal")
    }
    return replace(award, **kept)


class Call(NamedTuple):
    """When a guest is called to the stage: as number `order` (from 1) of a cue."""

    lane_id: LaneId
    cue_id: CueId
    order: int


Rounds = Mapping[LaneId, Sequence[CueId]]
"""The cues of each lane in the order of the plan: awards are called cue by cue."""


@dataclass(frozen=True, kw_only=True)
class Position:
    """Where a lane of a run stands: the cue on air, since when, and those that come by themselves, in their order.

    `since` is aware, a time of the run; None while nothing is on air.
    """

    on_air: CueId | None = None
    since: datetime | None = None
    coming: tuple[CueId, ...] = ()

    @classmethod
    def of(cls, lane: LaneRun) -> Position:
        """Return where a lane stands."""
        coming = tuple(lane.cues[index].cue_id for index in lane.order_to_come)
        cue = lane.current
        return cls(coming=coming, on_air=cue.cue_id if cue else None, since=cue.started_at if cue else None)


@dataclass(frozen=True, kw_only=True)
class Ceremony:
    """All awards of a conference at one moment, with what their order and wording depend on.

    `positions` say where the lanes of the run stand, as far as that is asked for. A `rehearsed` one knows recipients by
    number only.
    """

    levels: Levels
    awards: Mapping[AwardId, Award]
    rounds: Rounds
    programmes: Sequence[Programme] = ()
    positions: Mapping[LaneId, Position] = field(default_factory=dict)
    rehearsed: bool = False

    def award(self, award_id: str) -> Award:
        """Return one award; raises NotFound."""
        found = self.awards.get(AwardId(award_id))
        if found is None:
            raise NotFound(msg("그런 상이 없습니다."))
        return found

    @cached_property
    def joint_awards(self) -> Mapping[str, Sequence[Award]]:
        """The awards of each joint word."""
        found: dict[str, list[Award]] = {}
        for award in self.awards.values():
            if award.joint:
                found.setdefault(award.joint, []).append(award)
        return found

    def together_with(self, award: Award) -> list[Award]:
        """Return the awards of other lanes that have the same joint word, in whatever state they are."""
        own = self.joint_awards.get(award.joint or "", ())
        return [one for one in own if one.lane_id != award.lane_id]

    def is_everywhere(self, award: Award) -> bool:
        """Return whether an award is shown on the stages of all lanes: it has its joint word alone."""
        return bool(award.joint) and len(self.joint_awards.get(award.joint or "", ())) <= 1

    def with_changed(self, awards: Sequence[Award]) -> Ceremony:
        """Return the ceremony after some awards changed."""
        return replace(self, awards={**self.awards, **{award.id: award for award in awards}})
