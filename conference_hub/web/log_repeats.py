"""A traceback that repeats is written a few times a minute and then only counted, so it cannot fill a disk."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType

from prometheus_client import Counter

PERIOD_S = 60.0
TRACEBACKS_PER_PERIOD = 5
MAX_KINDS = 500

SUPPRESSED = Counter("hub_log_tracebacks_suppressed", "Tracebacks left out of the log as repetitions")

Kind = tuple[str, type[BaseException], str, int]


@dataclass
class _Seen:
    since: float
    count: int = 0


class RepeatedTracebacks(logging.Filter):
    """Let five tracebacks of a kind through each minute, and of the others a line at the 10th, 100th, 1,000th.

    A kind is a logger, an exception's type and the place where it was raised. Lines without a traceback pass.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._seen: dict[Kind, _Seen] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether the record is written; a repetition that is loses its traceback and says its count."""
        kind = _kind(record)
        if kind is None:
            return True
        count = self._count(kind)
        if count <= TRACEBACKS_PER_PERIOD:
            return True
        SUPPRESSED.inc()
        record.exc_info = record.exc_text = None
        record.__dict__ |= {"repeated": count, "exception_type": kind[1].__name__}
        return _is_power_of_ten(count)

    def _count(self, kind: Kind) -> int:
        now = self._clock()
        seen = self._seen.get(kind)
        if seen is None or now - seen.since >= PERIOD_S:
            if len(self._seen) >= MAX_KINDS:
                self._seen.pop(next(iter(self._seen)))
            seen = self._seen[kind] = _Seen(since=now)
        seen.count += 1
        return seen.count


def _kind(record: logging.LogRecord) -> Kind | None:
    if not record.exc_info or record.exc_info[0] is None:
        return None
    exception, _, traceback = record.exc_info
    return record.name, exception, *_place(traceback)


def _place(traceback: TracebackType | None) -> tuple[str, int]:
    if traceback is None:
        return "", 0
    while traceback.tb_next is not None:
        traceback = traceback.tb_next
    return traceback.tb_frame.f_code.co_filename, traceback.tb_lineno


def _is_power_of_ten(count: int) -> bool:
    return str(count).strip("0") == "1"
