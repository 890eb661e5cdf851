"""The rules of preparing awards: what organisers may change of programmes, levels and awards, and how.

Each rule takes everything that is prepared and returns it changed, or raises a refusal. An award that is ready for its
reveal or revealed is changed by the ceremony's commands only.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from conference_hub.agenda.model import CueId, LaneId
from conference_hub.awards.joint import require_understood
from conference_hub.awards.levels import Level, LevelId, Levels, Programme, ProgrammeId
from conference_hub.awards.model import NOWHERE, Award, AwardId, AwardState
from conference_hub.awards.refusals import AlreadyArmed, AlreadyRevealed, AwardsLeft, LevelsLeft, Withdrawn
from conference_hub.core.errors import Invalid, NotFound, msg
from conference_hub.core.text import Language, Text

WHOLE = re.compile(r"[1-9][0-9]{0,8}")


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """Programmes in their order, levels by rank, and all awards, those without a place included."""

    programmes: tuple[Programme, ...]
    levels: Levels
    awards: Mapping[AwardId, Award]
    language: Language = "ko"
    """The conference's main language: in it titles and labels are required, and refused."""

    def programme(self, programme_id: str) -> Programme:
        """Return one programme; raises NotFound."""
        for one in self.programmes:
            if one.id == programme_id:
                return one
        raise NotFound(msg("그런 시상 부문이 없습니다."))

    def level(self, level_id: str) -> Level:
        """Return one level; raises NotFound."""
        found = self.levels.get(LevelId(level_id))
        if found is None:
            raise NotFound(msg("그런 훈격이 없습니다."))
        return found

    def award(self, award_id: str) -> Award:
        """Return one award; raises NotFound."""
        found = self.awards.get(AwardId(award_id))
        if found is None:
            raise NotFound(msg("그런 상이 없습니다."))
        return found

    def levels_of(self, programme_id: ProgrammeId | None) -> list[Level]:
        """Return the levels of a programme, the highest first; of None those that belong to no programme."""
        own = [level for level in self.levels.values() if level.programme_id == programme_id]
        return sorted(own, key=lambda level: (level.rank, level.id))

    def usual_honour(self, programme_id: str | None, label: Text) -> Text:
        """Return the honour of a level that states none: its programme's, else its own label."""
        honours = (one.honour for one in self.programmes if one.id == programme_id)
        return next(honours, None) or label

    def awards_of(self, level_id: LevelId) -> list[Award]:
        """Return the awards of a level."""
        return [award for award in self.awards.values() if award.level_id == level_id]

    def called_in(self, cue_id: str) -> list[Award]:
        """Return the awards of a cue in calling order."""
        own = [award for award in self.awards.values() if award.cue_id == cue_id and award.placed]
        return sorted(own, key=lambda award: (award.call_order, award.id))


def put_programme(prepared: Prepared, programme: Programme) -> Prepared:
    """Add a programme behind the others, or replace it in its place. Raises Invalid for a title that is taken."""
    others = [one for one in prepared.programmes if one.id != programme.id]
    if any(one.title == programme.title for one in others):
        raise Invalid(
            msg("같은 이름의 시상 부문이 있습니다."), code="taken", field=f"title_{prepared.language}"
        )
    if len(others) == len(prepared.programmes):
        return replace(prepared, programmes=(*prepared.programmes, programme))
    same = [programme if one.id == programme.id else one for one in prepared.programmes]
    return replace(prepared, programmes=tuple(same))


def remove_programme(prepared: Prepared, programme_id: str) -> Prepared:
    """Remove a programme. Raises NotFound, and LevelsLeft while levels belong to it."""
    gone = prepared.programme(programme_id)
    levels = prepared.levels_of(gone.id)
    if levels:
        raise LevelsLeft(len(levels))
    return replace(prepared, programmes=tuple(one for one in prepared.programmes if one != gone))


def put_level(prepared: Prepared, level: Level) -> Prepared:
    """Add or replace a level. Raises NotFound for an unknown programme, Invalid for a label taken in it."""
    if level.programme_id is not None:
        prepared.programme(level.programme_id)
    others = [one for one in prepared.levels_of(level.programme_id) if one.id != level.id]
    if any(one.label == level.label for one in others):
        raise Invalid(
            msg("이 부문에 같은 이름의 훈격이 있습니다."), code="taken", field=f"label_{prepared.language}"
        )
    levels = {**prepared.levels, level.id: level}
    by_rank = sorted(levels.values(), key=lambda one: (one.rank, one.id))
    return replace(prepared, levels={one.id: one for one in by_rank})


def remove_level(prepared: Prepared, level_id: str) -> Prepared:
    """Remove a level. Raises NotFound, and AwardsLeft while awards belong to it."""
    gone = prepared.level(level_id)
    awards = prepared.awards_of(gone.id)
    if awards:
        raise AwardsLeft(len(awards))
    return replace(prepared, levels={key: one for key, one in prepared.levels.items() if key != gone.id})


