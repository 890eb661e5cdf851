"""Awards that come out together: the rules of the joint word, which organisers give to awards of several lanes.

Awards of different lanes with one word are revealed by one command. An award that has its word alone is shown on the
stages of all lanes. Whom a reveal waits for is found anew each time, so nobody is waited for who is not called.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from conference_hub.agenda.model import LaneId
from conference_hub.awards.model import Award, AwardId, AwardState, Position
from conference_hub.awards.refusals import JointFixed, JointTaken, LanesNotReady

LONGEST_WORD = 40
"""How many characters a joint word may have."""
NOWHERE = Position()
Words = Mapping[str, Sequence[Award]]
"""The awards that have their place in the ceremony, by their joint word."""


@dataclass(frozen=True, kw_only=True)
class Sense:
    """How the joint word of an award is understood: `others` come out together with it, nobody: it is everywhere.

    `placeless` have the same word and no place yet: they are not called.
    """

    word: str
    others: Sequence[Award]
    placeless: Sequence[Award]

    @property
    def everywhere(self) -> bool:
        """Whether it is shown on the stages of all lanes."""
        return not self.others


def by_word(awards: Iterable[Award]) -> Words:
    """Return the placed awards by their joint word."""
    found: dict[str, list[Award]] = {}
    for award in awards:
        if award.joint and award.placed:
            found.setdefault(award.joint, []).append(award)
    return found


def sense_of(award: Award, awards: Iterable[Award]) -> Sense | None:
    """Return how the word of a placed award is understood, None for an award without word or place."""
    if not award.joint or not award.placed:
        return None
    same = [one for one in awards if one.joint == award.joint and one.id != award.id]
    return Sense(
        word=award.joint,
        others=[one for one in same if one.placed],
        placeless=[one for one in same if not one.placed],
    )


def require_understood(before: Mapping[AwardId, Award], after: Mapping[AwardId, Award]) -> None:
    """Refuse a change by which a lane has a word twice, or by which an award that is fixed comes out otherwise.

    Raises JointTaken and JointFixed.
    """
    then, now = by_word(before.values()), by_word(after.values())
    for word in sorted(then.keys() | now.keys()):
        was, own = then.get(word, ()), now.get(word, ())
        if _places(was) == _places(own):
            continue
        _require_one_each(own)
        fixed = next((one for one in was if one.state.is_fixed), None)
        if fixed is not None:
            raise JointFixed(fixed)


def waits_for(award: Award, others: Iterable[Award], positions: Mapping[LaneId, Position]) -> list[LaneId]:
    """Return the lanes whose names have still to be made ready before a reveal.

    Nobody waits for a recipient who is absent, was deferred, or whose cue is neither on air nor to come.
    """
    lanes = (one.lane_id for one in others if _holds_up(one, positions.get(one.lane_id, NOWHERE)))
    return sorted({lane for lane in lanes if lane != award.lane_id})


def revealed_with(
    award: Award, others: Sequence[Award], positions: Mapping[LaneId, Position], *, force: bool
) -> list[Award]:
    """Return the awards of other lanes that a reveal takes along: those that are ready, one of each lane.

    Raises LanesNotReady when others are not ready and the reveal is not forced.
    """
    waiting = [] if force else waits_for(award, others, positions)
    if waiting:
        raise LanesNotReady(award.lane_id, waiting)
    return _one_of_each(one for one in others if one.state is AwardState.ARMED)


def came_out_with(award: Award, others: Iterable[Award]) -> list[Award]:
    """Return the awards of other lanes whose names came out by the same command, and are public still."""
    at = award.revealed_at
    return _one_of_each(one for one in others if at is not None and one.revealed_at == at)


def may_be_readied(award: Award, position: Position, lane_awards: Iterable[Award]) -> bool:
    """Return whether an award is made ready with one of another lane: it is its turn, and nobody else is ready."""
    ready = any(one.state is AwardState.ARMED for one in lane_awards if one.lane_id == award.lane_id)
    return _is_called(award) and award.cue_id == position.on_air and not ready


def _holds_up(award: Award, position: Position) -> bool:
    return _is_called(award) and award.cue_id in {position.on_air, *position.coming}


def _is_called(award: Award) -> bool:
    return award.state is AwardState.SEALED and not award.absent and not award.deferred


def _one_of_each(awards: Iterable[Award]) -> list[Award]:
    return list({award.lane_id: award for award in awards}.values())


def _places(awards: Iterable[Award]) -> set[tuple[AwardId, LaneId]]:
    return {(award.id, award.lane_id) for award in awards}


def _require_one_each(awards: Iterable[Award]) -> None:
    known: dict[LaneId, Award] = {}
    for award in awards:
        if known.setdefault(award.lane_id, award) is not award:
            raise JointTaken(known[award.lane_id])
