"""Follow-up sessions into which a late day runs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from conference_hub.agenda.model import CueId, LaneId
from conference_hub.agenda.projection import CueProjection, LaneProjection, RunProjection
from conference_hub.followup.model import OnlineSession, SessionStatus
from conference_hub.followup.overtaken import Overtaken, overtaken
from tests.judges.calendar_samples import SCHEDULED

NOON = datetime(2021, 12, 6, 3, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def day(late: timedelta, *, started: bool = True, over: bool = False) -> RunProjection:
    """A day that was planned to end at noon, and ends so much later."""
    start, finish = NOON - timedelta(hours=1), NOON + late
    cue = CueProjection(
        cue_id=CueId("cue"),
        planned_start=start,
        planned_end=NOON,
        started_at=start if started else None,
        ended_at=finish if over else None,
        projected_start=start,
        projected_end=finish,
    )
    lane = LaneProjection(
        cues=(cue,), ends_at=None, remaining=None, planned_finish=NOON, projected_finish=finish, drift=late
    )
    return RunProjection(
        lanes={LaneId("hall"): lane}, planned_finish=NOON, projected_finish=finish, drift=late
    )


def session(after_noon: timedelta, **changes: object) -> OnlineSession:
    starts_at = NOON + after_noon
    one = replace(SCHEDULED, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))
    return replace(one, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("late_min", "start_min", "later_min"), [(12, 10, 5), (15, 10, 5), (16, 10, 10), (40, 0, 40), (41, 0, 45)]
)
def test_session_is_offered_the_next_five_minutes_after_the_day(
    late_min: int, start_min: int, later_min: int
) -> None:
    held = session(start_min * MINUTE)

    found = overtaken(day(late_min * MINUTE), [held], NOON)

    expected = Overtaken(session=held, finish=NOON + late_min * MINUTE, later=later_min * MINUTE)
    if start_min:
        assert found == [expected]
        assert found[0].later_min == later_min
    else:  # it begins now: nobody can move it any more
        assert found == []
        assert overtaken(day(late_min * MINUTE), [held], NOON - MINUTE) == [expected]


def test_day_that_ends_in_time_runs_into_nothing() -> None:
    assert overtaken(day(10 * MINUTE), [session(10 * MINUTE)], NOON) == []
    assert overtaken(day(timedelta(0)), [session(timedelta(0))], NOON - MINUTE) == []


@pytest.mark.parametrize("status", [SessionStatus.DRAFT, SessionStatus.CANCELLED])
def test_sessions_that_do_not_take_place_are_left_out(status: SessionStatus) -> None:
    assert overtaken(day(30 * MINUTE), [session(10 * MINUTE, status=status)], NOON) == []


def test_session_that_was_planned_beside_the_day_is_left_out() -> None:
    assert overtaken(day(30 * MINUTE), [session(-10 * MINUTE)], NOON - timedelta(hours=1)) == []


def test_day_that_has_not_begun_or_is_over_runs_into_nothing() -> None:
    held = session(10 * MINUTE)
    assert overtaken(day(30 * MINUTE, started=False), [held], NOON) == []
    assert overtaken(day(30 * MINUTE, over=True), [held], NOON) == []
