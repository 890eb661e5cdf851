"""The rules of the ceremony: what a command makes of an award, and whose turn it is.

Each command takes an award as it is and returns the awards it changed, or raises a refusal. A name becomes
public by two commands, `arm` and then `reveal`, never by one key pressed in error; `take_back` seals it again
from wherever it stands.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from conference_hub.agenda.model import CueId, LaneId
from conference_hub.awards.model import Award, AwardState
from conference_hub.awards.refusals import (
    AlreadyArmed,
    AlreadyDeferred,
    AlreadyRevealed,
    AlreadySkipped,
    NotArmed,
    NothingToTakeBack,
    NotRevealed,
    StepPassed,
)
from conference_hub.core.errors import Invalid, msg

LONGEST = {"recipient": 80, "organisation": 120, "profile": 300}
"""How many characters each correctable field may have."""

_ON_STAGE = (
    AwardState.REVEALED,
    AwardState.PRESENTED,
    AwardState.PHOTOGRAPHED,
    AwardState.DONE,
)


@dataclass(frozen=True, kw_only=True)
class Change:
    """What a command did: `award` after it, and `sealed`, the award that lost its place to it."""

    award: Award
    sealed: Award | None = None

    @property
    def awards(self) -> tuple[Award, ...]:
        """Every award that changed, the commanded one first."""
        return (self.award,) if self.sealed is None else (self.award, self.sealed)


def arm(award: Award, lane_awards: Iterable[Award]) -> Change:
    """Ready a sealed or deferred award for its reveal; the one armed in its lane before is sealed again."""
    if award.state is AwardState.ARMED:
        raise AlreadyArmed(award)
    _require_not_public(award)
    if award.state is AwardState.SKIPPED:
        raise AlreadySkipped(award)
    return Change(
        award=replace(award, state=AwardState.ARMED),
        sealed=_displaced(award, lane_awards),
    )


def reveal(award: Award, now: datetime) -> Change:
    """Make an armed award's name public at `now` (aware); no other state can be revealed."""
    _require_not_public(award)
    if award.state is not AwardState.ARMED:
        raise NotArmed(award)
    return Change(award=replace(award, state=AwardState.REVEALED, revealed_at=now))


def present(award: Award) -> Change:
    """Note that a revealed award was handed over."""
    return _step(award, AwardState.PRESENTED)


def photo(award: Award) -> Change:
    """Note that the photograph was taken; the handing over may have been left out."""
    return _step(award, AwardState.PHOTOGRAPHED)


def done(award: Award) -> Change:
    """Note that the recipient left the stage; earlier steps may have been left out."""
    return _step(award, AwardState.DONE)


def defer(award: Award) -> Change:
    """Put a sealed or armed award behind all others of its lane; it may be armed later."""
    if award.state is AwardState.DEFERRED:
        raise AlreadyDeferred(award)
    _require_not_public(award)
    if award.state is AwardState.SKIPPED:
        raise AlreadySkipped(award)
    return Change(award=replace(award, state=AwardState.DEFERRED))


def skip(award: Award) -> Change:
    """Leave an award out of the ceremony; refused once its name is public."""
    if award.state is AwardState.SKIPPED:
        raise AlreadySkipped(award)
    _require_not_public(award)
    return Change(award=replace(award, state=AwardState.SKIPPED))


def take_back(award: Award) -> Change:
    """Seal an award again, whatever happened to it."""
    if award.state is AwardState.SEALED:
        raise NothingToTakeBack(award)
    return Change(award=replace(award, state=AwardState.SEALED, revealed_at=None))


def correct(
    award: Award,
    *,
    recipient: str | None = None,
    organisation: str | None = None,
    profile: str | None = None,
) -> Change:
    """Put right what is written about an award, in any state; None leaves a field as it is.

    Raises Invalid: `nothing_given`, or `empty`, `too_long`, `unprintable` with the field in its detail.
    """
    given = {"recipient": recipient, "organisation": organisation, "profile": profile}
    clean = {name: _line(name, value) for name, value in given.items() if value is not None}
    if not clean:
        raise Invalid(msg("고칠 내용이 없습니다."), code="nothing_given")
    return Change(
        award=replace(
            award,
            recipient=clean.get("recipient", award.recipient),
            organisation=clean.get("organisation", award.organisation),
            profile=clean.get("profile", award.profile),
        )
    )


def next_up(
    awards: Iterable[Award],
    lane_id: LaneId,
    cues: Sequence[CueId],
    cue_id: CueId | None = None,
) -> Award | None:
    """Return whose turn it is in a lane, or in one cue of it; None when everybody was called.

    The armed award, else the first sealed, else the first deferred; `cues` are the lane's in running order.
    """
    own = calling_order((a for a in awards if a.lane_id == lane_id and cue_id in {None, a.cue_id}), cues)
    for state in (AwardState.ARMED, AwardState.SEALED, AwardState.DEFERRED):
        for award in own:
            if award.state is state:
                return award
    return None


def calling_order(awards: Iterable[Award], cues: Sequence[CueId]) -> tuple[Award, ...]:
    """Sort awards by when they are called; those of a cue that is not among `cues` come last."""
    position = {cue: index for index, cue in enumerate(cues)}
    return tuple(
        sorted(
            awards,
            key=lambda a: (position.get(a.cue_id, len(cues)), a.call_order, a.id),
        )
    )


def _step(award: Award, step: AwardState) -> Change:
    if award.state not in _ON_STAGE:
        raise NotRevealed(award)
    if _ON_STAGE.index(award.state) >= _ON_STAGE.index(step):
        raise StepPassed(award)
    return Change(award=replace(award, state=step))


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
