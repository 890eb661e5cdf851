"""The calling order: whose turn it is in the round on air, and who follows. Screens read it as a document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from conference_hub.agenda.model import CueId, LaneId
from conference_hub.awards.model import Award, AwardId, AwardState, Position

DECK = 3
"""How many are to stand ready beside the stage."""
_ON_STAGE = frozenset({AwardState.REVEALED, AwardState.PRESENTED, AwardState.PHOTOGRAPHED})
NOWHERE = Position()


@dataclass(frozen=True, kw_only=True)
class Calling:
    """How the awards of the round on air of a lane are called.

    `cue` is None while no round is on air, `next_cue` the round that comes then. `order` are all of the round, without
    those withdrawn; `up` is the one to read now, None when there is none; `following` are those still to come after it,
    in calling order, the first of them `on_deck`. `left` counts those still to come. `pace_s` is how many seconds one
    award took so far, None until two are revealed, and `ends_at` (aware) when all will have been called at that pace.
    """

    lane_id: LaneId
    cue: CueId | None
    next_cue: CueId | None
    order: tuple[AwardId, ...]
    up: AwardId | None
    following: tuple[AwardId, ...]
    left: int
    pace_s: int | None = None
    ends_at: datetime | None = None

    @property
    def on_deck(self) -> tuple[AwardId, ...]:
        """Who is to stand ready beside the stage."""
        return self.following[:DECK]


def callings(awards: Iterable[Award], positions: Mapping[LaneId, Position]) -> dict[LaneId, Calling]:
    """Return the calling of every lane that has awards."""
    by_lane: dict[LaneId, list[Award]] = {}
    for award in awards:
        by_lane.setdefault(award.lane_id, []).append(award)
    return {lane: calling(lane, own, positions.get(lane, NOWHERE)) for lane, own in sorted(by_lane.items())}


def calling(lane_id: LaneId, awards: Iterable[Award], position: Position) -> Calling:
    """Return how the awards of one lane are called where it stands.

    Up is the armed award of the lane, else the one on stage that was revealed last, both whatever their cue, else the
    first to come of the round. A name that came out before the cue on air began is no longer on stage.
    """
    own = [award for award in awards if award.state is not AwardState.WITHDRAWN]
    rounds = {award.cue_id for award in own}
    cue = position.on_air if position.on_air in rounds else None
    called = in_calling_order(own, [cue] if cue else [])
    members = [award for award in called if award.cue_id == cue]
    coming = [award for award in members if award.state.is_to_come]
    up = _armed(own) or _on_stage(called, position.since) or next(iter(coming), None)
    each = _pace(members)
    return Calling(
        lane_id=lane_id,
        cue=cue,
        next_cue=next((one for one in position.coming if one in rounds), None),
        order=tuple(award.id for award in members),
        up=up.id if up else None,
        following=tuple(award.id for award in coming if award is not up),
        left=len(coming),
        pace_s=None if each is None else round(each.total_seconds()),
        ends_at=_ends_at(members, len(coming), each),
    )


def in_calling_order(awards: Iterable[Award], cues: Sequence[CueId]) -> list[Award]:
    """Sort awards by cue, call order and id; those of a cue that is not among `cues` come last."""
    position = {cue: index for index, cue in enumerate(cues)}
    return sorted(awards, key=lambda a: (position.get(a.cue_id, len(cues)), a.call_order, a.id))


def _armed(own: Iterable[Award]) -> Award | None:
    return next((award for award in own if award.state is AwardState.ARMED), None)


def _on_stage(own: Sequence[Award], since: datetime | None) -> Award | None:
    """Return the award on stage that was revealed last; of two revealed at one instant, the one called later."""
    revealed = [
        (award.revealed_at, index)
        for index, award in enumerate(own)
        if award.revealed_at and award.state in _ON_STAGE and (since is None or award.revealed_at >= since)
    ]
    return own[max(revealed)[1]] if revealed else None


def _pace(members: Iterable[Award]) -> timedelta | None:
    """Return how long one award took, from the first reveal of a round to its last; None before the second."""
    revealed = sorted(award.revealed_at for award in members if award.revealed_at)
    return (revealed[-1] - revealed[0]) / (len(revealed) - 1) if len(revealed) > 1 else None


def _ends_at(members: Iterable[Award], left: int, each: timedelta | None) -> datetime | None:
    """Return when those left will have been called, each in the time that one took so far."""
    last = max((award.revealed_at for award in members if award.revealed_at), default=None)
    return None if last is None or each is None or left == 0 else last + each * (left + 1)
