"""The cues in which awards may be called, and how full they are."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.orm import Session

from conference_hub.agenda.kinds import SegmentKind
from conference_hub.agenda.model import Cue, CueId, Lane, Plan
from conference_hub.agenda.store import working_plan
from conference_hub.awards.arranging import Load, loads
from conference_hub.awards.prepared import load_prepared
from conference_hub.core import load as core_load
from conference_hub.core.errors import Invalid, msg


@dataclass(frozen=True, kw_only=True)
class AwardCue:
    """A cue with its lane, and how long its awards take."""

    cue: Cue
    lane: Lane
    load: Load

    @property
    def seconds(self) -> int:
        """How long the cue is planned."""
        return int(self.cue.planned.total_seconds())

    @property
    def overfull(self) -> bool:
        """Whether its awards take longer than it."""
        return self.load.seconds > self.seconds


NO_LOAD = Load(paces=())


def award_cues(plan: Plan, found: dict[CueId, Load]) -> list[AwardCue]:
    """Return the cues of ceremonies and those that have awards, by lane; all cues where no part is a ceremony."""
    ceremony = {cue.id for cue in plan.cues if plan.segment[cue.segment_id].kind is SegmentKind.CEREMONY}
    offered = (ceremony or {cue.id for cue in plan.cues}) | found.keys()
    lanes = {lane.id: lane for lane in plan.lanes}
    return [
        AwardCue(cue=cue, lane=lanes[cue.lane_id], load=found.get(cue.id, NO_LOAD))
        for cue in plan.cues
        if cue.id in offered
    ]


def get_cue(plan: Plan, cue_id: str) -> Cue:
    """Return one cue of the plan; raises Invalid."""
    cue = plan.cue.get(CueId(cue_id))
    if cue is None:
        raise Invalid(msg("그런 순서가 없습니다."), field="cue")
    return cue


def cue_loads(session: Session, conf: str) -> dict[str, core_load.Load]:
    """Return how many awards each cue has, and how many seconds one takes on average."""
    prepared = load_prepared(session, conf)
    return {
        cue: core_load.Load(count=load.count, pace_s=load.seconds / load.count)
        for cue, load in loads(prepared.awards.values(), prepared.levels).items()
    }


def overfull(session: Session, conf: str, cues: Collection[AwardCue] | None = None) -> list[AwardCue]:
    """Return the cues whose awards take longer than they are planned."""
    if cues is None:
        prepared = load_prepared(session, conf)
        found = loads(prepared.awards.values(), prepared.levels)
        cues = award_cues(working_plan(session, conf), found)
    return [one for one in cues if one.overfull]
