"""Lanes as their last acts left them, kept in memory for the head of the operators' stream at which they were so.

A command looks at its lane and at what can be undone of it, and the next command finds what it left. Whatever changes
a lane otherwise publishes a fact or counts as a change of the plan, so the head tells that it happened, in another
process too. What changes steps of a lane without saving it says so here (`forget`).

A step that changed something of another feature may hold a name that was wrong: it is in the database alone, where it
is deleted in time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from conference_hub.agenda.history import Offer, RunId, Step
from conference_hub.agenda.lane_store import LaneState
from conference_hub.agenda.model import LaneId
from conference_hub.agenda.values import OWN_FAMILIES
from conference_hub.conferences.kept_by_head import KeptByHead
from conference_hub.core.db import Database
from conference_hub.core.journal import Write


@dataclass(frozen=True, kw_only=True)
class KnownLane:
    """A lane as it is stored, and what can be undone and redone of it; None: the database says."""

    state: LaneState
    offer: Offer | None


Known = Mapping[tuple[RunId, LaneId], KnownLane]


def known_lanes(write: Write) -> Known:
    """Return the lanes that are known as they are now."""
    return _KNOWN.of(write)


def note(write: Write, known: Known, run_id: RunId, state: LaneState, offer: Offer) -> None:
    """Say how a lane is after the facts that were published so far; `known` are the others, which are as before."""
    own = all(_is_own(step) for step in (offer.undo, offer.redo) if step is not None)
    lane = KnownLane(state=state, offer=offer if own else None)
    _KNOWN.note(write, {**known, (run_id, state.run.lane_id): lane})


def forget(write: Write) -> None:
    """Say that what can be undone may be something else now, in every lane."""
    _KNOWN.note(write, {})


def drop(database: Database, conf: str, *, but_at: int | None = None) -> None:
    """Drop what memory holds of lanes, which names who commanded them; what was true at the head `but_at` stays."""
    _KNOWN.forget(database, conf, but_at=but_at)


def _is_own(step: Step) -> bool:
    return all(key.partition("/")[0] in OWN_FAMILIES for key in step.after)


def _none_known(_session: Session, _conf: str) -> Known:
    return {}


_KNOWN: KeptByHead[Known] = KeptByHead(_none_known)
