"""Where the bars of the report's chart lie: planned above actual, from 0 to `WIDTH`.

A lane that pauses for hours, overnight above all, has a chart for each of its stretches.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from conference_hub.agenda.lane_run import ZERO
from conference_hub.agenda.model import CueId
from conference_hub.report.model import CueLine

WIDTH = 1000
PAUSE = timedelta(hours=4)
"""A planned pause from which a new stretch begins."""
MOST_TICKS = 12
STEPS = tuple(timedelta(minutes=each) for each in (1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440))


@dataclass(frozen=True, kw_only=True)
class Span:
    """A piece of the width."""

    x: float
    width: float


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A cue: as planned, as it ran (None: it never did), and what of that is longer than planned (None: nothing)."""

    cue_id: CueId
    planned: Span
    actual: Span | None
    over: Span | None


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A stretch of a lane: when its plan begins, the times along its width, and its bars."""

    begins_at: datetime
    ticks: tuple[tuple[float, datetime], ...]
    bars: tuple[Bar, ...]


def charts(lines: Iterable[CueLine], zone: ZoneInfo) -> tuple[Chart, ...]:
    """Return the charts of a lane, in order; the times along them are whole steps of the zone's clock."""
    return tuple(_chart(stretch, zone) for stretch in _stretches(lines))


def _stretches(lines: Iterable[CueLine]) -> Iterator[list[CueLine]]:
    stretch: list[CueLine] = []
    for line in sorted(lines, key=lambda line: line.planned_start):
        if stretch and line.planned_start - max(one.planned_end for one in stretch) >= PAUSE:
            yield stretch
            stretch = []
        stretch.append(line)
    if stretch:
        yield stretch


def _chart(stretch: Sequence[CueLine], zone: ZoneInfo) -> Chart:
    shift = stretch[0].shift
    starts = [line.started_at - shift for line in stretch if line.started_at is not None]
    ends = [line.until - shift for line in stretch if line.until is not None]
    first = min([*(line.planned_start for line in stretch), *starts])
    last = max([*(line.planned_end for line in stretch), *ends])
    scale = WIDTH / (last - first).total_seconds()

    def place(at: datetime) -> float:
        return round((at - first).total_seconds() * scale, 2)

    def span(begins: datetime, length: timedelta) -> Span:
        return Span(x=place(begins), width=round(length.total_seconds() * scale, 2))

    def bar(line: CueLine) -> Bar:
        planned = span(line.planned_start, line.planned)
        if line.started_at is None or line.length is None:
            return Bar(cue_id=line.cue_id, planned=planned, actual=None, over=None)
        begun, over = line.started_at - shift, line.length - line.planned
        late = span(begun + line.planned, over) if over > ZERO else None
        return Bar(cue_id=line.cue_id, planned=planned, actual=span(begun, line.length), over=late)

    return Chart(
        begins_at=first,
        ticks=tuple((place(at), at) for at in _ticks(first, last, zone)),
        bars=tuple(bar(line) for line in stretch),
    )


def _ticks(first: datetime, last: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    step = next((one for one in STEPS if (last - first) / one <= MOST_TICKS), STEPS[-1])
    local = first.astimezone(zone)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    at = first - (local - midnight) % step
    while at <= last:
        if at >= first:
            yield at
        at += step
