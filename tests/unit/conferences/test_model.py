"""A conference is only what a page can show."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from conference_hub.conferences.model import Conference
from conference_hub.core.text import Text

START = datetime(2021, 12, 1, 22, 0, tzinfo=UTC)
CONFERENCE = Conference(
    slug="best-practice-2021",
    title=Text.of("콘퍼런스"),
    host=Text.of("고용노동부"),
    venue=Text.of("그랜드볼룸"),
    timezone="Asia/Seoul",
    starts_at=START,
    ends_at=START + timedelta(hours=1),
    accent="#1d4f91",
    channels=(),
)


@pytest.mark.parametrize(
    "wrong",
    [
        {"accent": "red"},
        {"accent": "#fff"},
        {"accent": "#1d4f91;}body{display:none"},
        {"slug": "../etc"},
        {"slug": ""},
        {"ends_at": START},
    ],
)
def test_conference_rejects_unusable_values(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="conference"):
        replace(CONFERENCE, **wrong)


def test_its_day_is_the_day_where_it_is_held() -> None:
    assert CONFERENCE.day == date(2021, 12, 2)
