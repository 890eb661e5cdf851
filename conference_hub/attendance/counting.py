"""How many people are where, by group and by how they take part; what the public is told is a round number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from conference_hub.attendance.model import State
from conference_hub.attendance.shapes import AttendanceDoc, StatesDoc
from conference_hub.people.model import GroupId, Mode

FEWEST_TOLD = 10
"""The public is not told of fewer: who knows the others would know of one."""
MANY = 1_000
Head = tuple[Mode, GroupId | None, State]
"""How a guest takes part, their group, and where they are."""


def attendance_document(heads: Mapping[Head, int]) -> AttendanceDoc:
    """Render how many are where: all, by mode and by group (those of no group under an empty id)."""
    counted = Counter(dict(heads))
    groups = {group for _, group, _ in counted}
    return {
        "total": _states(counted),
        "by_mode": {
            mode: _states(Counter({key: n for key, n in counted.items() if key[0] is mode})) for mode in Mode
        },
        "by_group": {
            group or "": _states(Counter({key: n for key, n in counted.items() if key[1] == group}))
            for group in sorted(groups, key=lambda one: one or "")
        },
    }


def watching(document: AttendanceDoc) -> int:
    """Return how many take part from elsewhere now."""
    total = document["total"]
    return total["connected"] + total["idle"]


def about(count: int) -> int | None:
    """Return the round number that the public is told, None for so few that none is said.

    Tens below a thousand, fifties above: always rounded down, so that it is never more than there are.
    """
    if count < FEWEST_TOLD:
        return None
    step = 10 if count < MANY else 50
    return count // step * step


def _states(counted: Counter[Head]) -> StatesDoc:
    by_state: Counter[State] = Counter()
    for (_, _, state), count in counted.items():
        by_state[state] += count
    return {
        "expected": by_state.total(),
        "absent": by_state[State.ABSENT],
        "hall": by_state[State.HALL],
        "connected": by_state[State.CONNECTED],
        "idle": by_state[State.IDLE],
        "left": by_state[State.LEFT],
    }
