"""Who comes to the hall after all is called there: awards that are still to come move to the line-up of the hall."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from conference_hub.agenda.kinds import SegmentKind
from conference_hub.agenda.lane_store import lane_states
from conference_hub.agenda.model import Cue, CueId, LaneId, Plan
from conference_hub.agenda.run_store import live_run
from conference_hub.agenda.store import working_plan
from conference_hub.awards.model import Award, AwardId, AwardState, Position
from conference_hub.awards.preparation import Prepared, call_in_order, place
from conference_hub.awards.prepared import load_prepared
from conference_hub.awards.preparing import prepare
from conference_hub.awards.store import CALLS
from conference_hub.core.errors import HubError, Refused, msg
from conference_hub.core.journal import Write
from conference_hub.core.stream import Doc
from conference_hub.web.hub import ToHall


@dataclass(frozen=True, kw_only=True)
class Stages:
    """The plan that the live run follows, and the cues of it that are not over: on air or to come, by lane."""

    plan: Plan
    open: Mapping[LaneId, Sequence[CueId]]

    @property
    def halls(self) -> list[LaneId]:
        """The lanes that take place in a room, in the order of the plan."""
        return [lane.id for lane in self.plan.lanes if lane.room is not None]

    def lane_of(self, cue_id: str) -> LaneId | None:
        """Return the lane of a cue that is not over, None when it is, or is none."""
        return next((lane for lane, cues in self.open.items() if cue_id in cues), None)


def round_in_hall(award: Award, stages: Stages, called: Collection[CueId]) -> Cue | None:
    """Return the round of a hall in which an award is called instead, None when there is none that is not over.

    That is the one that starts together with its own, else one of the same part, else any: first those of the cues in
    which awards are `called`, then the one that is planned nearest to its own.
    """
    plan, own = stages.plan, stages.plan.cue.get(award.cue_id)
    found = [plan.cue[cue] for lane in stages.halls for cue in stages.open.get(lane, ())]
    rounds = [
        cue for cue in found if cue.id in called or plan.segment[cue.segment_id].kind is SegmentKind.CEREMONY
    ]

    def far(cue: Cue) -> tuple[bool, bool, bool, float]:
        if own is None:
            return True, True, cue.id not in called, 0.0
        together = cue.sync is not None and cue.sync == own.sync
        apart = abs((cue.planned_start - own.planned_start).total_seconds())
        return not together, cue.segment_id != own.segment_id, cue.id not in called, apart

    return min(rounds, key=far, default=None)


def places_in_hall(prepared: Prepared, stages: Stages, guest_id: str) -> dict[AwardId, Cue]:
    """Return where each award of a guest moves that is still to come and not in a hall.

    Raises Refused (`cannot_switch`) when one of them is about to be revealed, or no round of a hall is left for it.
    """
    own = (one for one in prepared.awards.values() if one.guest_id == guest_id and one.placed)
    moving = [one for one in own if one.state.is_to_come and one.lane_id not in stages.halls]
    called = {one.cue_id for one in prepared.awards.values() if one.placed}
    places: dict[AwardId, Cue] = {}
    for award in moving:
        if award.state is not AwardState.SEALED:
            raise Refused(
                msg("이분이 받을 상이 발표 준비에 들어가 지금은 현장으로 옮길 수 없습니다."),
                code="cannot_switch",
            )
        cue = round_in_hall(award, stages, called)
        if cue is None:
            raise Refused(msg("현장에 남은 시상 순서가 없어 상을 옮길 수 없습니다."), code="cannot_switch")
        places[award.id] = cue
    return places


def placed_in_hall(prepared: Prepared, places: Mapping[AwardId, Cue]) -> Prepared:
    """Put awards at the end of the line-ups of their new cues; raises what `place` raises."""
    for award_id, cue in places.items():
        prepared = place(prepared, [award_id], cue.id, cue.lane_id)
    return prepared


def placed_back(prepared: Prepared, moved: Iterable[Doc], stages: Stages) -> Prepared | None:
    """Put awards back where they were called; None when one was moved or called since, or its cue is over.

    Where an award of that cue is out already, or ready to be, it is called last there. Raises what `place` raises.
    """
    for one in moved:
        award, lane = prepared.awards.get(AwardId(one["award"])), stages.lane_of(one["cue"])
        if award is None or lane is None or award.cue_id != one["to"] or award.state is not AwardState.SEALED:
            return None
        prepared = _in_order(
            place(prepared, [award.id], one["cue"], lane), award.id, one["cue"], one["order"]
        )
    return prepared


def _in_order(prepared: Prepared, award_id: AwardId, cue_id: str, order: int) -> Prepared:
    called = prepared.called_in(cue_id)
    if any(one.state.is_fixed for one in called):
        return prepared
    ids = [one.id for one in called if one.id != award_id]
    return call_in_order(prepared, cue_id, [*ids[: order - 1], award_id, *ids[order - 1 :]])


def may(session: Session, conf: str, guest_id: str) -> bool:
    """Return whether what a guest receives can be called in the hall now; who receives nothing costs no statement."""
    if guest_id not in CALLS.of(session, conf):
        return True
    prepared, stages = load_prepared(session, conf), _stages(session, conf)
    return _allowed(lambda: placed_in_hall(prepared, places_in_hall(prepared, stages, guest_id)))


def move(write: Write, guest_id: str) -> list[Doc]:
    """Call what a guest receives in the hall; returns for each award where it was called and where it is now.

    Raises Refused (`cannot_switch`) when it cannot be.
    """
    if guest_id not in CALLS.of(write.session, write.conf):
        return []
    prepared = load_prepared(write.session, write.conf)
    places = places_in_hall(prepared, _stages(write.session, write.conf), guest_id)
    if not _allowed(lambda: placed_in_hall(prepared, places)):
        raise Refused(msg("이분이 받을 상을 지금은 현장 순서로 옮길 수 없습니다."), code="cannot_switch")
    prepare(write, lambda now: placed_in_hall(now, places))
    before = prepared.awards
    return [
        {"award": key, "cue": before[key].cue_id, "order": before[key].call_order, "to": cue.id}
        for key, cue in places.items()
    ]


def back(write: Write, moved: Sequence[Doc]) -> bool:
    """Call awards where they were called before; changes nothing and returns False when that is not possible now."""
    if not moved:
        return True
    prepared, stages = load_prepared(write.session, write.conf), _stages(write.session, write.conf)
    restored: list[Prepared | None] = []
    if not _allowed(lambda: restored.append(placed_back(prepared, moved, stages))):
        return False
    after = restored[0]
    if after is None:
        return False
    prepare(write, lambda _now: after)
    return True


def _allowed(change: Callable[[], object]) -> bool:
    try:
        change()
    except HubError:
        return False
    return True


def _stages(session: Session, conf: str) -> Stages:
    """Return how the live run stands, with those of its cues that the plan still has in the same lane."""
    live, planned = live_run(session, conf), working_plan(session, conf).cue
    open_cues = {}
    for state in lane_states(session, conf, live):
        position, lane = Position.of(state.run), state.run.lane_id
        cues = (*((position.on_air,) if position.on_air else ()), *position.coming)
        open_cues[lane] = [cue for cue in cues if cue in planned and planned[cue].lane_id == lane]
    return Stages(plan=live.plan, open=open_cues)


TO_HALL = ToHall(may=may, move=move, back=back)
"""What moves with a guest who comes to the hall (`Hub.to_hall`)."""
