"""The states of a conference, and the days of a clone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conference_hub.conferences.lifecycle import (
    Change,
    clone_shift,
    danger,
    default_purge,
    moved,
    next_states,
    stage,
    suggested_day,
    suggested_slug,
)
from conference_hub.conferences.model import SLUG, State
from conference_hub.web.readiness import RunProgress

NO_RUN = RunProgress(lanes=2)
ON_AIR = RunProgress(lanes=2, started=2, finished=1)
FINISHED = RunProgress(lanes=2, started=2, finished=2)
DAYS = st.dates(min_value=date(1971, 1, 1), max_value=date(2900, 1, 1))


@pytest.mark.parametrize(
    ("state", "run", "expected"),
    [
        (State.DRAFT, ON_AIR, State.DRAFT),
        (State.READY, NO_RUN, State.READY),
        (State.READY, ON_AIR, State.LIVE),
        (State.READY, FINISHED, State.OVER),
        (State.LIVE, NO_RUN, State.LIVE),
        (State.LIVE, FINISHED, State.OVER),
        (State.OVER, ON_AIR, State.OVER),
        (State.ARCHIVED, ON_AIR, State.ARCHIVED),
    ],
)
def test_the_live_run_moves_a_published_conference_on(
    state: State, run: RunProgress, expected: State
) -> None:
    assert stage(state, run) is expected


def test_an_undone_start_is_an_undone_going_live() -> None:
    assert (stage(State.READY, ON_AIR), stage(State.READY, NO_RUN)) == (State.LIVE, State.READY)


@pytest.mark.parametrize(
    ("state", "run", "expected"),
    [
        (State.DRAFT, NO_RUN, (State.READY, State.ARCHIVED)),
        (State.READY, NO_RUN, (State.LIVE, State.DRAFT, State.OVER)),
        (State.READY, ON_AIR, (State.OVER,)),
        (State.READY, FINISHED, (State.ARCHIVED,)),
        (State.LIVE, NO_RUN, (State.OVER, State.READY)),
        (State.LIVE, ON_AIR, (State.OVER,)),
        (State.OVER, NO_RUN, (State.ARCHIVED, State.READY)),
        (State.ARCHIVED, NO_RUN, ()),
    ],
)
def test_states_that_may_be_set_by_hand(state: State, run: RunProgress, expected: tuple[State, ...]) -> None:
    assert next_states(state, run) == expected


@pytest.mark.parametrize("change", Change)
def test_what_is_dangerous_asks_once_live(change: Change) -> None:
    always = change in {Change.UNPUBLISH, Change.DELETE}

    assert danger(State.LIVE, change) is not None
    assert (danger(State.READY, change) is not None) == always


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (date(2026, 12, 2), date(2027, 6, 2)),
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2027, 8, 30), date(2028, 2, 29)),
        (date(2026, 1, 15), date(2026, 7, 15)),
    ],
)
def test_personal_data_are_kept_half_a_year_by_default(last: date, expected: date) -> None:
    assert default_purge(last) == expected


@pytest.mark.parametrize(
    ("titles", "taken", "expected"),
    [
        (("우수 사례 콘퍼런스", "Best Practice Conference"), (), "best-practice-conference-2026"),
        (("AI 심포지엄 2026", ""), (), "ai-2026"),
        (("심포지엄", ""), (), "conference-2026"),
        (("심포지엄", ""), ("conference-2026", "conference-2026-2"), "conference-2026-3"),
        (("word " * 40,), (), "word-word-word-word-word-word-word-word-word-2026"),
        ((), (), "conference-2026"),
    ],
)
def test_a_slug_is_suggested_from_the_first_title_with_latin_letters(
    titles: tuple[str, ...], taken: tuple[str, ...], expected: str
) -> None:
    assert suggested_slug(titles, 2026, taken) == expected


@given(titles=st.lists(st.text(max_size=200), max_size=3), year=st.integers(1900, 2999))
def test_any_title_gives_a_slug_that_a_conference_may_have(titles: list[str], year: int) -> None:
    assert SLUG.fullmatch(suggested_slug(titles, year))


@given(before=DAYS, earliest=DAYS)
def test_the_day_that_is_suggested_for_a_clone_keeps_its_weekday(before: date, earliest: date) -> None:
    day = suggested_day(before, earliest)

    assert (day.weekday(), day > before, day >= earliest) == (before.weekday(), True, True)


def test_a_clone_keeps_the_time_of_day_over_a_change_of_the_clock() -> None:
    summer = datetime(2026, 7, 1, 7, 0, tzinfo=UTC)  # 09:00 in Berlin
    days = clone_shift(date(2026, 7, 1), date(2026, 12, 2))

    assert days == timedelta(days=154)
    assert moved(summer, days, "Europe/Berlin") == datetime(2026, 12, 2, 8, 0, tzinfo=UTC)
