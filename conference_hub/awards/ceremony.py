"""The rules of the ceremony: what a command makes of an award.

Each command takes an award as it is and returns the awards it changed, or raises a refusal. A name becomes public by
two commands, `arm` and then `reveal`, never by one key pressed in error; `take_back` seals it again in any state.
Whether a command is refused depends on nothing but the award's state: `verbs.refusals_in` relies on it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from conference_hub.agenda.model import CueId, LaneId
from conference_hub.awards.model import Award, AwardId, AwardState, StandIn, Wording
from conference_hub.awards.refusals import (
    AlreadyArmed,
    AlreadyRevealed,
    AlreadySkipped,
    LineUpOutdated,
    NotArmed,
    NothingChanges,
    NothingToTakeBack,
    NotRevealed,
    StepPassed,
    Withdrawn,
    WouldPublish,
)
from conference_hub.core.errors import Invalid, Refused, msg

LONGEST = {
    "recipient": 80,
    "organisation": 120,
    "profile": 300,
    "pronunciation": 80,
    "name": 80,
    "relation": 80,
    "reason": 200,
}
"""How many characters each field may have that commands write."""
PLACES = 3
"""How many places later a deferred award is called when nothing else is said."""

_ON_STAGE = (
    AwardState.REVEALED,
    AwardState.PRESENTED,
    AwardState.PHOTOGRAPHED,
    AwardState.DONE,
)


@dataclass(frozen=True, kw_only=True)
class Change:
    """What a command did: `award` after it, `sealed`, the one armed before, and `moved`, others called otherwise."""

    award: Award
    sealed: Award | None = None
    moved: tuple[Award, ...] = ()

    @property
    def awards(self) -> tuple[Award, ...]:
        """Every award that changed, the commanded one first."""
        return (self.award, *((self.sealed,) if self.sealed else ()), *self.moved)


def arm(award: Award, lane_awards: Iterable[Award]) -> Change:
    """Ready a sealed award for its reveal; the one armed in its lane before is sealed again.

    Raises AlreadyArmed, AlreadyRevealed, AlreadySkipped, Withdrawn.
    """
    if award.state is AwardState.ARMED:
        raise AlreadyArmed(award)
    _require_not_public(award)
    _require_given(award)
    return Change(
        award=replace(award, state=AwardState.ARMED),
        sealed=_displaced(award, lane_awards),
    )


def reveal(award: Award, now: datetime) -> Change:
    """Make an armed award's name public at `now` (aware). Raises AlreadyRevealed, NotArmed."""
    _require_not_public(award)
    if award.state is not AwardState.ARMED:
        raise NotArmed(award)
    return Change(award=replace(award, state=AwardState.REVEALED, revealed_at=now))


def present(award: Award) -> Change:
    """Note that a revealed award was handed over. Raises NotRevealed, StepPassed."""
    return _step(award, AwardState.PRESENTED)


def photo(award: Award) -> Change:
    """Note that the photograph was taken; `present` may have been left out. Raises NotRevealed, StepPassed."""
    return _step(award, AwardState.PHOTOGRAPHED)


def done(award: Award) -> Change:
    """Note that the recipient left the stage; earlier steps may have been left out. Raises NotRevealed, StepPassed."""
    return _step(award, AwardState.DONE)


def defer(award: Award, awards: Iterable[Award], places: int = PLACES) -> Change:
    """Seal an award that is to come and call it `places` places later, as far as others of its cue are to come.

    Raises AlreadyRevealed, AlreadySkipped, Withdrawn, and NothingChanges for a deferred one with nobody behind it.
    """
    _require_not_public(award)
    _require_given(award)
    coming = to_come_in(award.cue_id, {one.id: one for one in (*awards, award)}.values())
    index = coming.index(award)
    others = [one for one in coming if one is not award]
    others.insert(index + places, replace(award, state=AwardState.SEALED, deferred=True))
    changed = {one.id: one for one in in_order(coming, others)}
    if award.id not in changed:
        raise NothingChanges(award)
    return Change(award=changed.pop(award.id), moved=tuple(changed.values()))


def mark_absent(award: Award, absent: bool) -> Change:  # noqa: FBT001 - what is sent
    """Note that the recipient does not come, or comes after all. Raises AlreadySkipped, Withdrawn, NothingChanges."""
    _require_given(award)
    if award.absent == absent:
        raise NothingChanges(award)
    return Change(award=replace(award, absent=absent))


def name_proxy(award: Award, name: str, relation: str | None = None) -> Change:
    """Name who receives the award in the recipient's place; an empty `name` takes away who stands in.

    Raises AlreadySkipped, Withdrawn, NothingChanges, and Invalid as `correct` does, for `name` and `relation`.
    """
    _require_given(award)
    who = _line("name", name) if name.strip() else None
    said = _line("relation", relation) if who and relation and relation.strip() else None
    stand_in = StandIn.PROXY if who else StandIn.NOBODY
    named = replace(award, stand_in=stand_in, representative=who, relation=said)
    if named == award:
        raise NothingChanges(award)
    return Change(award=named)


def to_come_in(cue_id: CueId, awards: Iterable[Award]) -> list[Award]:
    """Return the awards of a cue that are still to be called, in calling order."""
    own = (award for award in awards if award.cue_id == cue_id and award.state.is_to_come)
    return sorted(own, key=lambda award: (award.call_order, award.id))


