"""The calling order: whose turn it is in a lane, and who follows. Screens read it as a document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from conference_hub.agenda.model import CueId, LaneId
from conference_hub.awards.model import Award, AwardId, AwardState, Rounds

_ON_STAGE = frozenset({AwardState.REVEALED, AwardState.PRESENTED, AwardState.PHOTOGRAPHED})
TO_COME = (AwardState.ARMED, AwardState.SEALED)
"""The states of awards that are still to be called, in the order in which they are."""


@dataclass(frozen=True, kw_only=True)
class Calling:
    """How the awards of a lane are called.

    `order` are all of them; `up` is the one to read now, None when there is none; `following` are those still to come
    after it, in calling order.
    """

    lane_id: LaneId
    order: tuple[AwardId, ...]
    up: AwardId | None
    following: tuple[AwardId, ...]


def callings(awards: Iterable[Award], rounds: Rounds) -> dict[LaneId, Calling]:
    """Return the calling of every lane that has awards."""
    by_lane: dict[LaneId, list[Award]] = {}
    for award in awards:
        by_lane.setdefault(award.lane_id, []).append(award)
    return {lane: calling(lane, own, rounds.get(lane, ())) for lane, own in sorted(by_lane.items())}


def calling(lane_id: LaneId, awards: Iterable[Award], cues: Sequence[CueId]) -> Calling:
    """Return how the awards of one lane are called; `cues` are the lane's in the order of the plan.

    Up is the armed award, else the one on stage that was revealed last, else the first sealed.
    """
    own = in_calling_order(awards, cues)
    coming = [award for state in TO_COME for award in own if award.state is state]
    up = _armed(coming) or _on_stage(own) or next(iter(coming), None)
    return Calling(
        lane_id=lane_id,
        order=tuple(award.id for award in own),
        up=up.id if up else None,
        following=tuple(award.id for award in coming if award is not up),
    )


def in_calling_order(awards: Iterable[Award], cues: Sequence[CueId]) -> list[Award]:
    """Sort awards by cue, call order and id; those of a cue that is not among `cues` come last."""
    position = {cue: index for index, cue in enumerate(cues)}
    return sorted(awards, key=lambda a: (position.get(a.cue_id, len(cues)), a.call_order, a.id))


def _armed(coming: Sequence[Award]) -> Award | None:
    return coming[0] if coming and coming[0].state is AwardState.ARMED else None


def _on_stage(own: Sequence[Award]) -> Award | None:
    """Return the award on stage that was revealed last; of two revealed at one instant, the one called later."""
    revealed = [
        (a.revealed_at, index) for index, a in enumerate(own) if a.revealed_at and a.state in _ON_STAGE
    ]
    return own[max(revealed)[1]] if revealed else None
