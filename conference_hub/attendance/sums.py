"""What attendance comes to: how many took part and for how long, of all, by way of taking part and by group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from conference_hub.people.model import GroupId, Guest, Mode


@dataclass(frozen=True, kw_only=True)
class Sum:
    """How many are on the list, how many of them took part for a minute at least, and the minutes of all."""

    listed: int = 0
    attended: int = 0
    minutes: int = 0

    @property
    def mean(self) -> int:
        """The minutes of one who took part, on average and rounded; 0 where nobody did."""
        return round(self.minutes / self.attended) if self.attended else 0

    def plus(self, minutes: int) -> Sum:
        """Return the sum with one more guest who took part for so many minutes."""
        return Sum(
            listed=self.listed + 1,
            attended=self.attended + (minutes > 0),
            minutes=self.minutes + minutes,
        )


@dataclass(frozen=True, kw_only=True)
class Sums:
    """The sums of a conference; nobody is listed of the modes and groups that are missing, None: of no group."""

    total: Sum = Sum()
    by_mode: Mapping[Mode, Sum] = field(default_factory=dict)
    by_group: Mapping[GroupId | None, Sum] = field(default_factory=dict)


def sums_of(guests: Iterable[tuple[Guest, int]]) -> Sums:
    """Return the sums of guests, each with the minutes that they took part."""
    total, by_mode, by_group = Sum(), dict[Mode, Sum](), dict[GroupId | None, Sum]()
    for guest, minutes in guests:
        total = total.plus(minutes)
        by_mode[guest.mode] = by_mode.get(guest.mode, Sum()).plus(minutes)
        by_group[guest.group] = by_group.get(guest.group, Sum()).plus(minutes)
    return Sums(total=total, by_mode=by_mode, by_group=by_group)


def rows_of(sums: Sums, groups: Iterable[GroupId]) -> Iterator[tuple[Mode | GroupId | None, Sum]]:
    """Yield the sums of modes and then of groups in their order, those of no group last (None)."""
    yield from ((mode, sums.by_mode[mode]) for mode in Mode if mode in sums.by_mode)
    yield from ((group, sums.by_group[group]) for group in groups if group in sums.by_group)
    if None in sums.by_group:
        yield None, sums.by_group[None]
