"""In which order the awards of a cue may be called by rule, and how long they take."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from conference_hub.agenda.model import CueId
from conference_hub.awards.levels import Levels
from conference_hub.awards.model import Award
from conference_hub.core.text import Text

DIGITS = re.compile(r"(\d+)")


class Rule(StrEnum):
    """How a calling order is made; the value is what is sent."""

    LOWER_FIRST = "lower-first"
    HIGHER_FIRST = "higher-first"
    NUMBER = "number"
    ORGANISATION = "organisation"

    @property
    def label(self) -> Text:
        """What people read."""
        return _LABELS[self]


_LABELS = {
    Rule.LOWER_FIRST: Text(ko="낮은 훈격부터", en="Lower levels first"),
    Rule.HIGHER_FIRST: Text(ko="높은 훈격부터", en="Higher levels first"),
    Rule.NUMBER: Text(ko="번호순", en="By number"),
    Rule.ORGANISATION: Text(ko="소속 가나다순", en="By organisation"),
}


@dataclass(frozen=True, kw_only=True)
class Load:
    """How long the awards of a cue take: how many there are at each pace, the longest first, in seconds."""

    paces: tuple[tuple[int, int], ...]

    @property
    def count(self) -> int:
        """How many awards there are."""
        return sum(count for count, _ in self.paces)

    @property
    def seconds(self) -> int:
        """How long all of them take."""
        return sum(count * pace_s for count, pace_s in self.paces)


def arranged(awards: Sequence[Award], levels: Levels, rule: Rule) -> list[Award]:
    """Return the awards of a cue, given in calling order, in the order of a rule; equal ones stay as they are.

    Those that are ready for their reveal or revealed keep their place.
    """
    key = _KEYS[rule]
    free = iter(sorted((one for one in awards if not one.state.is_fixed), key=lambda one: key(one, levels)))
    return [one if one.state.is_fixed else next(free) for one in awards]


def loads(awards: Iterable[Award], levels: Levels) -> dict[CueId, Load]:
    """Return how long the awards of each cue take."""
    found: dict[CueId, Counter[int]] = {}
    for award in awards:
        if award.placed:
            found.setdefault(award.cue_id, Counter())[levels[award.level_id].seconds_each] += 1
    return {cue: Load(paces=_paces(counted)) for cue, counted in found.items()}


def natural(number: str) -> tuple[tuple[int, int, str], ...]:
    """Return the sorting key of a number that may hold letters: 2 before 10, `A-2` before `A-10`."""
    parts = DIGITS.split(number)
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts if part)


def _paces(counted: Mapping[int, int]) -> tuple[tuple[int, int], ...]:
    return tuple((counted[pace_s], pace_s) for pace_s in sorted(counted, reverse=True))


_KEYS: Mapping[Rule, Callable[[Award, Levels], Any]] = {
    Rule.LOWER_FIRST: lambda award, levels: -levels[award.level_id].rank,
    Rule.HIGHER_FIRST: lambda award, levels: levels[award.level_id].rank,
    Rule.NUMBER: lambda award, _: natural(award.number),
    Rule.ORGANISATION: lambda award, _: (award.organisation is None, award.organisation or ""),
}
