"""A traceback that repeats is written a few times, then only counted."""

from __future__ import annotations

import logging
import sys

from conference_hub.web.log_repeats import MAX_KINDS, PERIOD_S, RepeatedTracebacks


def failed(logger: str = "hub", *, with_traceback: bool = True) -> logging.LogRecord:
    exc_info = None
    try:
        int("seven")
    except ValueError:
        exc_info = sys.exc_info()
    return logging.LogRecord(
        logger, logging.ERROR, __file__, 1, "failed", (), exc_info if with_traceback else None
    )


def written(repeats: RepeatedTracebacks, records: list[logging.LogRecord]) -> list[tuple[bool, int | None]]:
    """Return `(with traceback, count)` of those written."""
    return [
        (record.exc_info is not None, record.__dict__.get("repeated"))
        for record in records
        if repeats.filter(record)
    ]


def test_five_tracebacks_are_written_then_powers_of_ten_without_them() -> None:
    repeats = RepeatedTracebacks(lambda: 0.0)

    assert written(repeats, [failed() for _ in range(1500)]) == [(True, None)] * 5 + [
        (False, 10),
        (False, 100),
        (False, 1000),
    ]


def test_another_minute_and_another_logger_begin_anew() -> None:
    now = [0.0]
    repeats = RepeatedTracebacks(lambda: now[0])
    written(repeats, [failed() for _ in range(7)])

    assert written(repeats, [failed("other")]) == [(True, None)]
    now[0] = PERIOD_S
    assert written(repeats, [failed()]) == [(True, None)]


def test_lines_without_a_traceback_are_all_written() -> None:
    repeats = RepeatedTracebacks(lambda: 0.0)

    assert len(written(repeats, [failed(with_traceback=False) for _ in range(50)])) == 50


def test_oldest_kinds_are_forgotten_beyond_the_bound() -> None:
    repeats = RepeatedTracebacks(lambda: 0.0)
    written(repeats, [failed(str(n)) for n in range(MAX_KINDS + 10)])

    assert len(repeats._seen) == MAX_KINDS
