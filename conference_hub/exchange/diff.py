"""What a file would change of a part: new, changed, moved, gone and the same records. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from conference_hub.exchange.columns import Record, flat

R = TypeVar("R", bound=Record)
R_co = TypeVar("R_co", bound=Record, covariant=True)


@dataclass(frozen=True, kw_only=True)
class Change(Generic[R_co]):
    """One record before and after: `before` is None for a new one, `after` for one that is gone.

    `row` is where the file states it (None: it does not), `path` the same in a JSON file. `moved` is whether it
    stands elsewhere among those that stay, in a part with an order.
    """

    before: R_co | None
    after: R_co | None
    row: int | None = None
    path: str = ""
    moved: bool = False

    @property
    def record(self) -> R_co:
        """The record as it will be, or as it was when it is gone."""
        found = self.after if self.after is not None else self.before
        assert found is not None  # noqa: S101 - one of the two is there
        return found

    @cached_property
    def kind(self) -> str:
        """`new`, `changed`, `moved`, `gone` or `same`."""
        if self.before is None:
            return "new"
        if self.after is None:
            return "gone"
        if self.before != self.after:
            return "changed"
        return "moved" if self.moved else "same"


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One value that changes: its path (`Column.path`), and the value before and after."""

    path: str
    before: Any
    after: Any


@dataclass(frozen=True, kw_only=True)
class Changes(Generic[R]):
    """All records of a part: those that will be there, in their order, then those that are gone."""

    all: tuple[Change[R], ...]

    @property
    def after(self) -> list[R]:
        """The records as they will be, in their order."""
        return [one.after for one in self.all if one.after is not None]

    @property
    def gone(self) -> list[R]:
        """The records that are to be removed."""
        return [one.before for one in self.all if one.before is not None and one.after is None]

    @property
    def staying(self) -> list[Change[R]]:
        """Those that are new or stay, in their order."""
        return [one for one in self.all if one.after is not None]

    @property
    def any(self) -> bool:
        """Return whether anything changes."""
        return any(one.kind != "same" for one in self.all)

    @property
    def differing(self) -> list[Change[R]]:
        """Those that change anything."""
        return [one for one in self.all if one.kind != "same"]

    def of(self, kind: str) -> list[Change[R]]:
        """Return the changes of one kind (`Change.kind`)."""
        return [one for one in self.all if one.kind == kind]


def differences(change: Change[Any]) -> list[Difference]:
    """Return the values that a change gives, by path, in the order of the columns."""
    before = flat(change.before) if change.before is not None else {}
    after = flat(change.after) if change.after is not None else {}
    return [
        Difference(path=path, before=before.get(path), after=after.get(path))
        for path in dict.fromkeys((*before, *after))
        if before.get(path) != after.get(path)
    ]


def moved_of(places: Sequence[int]) -> set[int]:
    """Return which of the `places` (former places in their new order) moved: as few as explain the order."""
    staying = _longest_rising(places)
    return set(places) - staying


def _longest_rising(places: Sequence[int]) -> set[int]:
    tails: list[int] = []
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for place in places:
        at = bisect_left(tails, place)
        before[place] = ends[at - 1] if at else None
        tails[at : at + 1] = [place]
        ends[at : at + 1] = [place]
    found: set[int] = set()
    last = ends[-1] if ends else None
    while last is not None:
        found.add(last)
        last = before[last]
    return found
