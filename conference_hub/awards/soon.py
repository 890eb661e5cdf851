"""Who of a round is called soon: the next few, and whoever is about a minute away at the pace of the levels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from conference_hub.agenda.model import CueId, LaneId
from conference_hub.awards.calling import calling
from conference_hub.awards.levels import Levels
from conference_hub.awards.model import Award, AwardId, Position

DECK = 3
"""So many of those still to come are called soon, whatever the pace."""
AHEAD_S = 60


def called_soon(awards: Iterable[Award], levels: Levels, on_air: Mapping[LaneId, CueId]) -> frozenset[str]:
    """Return the guests who come for an award of a round on air that is up or among the next.

    `on_air` is the cue of each lane that runs; awards of other cues are left out.
    """
    known = list(awards)
    return frozenset(
        award.guest_id
        for lane, cue in on_air.items()
        for award in _next_of([one for one in known if (one.lane_id, one.cue_id) == (lane, cue)], levels)
        if award.guest_id is not None
    )


def _next_of(round_: list[Award], levels: Levels) -> list[Award]:
    """Return who is up, and those of the others who come soon."""
    by_id = {award.id: award for award in round_}
    now = calling(LaneId(""), round_, Position(on_air=round_[0].cue_id if round_ else None))
    up = by_id.get(now.up) if now.up else None
    ahead_s = 0 if up is None or up.state.is_public else levels[up.level_id].seconds_each
    places = DECK if up is None or up.state.is_public else DECK - 1
    found = [up] if up else []
    for place, award in enumerate(_awards(now.following, by_id)):
        if place >= places and ahead_s > AHEAD_S:
            break
        found.append(award)
        ahead_s += levels[award.level_id].seconds_each
    return found


def _awards(ids: Iterable[AwardId], by_id: Mapping[AwardId, Award]) -> list[Award]:
    return [by_id[award_id] for award_id in ids]
