"""The edits of a plan: what an editor sends after each change. They are complete, so that each has an inverse.

`edited` applies them in order. Where a thing stands is said by what it stands `Before`; without a place it stays where
it is, and a new one goes to the end.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from conference_hub.agenda.layout import settled
from conference_hub.agenda.model import (
    Cue,
    CueId,
    Department,
    Lane,
    LaneId,
    Plan,
    Segment,
    SegmentId,
)
from conference_hub.agenda.plan_refusals import NumberTaken, SegmentInUse
from conference_hub.agenda.sync_points import require_order
from conference_hub.core.errors import NotFound, msg


@dataclass(frozen=True, kw_only=True)
class Before:
    """The place before the one with this id, None for the end."""

    id: str | None


@dataclass(frozen=True, kw_only=True)
class PutSegment:
    """Add a segment, or replace the one with its id."""

    segment: Segment
    place: Before | None = None


@dataclass(frozen=True, kw_only=True)
class RemoveSegment:
    """Remove a segment that has no cues."""

    id: SegmentId


@dataclass(frozen=True, kw_only=True)
class PutLane:
    """Add a lane, or replace the one with its id; its cues stay."""

    lane: Lane
    place: Before | None = None


@dataclass(frozen=True, kw_only=True)
class RemoveLane:
    """Remove a lane with its cues."""

    id: LaneId


@dataclass(frozen=True, kw_only=True)
class PutCue:
    """Add a cue to its lane, or replace the one with its id, which may come from another lane."""

    cue: Cue
    place: Before | None = None


@dataclass(frozen=True, kw_only=True)
class RemoveCue:
    """Remove a cue."""

    id: CueId


@dataclass(frozen=True, kw_only=True)
class PutDepartments:
    """Put a list of departments in place of the present one; notes of those that are gone go with them."""

    departments: tuple[Department, ...]


Edit = PutSegment | RemoveSegment | PutLane | RemoveLane | PutCue | RemoveCue | PutDepartments


def edited(plan: Plan, edits: Iterable[Edit]) -> Plan:
    """Return the plan after the edits, settled.

    Raises NotFound for what an edit names and the plan has not, SegmentInUse when a cue would be left without its
    segment, NumberTaken when two cues would have one number, and what `sync_points.require_order` raises.
    """
    draft = _Draft(plan)
    for edit in edits:
        draft.apply(edit)
    return checked(draft.plan())


def checked(plan: Plan) -> Plan:
    """Return a plan, settled; raises SegmentInUse, NumberTaken, SyncTaken and SyncCrossed."""
    settled_plan = settled(plan)
    _require_segments(settled_plan)
    _require_own_numbers(settled_plan.cues)
    require_order(settled_plan)
    return settled_plan


def _require_segments(plan: Plan) -> None:
    lost = [cue for cue in plan.cues if cue.segment_id not in plan.segment]
    if lost:
        raise SegmentInUse(lost)


def _require_own_numbers(cues: Iterable[Cue]) -> None:
    known: dict[str, Cue] = {}
    for cue in cues:
        if known.setdefault(cue.number, cue) is not cue:
            raise NumberTaken((cue,))


class _Draft:
    """A plan that is being edited."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._departments = plan.departments
        self._segments = list(plan.segments)
        self._lanes = list(plan.lanes)
        self._cues = {lane: list(cues) for lane, cues in plan.lane_cues.items()}

    def plan(self) -> Plan:
        """Return the plan as it is by now."""
        return replace(
            self._plan,
            departments=self._departments,
            segments=tuple(self._segments),
            lanes=tuple(self._lanes),
            cues=tuple(cue for lane in self._lanes for cue in self._cues[lane.id]),
        )

    def apply(self, edit: Edit) -> None:
        """Apply one edit."""
        match edit:
            case PutSegment(segment=segment, place=place):
                _put(self._segments, segment, place)
            case RemoveSegment(id=segment_id):
                _remove(self._segments, segment_id)
            case PutLane(lane=lane, place=place):
                _put(self._lanes, lane, place)
                self._cues.setdefault(lane.id, [])
            case RemoveLane(id=lane_id):
                _remove(self._lanes, lane_id)
                del self._cues[lane_id]
            case PutCue(cue=cue, place=place):
                self._put_cue(cue, place)
            case RemoveCue(id=cue_id):
                _remove(self._cues_with(cue_id), cue_id)
            case PutDepartments(departments=departments):
                self._departments = departments

    def _put_cue(self, cue: Cue, place: Before | None) -> None:
        own = self._cues.get(cue.lane_id)
        if own is None:
            raise NotFound(msg("그런 진행 구역이 없습니다."), lane=cue.lane_id)
        elsewhere = next(
            (cues for cues in self._cues.values() if cues is not own and _index(cues, cue.id) is not None),
            None,
        )
        if elsewhere is not None:
            _remove(elsewhere, cue.id)
        _put(own, cue, place)

    def _cues_with(self, cue_id: CueId) -> list[Cue]:
        found = (cues for cues in self._cues.values() if _index(cues, cue_id) is not None)
        return next(found, [])


class _Named(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=_Named)


def _put(items: list[T], item: T, place: Before | None) -> None:
    known = _index(items, item.id)
    if place is None and known is not None:
        items[known] = item
        return
    if known is not None:
        items.pop(known)
    wanted = place.id if place else None
    items.insert(len(items) if wanted is None else _found(items, wanted), item)


def _remove(items: list[T], item_id: str) -> None:
    items.pop(_found(items, item_id))


def _found(items: list[T], item_id: str) -> int:
    index = _index(items, item_id)
    if index is None:
        raise NotFound(msg("계획에 없는 항목입니다: %(id)s"), id=item_id)
    return index


def _index(items: list[T], item_id: str) -> int | None:
    return next((index for index, item in enumerate(items) if item.id == item_id), None)
