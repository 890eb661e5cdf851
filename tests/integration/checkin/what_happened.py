"""What happened at the doors, told by itself: who passed, was told something or turned away, by the true time.

It knows nothing of the product: where everybody must be, how they must be answered, and what people must hear of is
read off the passages.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import Enum, auto

SEOUL = timedelta(hours=9)
MORNING = timedelta(hours=4)
"""When a day has ended for whoever was not seen to go out."""
ANY_SKEW = timedelta(hours=24)
AHEAD = timedelta(seconds=10)
KEPT = timedelta(hours=72)


class Did(Enum):
    """What came of somebody at a door."""

    PASSED = auto()
    TOLD_INSIDE = auto()
    """The hub said that they were inside already, or had been counted."""
    TOLD_OUTSIDE = auto()
    """The hub said that they had not come in: they went out all the same."""
    SENT_AWAY = auto()
    """A device turned them away by itself."""
    WAITS = auto()
    """A device decided by itself, nobody knows when: until people believe it, nothing happened."""
    NOTHING = auto()


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What holds at a point; people come in once, or again after they went out, counted anew each day if `daily`.

    At a `door` nobody is inside for longer than the day. `windows` are its opening times, in their order.
    """

    windows: tuple[tuple[datetime, datetime], ...]
    once: bool
    daily: bool
    door: bool = True

    def open(self, at: datetime) -> bool:
        """Return whether people may come in `at`."""
        return any(opens <= at <= closes for opens, closes in self.windows)

    def shut(self, at: datetime) -> str:
        """Return what somebody is told who comes while it is not open."""
        return "not_yet_open" if any(at < opens for opens, _ in self.windows) else "closed"

    def day(self, at: datetime) -> date | None:
        """Return the day to which something belongs; None where days are not told apart."""
        opened = [opens for opens, _ in self.windows if opens <= at] or [self.windows[0][0]]
        return (opened[-1] + SEOUL).date() if self.daily else None

    def ends(self, at: datetime) -> datetime:
        """Return when the day ends on which somebody was inside `at`."""
        there = at + SEOUL - MORNING
        return there.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1) + MORNING - SEOUL


@dataclass(frozen=True, kw_only=True)
class Passage:
    """Somebody at a point `at` a time that is believed; `machine` stood there, and decided `by_itself` or asked.

    `claimed` is what its clock said, `good` whether the badge was good at that time, `open` whether the point was.
    `knowingly`: they were let in although they were known to be inside. `guest` is None for a badge of nobody.
    """

    scan: str
    guest: int | None
    machine: str
    gate: str
    at: datetime
    claimed: datetime
    out: bool
    did: Did
    by_itself: bool
    good: bool
    open: bool = True
    knowingly: bool = False


@dataclass(kw_only=True)
class Visit:
    """One stay: who came in, who was told meanwhile that they had, and when it was over: by an exit or the clock."""

    day: date | None
    entries: list[Passage]
    told: list[Passage] = field(default_factory=list)
    over: datetime | None = None

    @property
    def began(self) -> datetime:
        """When the person was first seen at the door for this stay."""
        return min(one.at for one in (*self.entries, *self.told))

    def holds(self, at: datetime) -> bool:
        """Return whether the person was inside `at`."""
        return self.began <= at and (self.over is None or at < self.over)


@dataclass(kw_only=True)
class Story:
    """One person at one point: their visits, and who told them at the end that they were inside when they were not."""

    rules: Rules
    visits: list[Visit]
    told_wrongly: list[Passage]

    @property
    def where(self) -> tuple[bool, datetime] | None:
        """Whether the person is inside, and since when; None: they never came."""
        if not self.visits:
            return None
        last = self.visits[-1]
        return (False, last.over) if last.over else (True, last.began)

    @property
    def days(self) -> set[date | None]:
        """The days on which they came."""
        return {visit.day for visit in self.visits}

    def inside(self, at: datetime) -> bool:
        """Return whether the person was inside `at`, and not since another day."""
        return any(visit.holds(at) for visit in self.visits if visit.day == self.rules.day(at))

    def had_come(self, at: datetime) -> bool:
        """Return whether the person was inside `at`, or had been there where people come in once."""
        if not self.rules.once:
            return self.inside(at)
        return any(visit.began <= at for visit in self.visits if visit.day == self.rules.day(at))