def in_order(coming: Sequence[Award], wanted: Sequence[Award]) -> list[Award]:
    """Return those awards that change when `coming`, in calling order, are called as `wanted`, the same ones.

    They share the places that they have: nobody else's number changes.
    """
    known = {award.id: award for award in coming}
    places, last = [], coming[0].call_order - 1 if coming else 0
    for award in coming:
        last = max(award.call_order, last + 1)
        places.append(last)
    placed = [replace(award, call_order=order) for award, order in zip(wanted, places, strict=True)]
    return [award for award in placed if award != known[award.id]]


def skip(award: Award) -> Change:
    """Leave an award out of the ceremony. Raises AlreadySkipped, Withdrawn, AlreadyRevealed once its name is public."""
    _require_given(award)
    _require_not_public(award)
    return Change(award=replace(award, state=AwardState.SKIPPED))


def take_back(award: Award) -> Change:
    """Seal an award again, in whatever state it is. Raises NothingToTakeBack for a sealed one."""
    if award.state is AwardState.SEALED:
        raise NothingToTakeBack(award)
    return Change(award=replace(award, state=AwardState.SEALED, revealed_at=None, withdrawal=None))


def withdraw(award: Award, reason: str) -> Change:
    """Give an award to nobody, in whatever state it is, for a reason. Raises Withdrawn, and Invalid for `reason`."""
    if award.state is AwardState.WITHDRAWN:
        raise Withdrawn(award)
    why = _line("reason", reason)
    return Change(award=replace(award, state=AwardState.WITHDRAWN, revealed_at=None, withdrawal=why))


def line_up(awards: Iterable[Award], lane_id: LaneId, cue_id: CueId, order: Sequence[AwardId]) -> list[Award]:
    """Return those awards of a cue that change when those still to come are called in the order given.

    Raises LineUpOutdated when it names others, or not all of them, and Refused (`nothing_changes`) when they are called
    so already.
    """
    coming = to_come_in(cue_id, (one for one in awards if one.lane_id == lane_id))
    known = {award.id: award for award in coming}
    if sorted(order) != sorted(known):
        raise LineUpOutdated(lane_id, known)
    changed = in_order(coming, [known[award_id] for award_id in order])
    if not changed:
        raise Refused(msg("이미 그렇게 되어 있습니다."), code="nothing_changes")
    return changed


def correct(award: Award, wording: Wording) -> Change:
    """Correct what is written about an award, in any state; a field that is None stays as it is.

    A new recipient without a pronunciation has none: the old one was that of another name.

    Raises Invalid: `nothing_given`, or `empty`, `too_long`, `unprintable` with the field in its detail.
    """
    clean: dict[str, Any] = {
        name: _line(name, value) for name, value in asdict(wording).items() if value is not None
    }
    if not clean:
        raise Invalid(msg("고칠 내용이 없습니다."), code="nothing_given")
    corrected = replace(award, **clean)
    if corrected.recipient != award.recipient and "pronunciation" not in clean:
        corrected = replace(corrected, pronunciation=None)
    return Change(award=corrected)


def sealed_by(restored: Iterable[Award], awards: Iterable[Award]) -> list[Award]:
    """Return the awards that are sealed because undo or redo brings another one of their lane back as the armed one.

    A lane never has two armed awards; the one that comes back wins, as with `arm`.
    """
    back = {award.id: award for award in restored}
    lanes = {award.lane_id for award in back.values() if award.state is AwardState.ARMED}
    return [
        replace(other, state=AwardState.SEALED)
        for other in awards
        if other.state is AwardState.ARMED and other.lane_id in lanes and other.id not in back
    ]


def require_sealed(restored: Iterable[Award], awards: Mapping[AwardId, Award]) -> None:
    """Refuse undo or redo by which a name becomes public that is not. Raises WouldPublish."""
    for award in restored:
        if award.state.is_public and not awards[award.id].state.is_public:
            raise WouldPublish(award)


def _step(award: Award, step: AwardState) -> Change:
    if award.state not in _ON_STAGE:
        raise NotRevealed(award)
    if _ON_STAGE.index(award.state) >= _ON_STAGE.index(step):
        raise StepPassed(award)
    return Change(award=replace(award, state=step))


def _require_given(award: Award) -> None:
    if award.state is AwardState.SKIPPED:
        raise AlreadySkipped(award)
    if award.state is AwardState.WITHDRAWN:
        raise Withdrawn(award)


def _require_not_public(award: Award) -> None:
    if award.state.is_public:
        raise AlreadyRevealed(award)


def _displaced(award: Award, lane_awards: Iterable[Award]) -> Award | None:
    for other in lane_awards:
        if other.lane_id == award.lane_id and other.state is AwardState.ARMED:
            return replace(other, state=AwardState.SEALED)
    return None


def _line(field: str, value: str) -> str:
    """Return `value` as one line of composed Hangul; refuse invisible characters, they hide a difference."""
    line = " ".join(unicodedata.normalize("NFC", value).split())
    if not line:
        raise Invalid(msg("빈칸으로 둘 수 없습니다."), code="empty", field=field)
    longest = LONGEST[field]
    if len(line) > longest:
        raise Invalid(
            msg("%(longest)s자를 넘을 수 없습니다."),
            code="too_long",
            field=field,
            longest=longest,
        )
    if not line.isprintable():
        raise Invalid(msg("보이지 않는 문자가 들어 있습니다."), code="unprintable", field=field)
    return line
