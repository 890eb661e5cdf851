"""When personal data are due to be erased, and when nobody may erase them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from conference_hub.conferences.model import Conference, State
from conference_hub.conferences.retention import is_due, refusal
from conference_hub.core.text import Text

HELD = Conference(
    slug="forum",
    title=Text.of("포럼"),
    host=Text.of("학회"),
    venue=Text.of("회의장"),
    timezone="Asia/Seoul",
    starts_at=datetime(2026, 12, 2, 0, tzinfo=UTC),
    ends_at=datetime(2026, 12, 2, 9, tzinfo=UTC),
    accent="#204060",
    channels=(),
    state=State.OVER,
    purge_on=date(2027, 6, 2),
)
LAST_MOMENT = datetime(2027, 6, 2, 14, 59, 59, tzinfo=UTC)
"""Midnight in Seoul is one second later."""
NEXT_DAY = LAST_MOMENT + timedelta(seconds=1)


@pytest.mark.parametrize(
    ("conference", "now", "expected"),
    [
        (HELD, LAST_MOMENT, False),
        (HELD, NEXT_DAY, True),
        (replace(HELD, timezone="America/New_York"), NEXT_DAY, False),
        (replace(HELD, purge_on=None), NEXT_DAY, False),
        (replace(HELD, purge_on=date(2026, 12, 1)), HELD.ends_at, False),
    ],
)
def test_data_are_due_when_their_last_day_is_over_there(
    conference: Conference, now: datetime, *, expected: bool
) -> None:
    assert is_due(conference, now) is expected


@pytest.mark.parametrize("state", list(State))
def test_due_data_are_erased_in_every_state(state: State) -> None:
    assert refusal(HELD, state, NEXT_DAY, early=False) is None


@pytest.mark.parametrize(
    ("state", "early", "code"),
    [
        (State.OVER, False, "not_due"),
        (State.OVER, True, None),
        (State.ARCHIVED, True, None),
        (State.DRAFT, True, None),
        (State.READY, True, "wrong_state"),
        (State.LIVE, True, "wrong_state"),
        (State.LIVE, False, "wrong_state"),
    ],
)
def test_before_their_day_only_what_nobody_uses_is_erased(
    state: State, *, early: bool, code: str | None
) -> None:
    found = refusal(HELD, state, LAST_MOMENT, early=early)

    assert (found.code if found else None) == code