def story_of(passages: Iterable[Passage], rules: Rules, now: datetime) -> Story:
    """Tell what one person did at one point until `now`, whatever the order in which it became known."""
    visits: list[Visit] = []
    told: list[Passage] = []
    gone = False
    today: date | None = None
    for one in sorted(passages, key=lambda passage: (passage.at, passage.claimed)):
        if one.did not in {Did.PASSED, Did.TOLD_INSIDE, Did.TOLD_OUTSIDE}:
            continue
        if rules.day(one.at) != today:
            today, told, gone = rules.day(one.at), [], False
        _clock(visits, rules, one.at)
        inside = bool(visits) and visits[-1].over is None and visits[-1].day == today
        if one.out:
            if inside:
                visits[-1].over = one.at
            told, gone = [], True
        elif one.did is Did.TOLD_INSIDE:
            (visits[-1].told if inside else told).append(one)
        elif inside:
            visits[-1].entries.append(one)
        else:
            visits.append(Visit(day=today, entries=[one], told=told))
            told = []
    _clock(visits, rules, now)
    story = Story(rules=rules, visits=visits, told_wrongly=[])
    story.told_wrongly = [one for one in told if gone and not story.had_come(one.at)]
    return story


def _clock(visits: list[Visit], rules: Rules, now: datetime) -> None:
    """Let the clock end visits at a door that counts days anew."""
    for visit in visits if rules.daily and rules.door else ():
        if visit.over is None and rules.ends(visit.began) <= now:
            visit.over = rules.ends(visit.began)


def answer_to(
    asked: Passage, story: Story, over: Collection[str] = (), *, noted: bool = False
) -> tuple[str, list[str]]:
    """Return what somebody must be answered who is asked about, and which refusals in `over` were overruled."""
    against = [] if asked.good else ["revoked"]
    if asked.out:
        against += [] if story.inside(asked.at) else ["not_inside"]
    else:
        already = "already_inside" if story.rules.door else "already_counted"
        against += [already] if story.had_come(asked.at) else []
        against += [] if asked.open else [story.rules.shut(asked.at)]
    overruled: list[str] = []
    for refusal in against:
        if refusal not in over or refusal == "not_inside" or (refusal == "revoked" and not noted):
            return refusal, overruled
        overruled.append(refusal)
    return "left" if asked.out else "admitted", overruled


def believed_at(made: datetime, fast: timedelta, arrived: datetime) -> datetime:
    """Return when a scan counts as made that `arrived` from a clock that was `fast`; wild clocks are not set right."""
    return min(made + (fast if abs(fast) > ANY_SKEW else timedelta(0)), arrived)


def is_doubted(made: datetime, fast: timedelta, arrived: datetime, paired: datetime) -> bool:
    """Return whether nobody knows when a scan was made that `arrived` from a device that is there since `paired`."""
    said = made + (fast if abs(fast) > ANY_SKEW else timedelta(0))
    return said > arrived + AHEAD or said < paired or said < arrived - KEPT


def surplus_of(story: Story) -> dict[str, str]:
    """Return the entries before which another machine had let the person in, with that entry: of a visit, or a day."""
    groups = [visit.entries for visit in story.visits]
    if story.rules.once:
        days = dict.fromkeys(visit.day for visit in story.visits)
        groups = [
            [one for visit in story.visits if visit.day == day for one in visit.entries] for day in days
        ]
    found: dict[str, str] = {}
    for entries in groups:
        for number, one in enumerate(entries):
            before = [other for other in entries[:number] if other.machine != one.machine]
            if before and not one.knowingly:
                found[one.scan] = before[0].scan
    return found


def conflicts_of(passages: Sequence[Passage], story: Story) -> set[tuple[str, str, str | None]]:
    """Return what people must hear of one person at one point: kind, scan, and the scan that it contradicts."""
    found: set[tuple[str, str, str | None]] = {
        ("double", scan, other) for scan, other in surplus_of(story).items()
    }
    found |= {("quarantined", one.scan, None) for one in passages if one.did is Did.WAITS}
    let_in = [one for one in passages if one.did is Did.PASSED]
    alone = [one for one in let_in if one.by_itself]
    found |= {("revoked", one.scan, None) for one in alone if not one.good}
    found |= {("closed", one.scan, None) for one in alone if one.good and not one.open and not one.out}
    away = [one for one in passages if one.did is Did.SENT_AWAY and one.good and one.open and not one.out]
    away = [one for one in away if not story.had_come(one.at)]
    waiting = [
        one
        for one in (*away, *story.told_wrongly)
        if not any(entry.at >= one.at for entry in let_in if not entry.out)
    ]
    if waiting:
        first = min(waiting, key=lambda one: (one.at, one.scan))
        found.add(("turned_away", first.scan, None))
    return found


def resting_on(passage: Passage, passages: Sequence[Passage], story: Story) -> set[str] | None:
    """Return which passages are undone with one that somebody takes back; None: something rests on it."""
    if passage.out:
        if any(visit.entries[0].at > passage.at for visit in story.visits):
            return None
        later = (one for one in passages if one.did is Did.TOLD_OUTSIDE and one.at > passage.at)
        return {passage.scan, *(one.scan for one in later)}
    visit = next(visit for visit in story.visits if passage in visit.entries)
    if len(visit.entries) > 1:
        return {passage.scan}
    return None if visit.over else {passage.scan, *(one.scan for one in visit.told)}
