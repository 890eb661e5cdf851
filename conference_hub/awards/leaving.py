"""When a lane leaves a round: names that were not called are asked about, and the armed award is sealed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from conference_hub.agenda import history
from conference_hub.agenda.kinds import SegmentKind
from conference_hub.agenda.lane_run import LaneRun
from conference_hub.agenda.model import CueId
from conference_hub.agenda.run import Following
from conference_hub.agenda.step_owners import Effect, Leave
from conference_hub.awards import store, values
from conference_hub.awards.calling import in_calling_order
from conference_hub.awards.documents import before_reveal, calling_docs
from conference_hub.awards.keeping import keep
from conference_hub.awards.model import Award, AwardState, Ceremony, Position
from conference_hub.awards.refusals import NamesLeft, NoRound
from conference_hub.core.journal import Write
from conference_hub.core.stream import Docs, Stream


def leave(write: Write, left: Leave) -> Effect | None:
    """Do what leaving cues means for their awards; None: nothing.

    Raises NamesLeft when names were not called and the sender did not say what becomes of them, and NoRound when they
    are to move and no round is left.
    """
    if not left.cues:
        return None
    found = store.load_run(write.session, write.conf, left.following)
    waiting, target = _answered(found, left)
    moved = moved_to(target, waiting, found) if target is not None and left.answer == "move" else []
    changed = [*moved, *_sealed(left, found, {award.id for award in moved})]
    return _effect(write, left, found, changed) if changed else None


def ask(write: Write, left: Leave) -> list[str]:
    """Return the ids of the awards whose names would not have been called, in calling order; raises as `leave` does."""
    if not left.cues:
        return []
    waiting, _ = _answered(store.load_run(write.session, write.conf, left.following), left)
    return [award.id for award in waiting]


def _answered(found: Ceremony, left: Leave) -> tuple[list[Award], CueId | None]:
    """Return whose names were not called, and the round into which they can move."""
    waiting = names_left(found, left)
    target = _next_round(found, left)
    if waiting and left.answer is None:
        raise NamesLeft(left.lane, waiting, move=target is not None)
    if waiting and left.answer == "move" and target is None:
        raise NoRound(left.lane)
    return waiting, target


def calling_beside(
    write: Write, following: Following, before: LaneRun, after: LaneRun
) -> Mapping[Stream, Docs]:
    """Render the calling of a lane that now stands elsewhere (`agenda.step_owners.Beside`)."""
    position = Position.of(after)
    if position == Position.of(before):
        return {}
    known = store.load_run(write.session, write.conf, following)
    found = replace(known, positions={after.lane_id: position})
    docs = calling_docs(found, [after.lane_id])
    return dict.fromkeys(before_reveal(found), docs) if docs else {}


def names_left(found: Ceremony, left: Leave) -> list[Award]:
    """Return the awards of the cues that are left whose names were not called, in calling order."""
    own = [
        award for award in found.awards.values() if award.lane_id == left.lane and award.cue_id in left.cues
    ]
    return in_calling_order((one for one in own if one.state.is_to_come), found.rounds.get(left.lane, ()))


def moved_to(cue: CueId, awards: Sequence[Award], found: Ceremony) -> list[Award]:
    """Return awards at the end of another round, in their order, sealed."""
    last = max((one.call_order for one in found.awards.values() if one.cue_id == cue), default=0)
    return [
        replace(_back(award), cue_id=cue, call_order=last + place)
        for place, award in enumerate(awards, start=1)
    ]


def _back(award: Award) -> Award:
    return replace(award, state=AwardState.SEALED) if award.state is AwardState.ARMED else award


def _sealed(left: Leave, found: Ceremony, done: Iterable[str]) -> list[Award]:
    """Return the lane's armed award, sealed: what was ready in one cue is not revealed in the next.

    Where a cue that is yet to come is left out, only an award of that cue is.
    """
    skip = set(done)
    own = (one for one in found.awards.values() if one.lane_id == left.lane and one.id not in skip)
    armed = (one for one in own if one.state is AwardState.ARMED)
    return [_back(one) for one in armed if left.ends or one.cue_id in left.cues]


def _next_round(found: Ceremony, left: Leave) -> CueId | None:
    """Return the next cue to come of the lane in which awards are called."""
    plan = left.following.plan
    called = {award.cue_id for award in found.awards.values()}
    rounds = (
        cue
        for cue in left.coming
        if cue in called or plan.segment[plan.cue[cue].segment_id].kind is SegmentKind.CEREMONY
    )
    return next(rounds, None)


def _effect(write: Write, left: Leave, found: Ceremony, changed: Sequence[Award]) -> Effect:
    before, after = history.changed(
        values.state_of(found.awards[one.id] for one in changed), values.state_of(changed)
    )
    standing = replace(found, positions={left.lane: Position.of(left.after)})
    return Effect(before=before, after=after, docs=keep(write, left.following, standing, changed))