def put_award(prepared: Prepared, award: Award) -> Prepared:
    """Add or replace an award; without a number it gets the next free one, in a cue that is new to it the last place.

    Raises NotFound for an unknown level, Invalid for a number that is taken, and what `require_free` and
    `joint.require_understood` raise.
    """
    prepared.level(award.level_id)
    before = prepared.awards.get(award.id)
    others = [one for one in prepared.awards.values() if one.id != award.id]
    numbered = replace(award, number=award.number or next_number(others))
    if any(one.number == numbered.number for one in others):
        raise Invalid(msg("이 번호는 다른 상의 번호입니다."), code="taken", field="number")
    if award.placed and (before is None or before.cue_id != award.cue_id):
        numbered = replace(numbered, call_order=_last_order(prepared, award.cue_id) + 1)
    return _with_awards(prepared, {**prepared.awards, award.id: numbered})


def put_awards(prepared: Prepared, awards: Iterable[Award]) -> Prepared:
    """Add or replace awards as they are, and count the calling orders of their cues anew.

    Those of one place in a cue stand in the order given. Raises what `require_free` and `joint.require_understood`
    raise.
    """
    given = {award.id: award for award in awards}
    return _with_awards(prepared, {**prepared.awards, **given})


def remove_awards(prepared: Prepared, award_ids: Iterable[str]) -> Prepared:
    """Remove awards. Raises NotFound, and what `require_free` and `joint.require_understood` raise."""
    gone = {prepared.award(award_id).id for award_id in award_ids}
    return _with_awards(prepared, {key: one for key, one in prepared.awards.items() if key not in gone})


def place(prepared: Prepared, award_ids: Iterable[str], cue_id: str, lane_id: str) -> Prepared:
    """Put awards at the end of a cue, in the order given; empty ids take them out of the ceremony.

    Those that are in the cue already stay where they are. Raises NotFound, and what `require_free` and
    `joint.require_understood` raise.
    """
    found = [prepared.award(award_id) for award_id in dict.fromkeys(award_ids)]
    last = _last_order(prepared, cue_id) if cue_id else 0
    moved = [
        replace(award, cue_id=CueId(cue_id) or NOWHERE, lane_id=LaneId(lane_id) or NOWHERE, call_order=order)
        for order, award in enumerate((one for one in found if one.cue_id != cue_id), start=last + 1)
    ]
    return _with_awards(prepared, {**prepared.awards, **{award.id: award for award in moved}})


def call_in_order(prepared: Prepared, cue_id: str, award_ids: Sequence[str]) -> Prepared:
    """Call the awards of a cue in the order given.

    Raises Invalid unless the ids are just those of the cue, and what `require_free` raises for one that may not move.
    """
    known = prepared.called_in(cue_id)
    if sorted(award_ids) != sorted(award.id for award in known):
        raise Invalid(msg("그 사이 이 순서의 상이 바뀌었습니다. 순서를 다시 확인해 주세요."), field="order")
    ordered = {
        prepared.award(award_id).id: replace(prepared.award(award_id), call_order=place)
        for place, award_id in enumerate(award_ids, start=1)
    }
    require_free(prepared.awards, {**prepared.awards, **ordered})
    return replace(prepared, awards={**prepared.awards, **ordered})


def next_number(awards: Iterable[Award]) -> str:
    """Return the whole number after the largest that an award has."""
    return str(max((int(one.number) for one in awards if WHOLE.fullmatch(one.number)), default=0) + 1)


def changed_awards(before: Mapping[AwardId, Award], after: Mapping[AwardId, Award]) -> list[AwardId]:
    """Return the awards that are new, other or gone, sorted."""
    return sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))


def require_free(before: Mapping[AwardId, Award], after: Mapping[AwardId, Award]) -> None:
    """Raise AlreadyRevealed, AlreadyArmed or Withdrawn when an award that is fixed would change or go."""
    for award_id in changed_awards(before, after):
        award = before.get(award_id)
        if award is not None and award.state.is_public:
            raise AlreadyRevealed(award)
        if award is not None and award.state is AwardState.WITHDRAWN:
            raise Withdrawn(award)
        if award is not None and award.state.is_fixed:
            raise AlreadyArmed(award)


def _with_awards(prepared: Prepared, awards: Mapping[AwardId, Award]) -> Prepared:
    require_free(prepared.awards, awards)
    require_understood(prepared.awards, awards)
    changed = changed_awards(prepared.awards, awards)
    touched = {one.cue_id for key in changed for one in (prepared.awards.get(key), awards.get(key)) if one}
    return replace(prepared, awards={**awards, **_counted(awards.values(), touched)})


def _counted(awards: Iterable[Award], cue_ids: Collection[CueId]) -> dict[AwardId, Award]:
    """Return the awards of some cues called as 1, 2, 3 without a gap; a cue with a fixed award keeps its numbers."""
    by_cue: dict[CueId, list[Award]] = {}
    for award in awards:
        if award.placed and award.cue_id in cue_ids:
            by_cue.setdefault(award.cue_id, []).append(award)
    return {
        award.id: replace(award, call_order=order)
        for own in by_cue.values()
        if not any(award.state.is_fixed for award in own)
        for order, award in enumerate(sorted(own, key=lambda one: one.call_order), start=1)
    }


def _last_order(prepared: Prepared, cue_id: str) -> int:
    return max((award.call_order for award in prepared.called_in(cue_id)), default=0)
