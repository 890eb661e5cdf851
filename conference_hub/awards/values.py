"""Awards as the stored values that undo compares and restores (see `agenda.history`).

An award has four entries: `award/<id>` holds how far it has come, `round/<id>` where it is called, `stand-in/<id>` who
stands in for the recipient, `wording/<id>` what is written about it. So a correction and a step on stage never stand in
each other's way, and only a correction's step holds a recipient's name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from datetime import datetime

from conference_hub.agenda.history import State, Values
from conference_hub.awards.model import Award, AwardId, AwardState, StandIn

PROGRESS = "award"
ROUND = "round"
STAND_IN = "stand-in"
WORDING = "wording"
FAMILIES = (PROGRESS, ROUND, STAND_IN, WORDING)
"""The families of the keys."""


def state_of(awards: Iterable[Award]) -> State:
    """Return the stored values of awards, by key."""
    found: State = {}
    for award in awards:
        found[f"{PROGRESS}/{award.id}"] = _progress(award)
        found[f"{ROUND}/{award.id}"] = {"cue": award.cue_id, "order": award.call_order}
        found[f"{STAND_IN}/{award.id}"] = _stand_in(award)
        found[f"{WORDING}/{award.id}"] = _wording(award)
    return found


def award_ids(state: Iterable[str]) -> set[AwardId]:
    """Return the awards to which the keys of a state belong."""
    return {AwardId(key.partition("/")[2]) for key in state}


def keys_of(award_id: AwardId) -> list[str]:
    """Return every key of an award."""
    return [f"{family}/{award_id}" for family in FAMILIES]


def current(state: Iterable[str], awards: Mapping[AwardId, Award]) -> State:
    """Return what is stored now for the keys of a state; an award that is gone has nothing."""
    return state_of(awards[award_id] for award_id in award_ids(state) if award_id in awards)


def restored(state: State, award_ids: Iterable[AwardId], awards: Mapping[AwardId, Award]) -> list[Award]:
    """Return some awards with the values of a state put back, sorted by id."""
    return [_restored(awards[award_id], state) for award_id in sorted(award_ids)]


def _restored(award: Award, state: State) -> Award:
    wording = state.get(f"{WORDING}/{award.id}")
    progress = state.get(f"{PROGRESS}/{award.id}") or _progress(award)
    place, stand_in = state.get(f"{ROUND}/{award.id}"), state.get(f"{STAND_IN}/{award.id}")
    at = progress["revealed_at"]
    return replace(
        award,
        state=AwardState(progress["state"]),
        revealed_at=None if at is None else datetime.fromisoformat(at),
        deferred=progress.get("deferred", False),
        absent=progress.get("absent", False),
        withdrawal=progress.get("withdrawal"),
        **({"cue_id": place["cue"], "call_order": place["order"]} if place else {}),
        **({**stand_in, "stand_in": StandIn(stand_in["stand_in"])} if stand_in else {}),
        **({"pronunciation": None, **wording} if wording else {}),
    )


def _wording(award: Award) -> Values:
    """Return what is written; a pronunciation only where there is one: steps of older versions know none."""
    written = asdict(award.wording)
    return written if award.pronunciation else {k: v for k, v in written.items() if k != "pronunciation"}


def _progress(award: Award) -> Values:
    """Return state and instant of reveal, and the marks that are set: steps of older versions know none.

    The instant is written in full, so that it is restored exactly.
    """
    at = award.revealed_at
    marks = {name: True for name in ("deferred", "absent") if getattr(award, name)}
    why = {"withdrawal": award.withdrawal} if award.withdrawal else {}
    return {"state": award.state.value, "revealed_at": None if at is None else at.isoformat(), **marks, **why}


def _stand_in(award: Award) -> Values:
    return {
        "stand_in": award.stand_in.value,
        "representative": award.representative,
        "relation": award.relation,
    }
