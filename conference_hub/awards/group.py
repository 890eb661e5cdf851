"""The rules of a group: names of one level that come out one after the other, by a pace or by a key.

The hub names by itself only what stands at `index` or behind it. A name that was taken back stands before it: it comes
out again only when somebody asks for the next name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from conference_hub.agenda.model import CueId, LaneId
from conference_hub.awards.model import Award, AwardId, AwardState
from conference_hub.awards.refusals import AlreadyRevealed, AlreadySkipped, GroupJoint, GroupMixed

FASTEST_S, SLOWEST_S = 4, 18
"""How many seconds one name of a paced group may take."""
MOST_NAMES = 200
"""How many names a group may have."""

Awards = Mapping[AwardId, Award]


@dataclass(frozen=True, kw_only=True)
class Group:
    """The names of a lane that are called as one group, in the order of the list.

    `pace_s` None: each name comes by a key. `next_at` (aware) is when the next one comes by itself, None: it does not.
    """

    lane_id: LaneId
    cue_id: CueId
    awards: tuple[AwardId, ...]
    index: int = 0
    pace_s: int | None
    next_at: datetime | None = None
    paused: bool = False
    began_at: datetime


def begin(awards: Sequence[Award], pace_s: int | None, at: datetime, now: datetime) -> Group:
    """Return the group of awards that are to come, in calling order; the first name comes one pace after `now`.

    It began `at` (`agenda.scene.Scene`: later than what the clock shows, `now`, where that was set back).
    Raises GroupMixed unless all are of one level in one cue, GroupJoint, AlreadyRevealed, AlreadySkipped.
    """
    if len({(one.lane_id, one.cue_id, one.level_id) for one in awards}) != 1:
        raise GroupMixed
    for one in awards:
        if one.state.is_public:
            raise AlreadyRevealed(one)
        if not one.state.is_to_come:
            raise AlreadySkipped(one)
        if one.joint:
            raise GroupJoint(one)
    ordered = sorted(awards, key=lambda one: (one.call_order, one.id))
    return Group(
        lane_id=ordered[0].lane_id,
        cue_id=ordered[0].cue_id,
        awards=tuple(one.id for one in ordered),
        pace_s=pace_s,
        next_at=_after_pace(pace_s, now),
        began_at=at,
    )


def next_name(group: Group, awards: Awards) -> Award | None:
    """Return who is next: whom the hub names by itself, else the first of the list who is to come; None: nobody."""
    running = due_name(group, awards) if group.next_at else None
    return running or _first(group.awards, awards)


def due_name(group: Group, awards: Awards) -> Award | None:
    """Return whom the hub names next by itself; None when nobody is left whom it may."""
    return _first(group.awards[group.index :], awards)


def revealed(group: Group, awards: Awards) -> list[Award]:
    """Return those of the group whose names are out, in the order of the list."""
    own = (awards[one] for one in group.awards if one in awards)
    return [award for award in own if award.state.is_public]


def current(group: Group, awards: Awards) -> Award | None:
    """Return whose name came out last; of two at one instant, the one behind in the list."""
    out = [(award.revealed_at, place) for place, award in enumerate(revealed(group, awards))]
    known = [(at, place) for at, place in out if at is not None]
    return revealed(group, awards)[max(known)[1]] if known else None


def since(group: Group, awards: Awards, award: Award) -> list[Award]:
    """Return those whose names came out with that of `award` or after it, the last one first."""
    at = award.revealed_at
    later = [one for one in revealed(group, awards) if at and one.revealed_at and one.revealed_at >= at]
    return sorted(later, key=lambda one: (one.revealed_at, group.awards.index(one.id)), reverse=True)


def named(group: Group, award_id: AwardId, awards: Awards, now: datetime) -> Group:
    """Return the group after a name came out; `awards` are as they are then."""
    index = max(group.index, group.awards.index(award_id) + 1)
    after = replace(group, index=index, next_at=None)
    if group.paused or due_name(after, awards) is None:
        return after
    return replace(after, next_at=_after_pace(group.pace_s, now))


def paused(group: Group) -> Group:
    """Return the group with nothing coming by itself; one by key is as it was."""
    return group if group.pace_s is None else replace(group, paused=True, next_at=None)


def resumed(group: Group, awards: Awards, now: datetime) -> Group:
    """Return the group going on: the next name comes after one pace."""
    left = due_name(group, awards) is not None
    return replace(group, paused=False, next_at=_after_pace(group.pace_s, now) if left else None)


def without(group: Group, award_id: AwardId) -> Group:
    """Return the group without one of its names."""
    place = group.awards.index(award_id)
    index = group.index - 1 if place < group.index else group.index
    return replace(group, awards=group.awards[:place] + group.awards[place + 1 :], index=index)


def is_late(group: Group, now: datetime, speed: int = 1) -> bool:
    """Whether a name is late by more than its pace: it must not come as a surprise.

    It is late by the seconds that people wait, of which each is `speed` seconds of a fast rehearsal.
    """
    if group.next_at is None or group.pace_s is None:
        return False
    return now - group.next_at > timedelta(seconds=group.pace_s * speed)


def is_far(group: Group, now: datetime) -> bool:
    """Whether the next name waits longer than its pace: the clock was set back since it was said when it comes."""
    if group.next_at is None or group.pace_s is None:
        return False
    return group.next_at - now > timedelta(seconds=group.pace_s)


def followed(group: Group, before: Awards, after: Awards) -> Group:
    """Return the group after commands on awards that were not its own.

    It pauses when one of its names came out, went back, was corrected, left out or moved, and when another award of its
    lane was made ready. Only those stay in it that are still called in its cue.
    """
    kept = [one for one in group.awards if _stays(group, after.get(one))]
    touched = any(_touched(before.get(one), after[one]) for one in kept)
    armed = any(
        award.lane_id == group.lane_id
        and award.state is AwardState.ARMED
        and before[award.id].state is not AwardState.ARMED
        for award in after.values()
        if award.id in before
    )
    if len(kept) == len(group.awards) and not touched and not armed:
        return group
    for one in set(group.awards).difference(kept):
        group = without(group, one)
    return paused(group)


def _stays(group: Group, award: Award | None) -> bool:
    return award is not None and award.cue_id == group.cue_id and award.state is not AwardState.WITHDRAWN


def _touched(before: Award | None, after: Award) -> bool:
    if before is None:
        return True
    left_out = after.state is AwardState.SKIPPED and before.state is not AwardState.SKIPPED
    moved = before.state.is_public != after.state.is_public
    return left_out or moved or before.wording != after.wording


def _first(ids: Sequence[AwardId], awards: Awards) -> Award | None:
    own = (awards[one] for one in ids if one in awards)
    return next((award for award in own if award.state.is_to_come), None)


def _after_pace(pace_s: int | None, now: datetime) -> datetime | None:
    return None if pace_s is None else now + timedelta(seconds=pace_s)
