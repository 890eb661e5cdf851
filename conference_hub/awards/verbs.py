"""The commands of the ceremony by name: the rule that decides each, the fact it publishes, and when it is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from conference_hub.agenda.model import CueId, LaneId
from conference_hub.awards import ceremony, facts
from conference_hub.awards.ceremony import Change
from conference_hub.awards.facts import AwardFact
from conference_hub.awards.levels import LevelId
from conference_hub.awards.model import Award, AwardId, AwardKind, AwardState, Wording
from conference_hub.core.errors import Refused

UNCHANGED = Wording()


@dataclass(frozen=True, kw_only=True)
class Given:
    """What a command says beside its award; each rule looks at what concerns it."""

    wording: Wording = UNCHANGED
    places: int = ceremony.PLACES
    absent: bool = True
    name: str = ""
    relation: str | None = None
    reason: str = ""
    force: bool = False


@dataclass(frozen=True, kw_only=True)
class Situation:
    """What a rule may look at beside the award: all awards, the instant (aware), and what was sent."""

    awards: Iterable[Award] = ()
    now: datetime
    given: Given


@dataclass(frozen=True, kw_only=True)
class Verb:
    """A command on one award: what it does in a sentence, the fact that it publishes, and the rule that decides.

    The fact needs no other field than `award`.
    """

    summary: str
    fact: type[AwardFact]
    decide: Callable[[Award, Situation], Change]


VERBS: Mapping[str, Verb] = {
    "arm": Verb(
        summary="Ready an award for its reveal; the armed one of its lane is sealed again.",
        fact=facts.AwardArmed,
        decide=lambda award, at: ceremony.arm(award, at.awards),
    ),
    "reveal": Verb(
        summary="Make the name of an armed award public.",
        fact=facts.AwardRevealed,
        decide=lambda award, at: ceremony.reveal(award, at.now),
    ),
    "present": Verb(
        summary="Note that a revealed award was handed over.",
        fact=facts.AwardPresented,
        decide=lambda award, _: ceremony.present(award),
    ),
    "photo": Verb(
        summary="Note that the photograph was taken.",
        fact=facts.AwardPhotographed,
        decide=lambda award, _: ceremony.photo(award),
    ),
    "done": Verb(
        summary="Note that the recipient left the stage.",
        fact=facts.AwardDone,
        decide=lambda award, _: ceremony.done(award),
    ),
    "defer": Verb(
        summary="Call an award some places later in its cue.",
        fact=facts.AwardDeferred,
        decide=lambda award, at: ceremony.defer(award, at.awards, at.given.places),
    ),
    "absent": Verb(
        summary="Note that the recipient does not come, or comes after all.",
        fact=facts.AwardAbsenceNoted,
        decide=lambda award, at: ceremony.mark_absent(award, at.given.absent),
    ),
    "proxy": Verb(
        summary="Name who receives the award in the recipient's place; without a name nobody does.",
        fact=facts.AwardProxyNamed,
        decide=lambda award, at: ceremony.name_proxy(award, at.given.name, at.given.relation),
    ),
    "skip": Verb(
        summary="Leave an award out of the ceremony.",
        fact=facts.AwardSkipped,
        decide=lambda award, _: ceremony.skip(award),
    ),
    "withdraw": Verb(
        summary="Give an award to nobody: its name leaves everything that keeps text.",
        fact=facts.AwardWithdrawn,
        decide=lambda award, at: ceremony.withdraw(award, at.given.reason),
    ),
    "take-back": Verb(
        summary="Seal an award again, in whatever state it is.",
        fact=facts.AwardTakenBack,
        decide=lambda award, _: ceremony.take_back(award),
    ),
    "correct": Verb(
        summary="Correct what is written about an award.",
        fact=facts.AwardCorrected,
        decide=lambda award, at: ceremony.correct(award, at.given.wording),
    ),
}

_ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)
_TRIED = Situation(now=_ANY_TIME, given=Given(wording=Wording(recipient="-"), name="-", reason="-"))


@cache
def refusals_in(state: AwardState) -> Mapping[str, str | None]:
    """Return for each command the code of its refusal for an award in `state`, None when it may be sent.

    Found by trying each rule, once for each state.
    """
    award = _specimen(state)
    return {name: _code_of(lambda verb=verb: verb.decide(award, _TRIED)) for name, verb in VERBS.items()}  # type: ignore[misc]


def _code_of(attempt: Callable[[], object]) -> str | None:
    """Return the code with which `attempt` is refused, None when it is not."""
    try:
        attempt()
    except Refused as refusal:
        return refusal.code
    return None


def _specimen(state: AwardState) -> Award:
    return Award(
        id=AwardId("-"),
        level_id=LevelId("-"),
        lane_id=LaneId("-"),
        cue_id=CueId("-"),
        call_order=1,
        kind=AwardKind.INDIVIDUAL,
        recipient=None,
        organisation=None,
        guest_id=None,
        profile=None,
        state=state,
        revealed_at=_ANY_TIME if state.is_public else None,
    )
