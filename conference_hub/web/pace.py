"""How often one client may do what costs others something: so many times at once, then once in a while.

Nobody is locked out: who comes too often is told in how many seconds to come again. Counted where the other limits are
(`web/limits.py`).
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from limits.storage import Storage

from conference_hub.core.errors import HubError, TooMany, msg


@dataclass(frozen=True, kw_only=True)
class Pace:
    """`at_once` times are free, further ones come `every_s` apart; all are forgotten `window_s` after the first."""

    at_once: int
    every_s: int
    window_s: int

    def pause_after(self, times: int) -> int:
        """Return the seconds between the `times`-th time and the next one."""
        return 0 if times < self.at_once else self.every_s


@contextmanager
def in_pace(pace: Pace, counters: Storage, name: str) -> Iterator[None]:
    """Do something that is counted by `name`; what is refused does not count.

    Raises TooMany with the seconds to wait (`wait`) when it was done too often.
    """
    if wait_s := _count(pace, counters, name):
        raise TooMany(
            msg(
                "지금 이 인터넷 연결에서 요청이 몰려 있습니다. %(wait)d초 뒤에 다시 눌러 주세요. "
                "적은 내용은 그대로 있습니다."
            ),
            wait=wait_s,
        )
    try:
        yield
    except HubError:
        counters.incr(name, pace.window_s, -1)
        counters.clear(_pause(name))
        raise


def left_s(counters: Storage, name: str) -> int:
    """Return the seconds until a counter ends, at least 1; 0 when it counts nothing."""
    if counters.get(name) <= 0:
        return 0
    return max(1, math.ceil(counters.get_expiry(name) - time.time()))


def _count(pace: Pace, counters: Storage, name: str) -> int:
    """Count once more and return 0; or return the seconds to wait first."""
    if wait_s := left_s(counters, _pause(name)):
        return wait_s
    pause_s = pace.pause_after(counters.incr(name, pace.window_s))
    if pause_s and counters.incr(_pause(name), pause_s) > 1:  # another one at the same moment was first
        return left_s(counters, _pause(name))
    return 0


def _pause(name: str) -> str:
    return f"{name}/pause"
