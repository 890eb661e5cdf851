"""What happened at the doors, told by itself: who passed, was told something or turned away, by the true time.

It knows nothing of the product: where everybody must be and what people must hear of is read off the passages.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto


class Did(Enum):
    """What came of somebody at a door."""

    PASSED = auto()
    TOLD_INSIDE = auto()
    """The hub said that they were inside already."""
    TOLD_OUTSIDE = auto()
    """The hub said that they had not come in: they went out all the same."""
    SENT_AWAY = auto()
    """A device turned them away by itself."""
    NOTHING = auto()


@dataclass(frozen=True, kw_only=True)
class Passage:
    """Somebody at a door `at` a true time; `machine` is who stood there, and decided `by_itself` or asked the hub.

    `good`: the badge was good at that time. `guest` is None for a badge of nobody.
    """

    scan: str
    guest: int | None
    machine: str
    gate: str
    at: datetime
    out: bool
    did: Did
    by_itself: bool
    good: bool


@dataclass(kw_only=True)
class Visit:
    """One stay in the hall: who came in, who was told meanwhile that they had, and the way out."""

    entries: list[Passage]
    told: list[Passage] = field(default_factory=list)
    end: Passage | None = None

    @property
    def began(self) -> datetime:
        """When the person was first seen at the door for this stay."""
        return min(one.at for one in (*self.entries, *self.told))

    def holds(self, at: datetime) -> bool:
        """Return whether the person was inside `at`."""
        return self.began <= at and (self.end is None or at < self.end.at)


@dataclass(kw_only=True)
class Story:
    """One person's day: their visits, and who told them at the end that they were inside when they were not."""

    visits: list[Visit]
    told_wrongly: list[Passage]

    @property
    def where(self) -> tuple[bool, datetime] | None:
        """Whether the person is in the hall, and since when; None: they never came."""
        if not self.visits:
            return None
        last = self.visits[-1]
        return (False, last.end.at) if last.end else (True, last.began)

    @property
    def inside(self) -> bool:
        """Whether the person is in the hall."""
        return self.where is not None and self.where[0]


def story_of(passages: Iterable[Passage]) -> Story:
    """Tell the day of one person, whatever the order in which it became known."""
    visits: list[Visit] = []
    told: list[Passage] = []
    gone = False
    for one in sorted(passages, key=lambda passage: passage.at):
        inside = bool(visits) and visits[-1].end is None
        if one.out and one.did in {Did.PASSED, Did.TOLD_OUTSIDE}:
            if inside:
                visits[-1].end = one
            told, gone = [], True
        elif not one.out and one.did is Did.TOLD_INSIDE:
            (visits[-1].told if inside else told).append(one)
        elif not one.out and one.did is Did.PASSED:
            if inside:
                visits[-1].entries.append(one)
            else:
                visits.append(Visit(entries=[one], told=told))
                told = []
    return Story(visits=visits, told_wrongly=told if gone else [])


def surplus_of(story: Story) -> dict[str, str]:
    """Return the entries of a visit before which another machine had let the person in, with that entry."""
    found: dict[str, str] = {}
    for visit in story.visits:
        for number, one in enumerate(visit.entries):
            before = [other for other in visit.entries[:number] if other.machine != one.machine]
            if before:
                found[one.scan] = before[0].scan
    return found


def conflicts_of(passages: Sequence[Passage]) -> set[tuple[str, str, str | None]]:
    """Return what people must hear of one person: kind, scan, and the scan that it contradicts."""
    story = story_of(passages)
    found: set[tuple[str, str, str | None]] = {
        ("double", scan, other) for scan, other in surplus_of(story).items()
    }
    let_in = [one for one in passages if one.did is Did.PASSED]
    found |= {("revoked", one.scan, None) for one in let_in if one.by_itself and not one.good}
    away = [one for one in passages if one.did is Did.SENT_AWAY and one.good and not one.out]
    away = [one for one in away if not any(visit.holds(one.at) for visit in story.visits)]
    waiting = [
        one
        for one in (*away, *story.told_wrongly)
        if not any(entry.at >= one.at for entry in let_in if not entry.out)
    ]
    if waiting:
        first = min(waiting, key=lambda one: one.at)
        found.add(("turned_away", first.scan, None))
    return found


def resting_on(passage: Passage, passages: Sequence[Passage]) -> set[str] | None:
    """Return which passages are undone with one that somebody takes back; None: something rests on it."""
    story = story_of(passages)
    if passage.out:
        if any(visit.entries[0].at > passage.at for visit in story.visits):
            return None
        later = (one for one in passages if one.did is Did.TOLD_OUTSIDE and one.at > passage.at)
        return {passage.scan, *(one.scan for one in later)}
    visit = next(visit for visit in story.visits if passage in visit.entries)
    if len(visit.entries) > 1:
        return {passage.scan}
    return None if visit.end else {passage.scan, *(one.scan for one in visit.told)}
