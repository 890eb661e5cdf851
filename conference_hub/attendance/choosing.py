"""What is shown of a list before it is taken: lines that are sure, and those of which somebody says who they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from conference_hub.attendance.host_lists import Match


@dataclass(frozen=True, kw_only=True)
class LinesByKind:
    """Lines that mean one guest, several, or none, and those that cannot be read; in the order of the list."""

    sure: list[Match] = field(default_factory=list)
    several: list[Match] = field(default_factory=list)
    nobody: list[Match] = field(default_factory=list)
    faults: list[Match] = field(default_factory=list)

    @classmethod
    def of(cls, found: Iterable[Match]) -> LinesByKind:
        """Return the lines of a list by what they mean."""
        lines = cls()
        for one in found:
            lines._kind(one).append(one)
        return lines

    @property
    def people(self) -> LinesByKind:
        """The first line of each person."""
        return LinesByKind(
            sure=_first(self.sure),
            several=_first(self.several),
            nobody=_first(self.nobody),
            faults=self.faults,
        )

    @property
    def takeable(self) -> bool:
        """Whether any line can be taken, surely or once somebody says who it is."""
        return bool(self.sure or self.several or self.nobody)

    def _kind(self, match: Match) -> list[Match]:
        if match.listed.fault:
            return self.faults
        if match.sure:
            return self.sure
        return self.several if match.guests else self.nobody


def _first(matches: Sequence[Match]) -> list[Match]:
    return list({one.listed.person: one for one in reversed(matches)}.values())[::-1]
