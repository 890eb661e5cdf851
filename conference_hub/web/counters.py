"""Where rate limits are counted when several processes share a Redis, and what happens while it does not answer."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any, TypeVar

from limits.storage import RedisStorage, Storage
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

T = TypeVar("T")

log = logging.getLogger(__name__)

PREFIX = "shared+"
"""Put before a Redis URL, it makes flask-limiter count in `SharedCounters`."""
ANSWER_S = 0.25
"""A Redis that takes longer to connect or to answer counts as unreachable."""
REST_S = 5.0
"""How long an unreachable Redis is not tried again; then one request tries it."""


LOCAL = "local"
"""The scheme of counters in this process."""
SWEEP_AT = 1_000
"""So many counters are looked through for those that ended."""


class LocalCounters(Storage):
    """Counters in this process. They end by a time that nobody sets: setting the clock back prolongs no limit."""

    STORAGE_SCHEME = [LOCAL]  # noqa: RUF012 - declared so by `limits`

    def __init__(self, uri: str | None = None, *, wrap_exceptions: bool = False, **options: Any) -> None:
        super().__init__(uri, wrap_exceptions, **options)
        self._counts: dict[str, tuple[int, float]] = {}
        self._sweep_at = SWEEP_AT

    @property
    def base_exceptions(self) -> tuple[type[Exception], ...]:
        """The errors of a storage: there are none."""
        return ()

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Add `amount` to a counter that lives `expiry` seconds from its first count; return its value."""
        if len(self._counts) >= self._sweep_at:
            self._sweep()
        value, ends_at = self._live(key) or (0, time.monotonic() + expiry)
        self._counts[key] = (value + amount, ends_at)
        return value + amount

    def get(self, key: str) -> int:
        """Return a counter's value, 0 when it has none."""
        live = self._live(key)
        return live[0] if live else 0

    def get_expiry(self, key: str) -> float:
        """Return when a counter ends (Unix time, seconds); now when there is none."""
        live = self._live(key)
        return time.time() + (live[1] - time.monotonic() if live else 0.0)

    def check(self) -> bool:
        """Return whether there is somewhere to count: always."""
        return True

    def reset(self) -> int:
        """Forget every counter; return how many there were."""
        count = len(self._counts)
        self._counts.clear()
        return count

    def clear(self, key: str) -> None:
        """Forget one counter."""
        self._counts.pop(key, None)

    def _live(self, key: str) -> tuple[int, float] | None:
        known = self._counts.get(key)
        return known if known and known[1] > time.monotonic() else None

    def _sweep(self) -> None:
        """Forget the counters that ended; look again when there are twice as many as are left."""
        now = time.monotonic()
        self._counts = {key: known for key, known in self._counts.items() if known[1] > now}
        self._sweep_at = max(SWEEP_AT, 2 * len(self._counts))


class SharedCounters(Storage):
    """Counters in Redis; in this process while Redis is unreachable.

    The first failure opens the circuit: for `REST_S` nothing is sent to Redis, so a Redis that accepts connections
    and never answers costs one request `ANSWER_S`, and the others nothing.
    """

    STORAGE_SCHEME = [f"{PREFIX}{scheme}" for scheme in RedisStorage.STORAGE_SCHEME or ()]  # noqa: RUF012 - declared so by `limits`

    def __init__(self, uri: str, *, wrap_exceptions: bool = False, **_options: Any) -> None:
        super().__init__(uri, wrap_exceptions=wrap_exceptions)
        self._redis = RedisStorage(
            uri.removeprefix(PREFIX),
            socket_connect_timeout=ANSWER_S,
            socket_timeout=ANSWER_S,
            retry=Retry(NoBackoff(), 0),  # type: ignore[arg-type]  # handed on to redis-py, which takes this
        )
        self._here = LocalCounters()
        self._ask_again_at: float | None = None

    @property
    def base_exceptions(self) -> type[Exception]:
        """The errors of a storage: none is raised, as counting goes on here."""
        return RedisError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Add `amount` to a counter that lives `expiry` seconds from its first count; return its value."""
        return self._count(lambda storage: storage.incr(key, expiry, amount))

    def get(self, key: str) -> int:
        """Return a counter's value, 0 when it has none."""
        return self._count(lambda storage: storage.get(key))

    def get_expiry(self, key: str) -> float:
        """Return when a counter ends (Unix time, seconds); now when there is none."""
        return self._count(lambda storage: storage.get_expiry(key))

    def check(self) -> bool:
        """Return whether there is somewhere to count: always, if need be in this process."""
        return True

    def reset(self) -> int | None:
        """Forget every counter."""
        return self._count(lambda storage: storage.reset())

    def clear(self, key: str) -> None:
        """Forget one counter."""
        self._count(lambda storage: storage.clear(key))

    def _count(self, work: Callable[[Storage], T]) -> T:
        now = time.monotonic()
        was_unreachable = self._ask_again_at is not None
        if self._ask_again_at is not None and now < self._ask_again_at:
            return work(self._here)
        if was_unreachable:
            self._ask_again_at = now + REST_S  # only this request tries; the others go on counting here
        try:
            answer = work(self._redis)
        except RedisError as error:
            self._ask_again_at = time.monotonic() + REST_S
            if not was_unreachable:
                log.warning("Redis does not answer, limits are counted here: %s", type(error).__name__)
            return work(self._here)
        if was_unreachable:
            self._ask_again_at = None
            log.info("Redis answers again")
        return answer
