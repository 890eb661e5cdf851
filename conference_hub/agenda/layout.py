"""When the cues of a plan start, and what they are numbered: what the hub fills in where people leave it open.

The editor computes the same while somebody types: `static/js/agenda/layout.js` mirrors `laid_out`, and both are held to
`tests/golden/agenda-layout.json`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from conference_hub.agenda.model import Cue, DepartmentId, Plan

LONGEST_NUMBER = 12
"""Characters of a cue number."""


def settled(plan: Plan) -> Plan:
    """Return the plan with every start worked out, every cue numbered, and no notes of departments that are gone."""
    known = {department.id for department in plan.departments}
    cues = [cue for lane in plan.lanes for cue in laid_out(plan.lane_cues[lane.id])]
    return replace(plan, cues=tuple(_without_lost_notes(cue, known) for cue in numbered(cues)))


def laid_out(cues: Iterable[Cue]) -> Iterator[Cue]:
    """Yield the cues of one lane, in order, with the starts that follow from the cues before them.

    The first one is fixed. One that is not fixed starts when the cue before it ends, skipped ones aside; a skipped one
    stands where it would start.
    """
    free_at: datetime | None = None
    for cue in cues:
        fixed = cue.fixed or free_at is None
        start = cue.planned_start if free_at is None or fixed else free_at
        if not cue.skipped:
            free_at = start + cue.planned
        elif free_at is None:
            free_at = start
        same = fixed == cue.fixed and start == cue.planned_start
        yield cue if same else replace(cue, fixed=fixed, planned_start=start)


def numbered(cues: Iterable[Cue]) -> list[Cue]:
    """Return the cues, each with a number: one that has none gets the whole number after the highest in the plan."""
    known = list(cues)
    highest = max((int(cue.number) for cue in known if _is_whole(cue.number)), default=0)
    found = []
    for cue in known:
        highest += not cue.number
        found.append(cue if cue.number else replace(cue, number=str(highest)))
    return found


def _is_whole(number: str) -> bool:
    return number.isascii() and number.isdigit()


def _without_lost_notes(cue: Cue, known: set[DepartmentId]) -> Cue:
    if cue.notes.keys() <= known:
        return cue
    return replace(cue, notes={name: text for name, text in cue.notes.items() if name in known})
