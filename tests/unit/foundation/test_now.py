"""Reading and writing instants and spans."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from conference_hub.core.now import iso, parse_iso, seconds_of


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2021-12-02T09:20:00+09:00", datetime(2021, 12, 2, 0, 20, tzinfo=UTC)),
        ("1900-01-01T00:00:00Z", datetime(1900, 1, 1, tzinfo=UTC)),
        ("2999-12-31T23:59:59Z", datetime(2999, 12, 31, 23, 59, 59, tzinfo=UTC)),
        ("3000-01-01T05:00:00+09:00", datetime(2999, 12, 31, 20, 0, tzinfo=UTC)),
    ],
)
def test_instant_is_read_into_utc_and_written_so_that_it_is_read_again(text: str, instant: datetime) -> None:
    assert parse_iso(text) == instant
    assert parse_iso(iso(instant)) == instant


@pytest.mark.parametrize(
    "text",
    [
        "2021-12-02T09:20:00",
        "1900-01-01T00:00:00+23:59",
        "2999-12-31T23:59:59-12:00",
        "0001-01-01T00:00:00+09:00",
        "9999-12-31T23:59:59-09:00",
        "tomorrow",
        "",
    ],
)
def test_instant_without_an_offset_or_out_of_range_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"instant|Invalid isoformat"):
        parse_iso(text)


@pytest.mark.parametrize(("ms", "seconds"), [(600_000, "600"), (600_500, "600.5"), (-1_000, "-1")])
def test_whole_seconds_are_written_without_a_fraction(ms: int, seconds: str) -> None:
    assert str(seconds_of(timedelta(milliseconds=ms))) == seconds
