"""Where the bars of the report's chart lie."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from conference_hub.agenda.lane_run import ZERO
from conference_hub.agenda.model import CueId
from conference_hub.report.chart import Bar, Chart, Span, charts
from conference_hub.report.model import CueLine

SEOUL = ZoneInfo("Asia/Seoul")
ELEVEN_AT_NIGHT = datetime(2026, 11, 5, 14, 0, tzinfo=UTC)
"""23:00 in Seoul."""
HOUR = timedelta(hours=1)


def line(
    number: int,
    start: timedelta,
    length: timedelta,
    *,
    ran: tuple[timedelta, timedelta] | None = None,
    shift: timedelta = ZERO,
) -> CueLine:
    """Return a cue; all times are since eleven at night."""
    return CueLine(
        cue_id=CueId(f"cue-{number}"),
        planned_start=ELEVEN_AT_NIGHT + start,
        planned=length,
        started_at=ELEVEN_AT_NIGHT + ran[0] if ran else None,
        until=ELEVEN_AT_NIGHT + ran[1] if ran else None,
        on_air=False,
        skipped=False,
        extension=ZERO,
        held=ZERO,
        shift=shift,
    )


def test_a_lane_over_midnight_is_one_chart() -> None:
    lines = [
        line(1, ZERO, HOUR, ran=(ZERO, 1.5 * HOUR)),
        line(2, HOUR, HOUR, ran=(1.5 * HOUR, 2.5 * HOUR)),
        line(3, 2 * HOUR, HOUR / 2),
    ]

    (chart,) = charts(lines, SEOUL)

    assert chart.begins_at == ELEVEN_AT_NIGHT
    assert chart.bars == (
        Bar(
            cue_id=CueId("cue-1"),
            planned=Span(x=0, width=400),
            actual=Span(x=0, width=600),
            over=Span(x=400, width=200),
        ),
        Bar(
            cue_id=CueId("cue-2"),
            planned=Span(x=400, width=400),
            actual=Span(x=600, width=400),
            over=None,
        ),
        Bar(cue_id=CueId("cue-3"), planned=Span(x=800, width=200), actual=None, over=None),
    )
    times = [at.astimezone(SEOUL).strftime("%H:%M") for _x, at in chart.ticks]
    assert times == [
        "23:00",
        "23:15",
        "23:30",
        "23:45",
        "00:00",
        "00:15",
        "00:30",
        "00:45",
        "01:00",
        "01:15",
        "01:30",
    ]


def test_each_day_has_its_chart() -> None:
    lines = [line(1, ZERO, HOUR), line(2, 10 * HOUR, HOUR), line(3, 11 * HOUR, HOUR)]

    found = charts(lines, SEOUL)

    assert [[bar.cue_id for bar in chart.bars] for chart in found] == [["cue-1"], ["cue-2", "cue-3"]]
    assert [chart.begins_at for chart in found] == [ELEVEN_AT_NIGHT, ELEVEN_AT_NIGHT + 10 * HOUR]


def test_a_rehearsal_lies_below_the_times_of_its_plan() -> None:
    days = timedelta(days=-9)
    (chart,) = charts([line(1, ZERO, HOUR, ran=(days, days + HOUR), shift=days)], SEOUL)

    assert chart == Chart(
        begins_at=ELEVEN_AT_NIGHT,
        ticks=chart.ticks,
        bars=(
            Bar(
                cue_id=CueId("cue-1"),
                planned=Span(x=0, width=1000),
                actual=Span(x=0, width=1000),
                over=None,
            ),
        ),
    )


def test_times_are_whole_steps_of_the_zones_clock() -> None:
    begins = timedelta(minutes=7)
    (chart,) = charts([line(1, begins, HOUR)], SEOUL)
    assert [at.astimezone(SEOUL).minute for _x, at in chart.ticks] == [*range(10, 60, 5), 0, 5]


def test_a_lane_without_cues_has_no_chart() -> None:
    assert charts([], SEOUL) == ()
