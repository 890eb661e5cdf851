"""A whole audience that comes back at once: after the server was killed, and after the network failed for a moment."""

from __future__ import annotations

import threading
import time
from typing import Any, Self

from bench.rig.audience import NOBODY_THERE
from bench.rig.contenders import Contender
from bench.rig.figures import P99, percentile
from bench.rig.watched import Watched

OUTAGE_S = 6.0
"""From the kill until the server is there again: longer than any start takes, so that pages wait as long for each."""
EVERY_S = 0.2
"""From one command of the console to the next."""


class Console:
    """An organiser who presses again and again, until the block ends; `took_s` of each answer."""

    def __init__(self, contender: Contender) -> None:
        self.took_s: list[float] = []
        self._contender = contender
        self._over = threading.Event()
        self._failed: Exception | None = None
        self._thread = threading.Thread(target=self._work)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._over.set()
        self._thread.join()
        if self._failed is not None:
            raise self._failed

    def _work(self) -> None:
        while not self._over.wait(EVERY_S):
            try:
                self.took_s.append(self._contender.press())
            except Exception as error:  # noqa: BLE001 - it is raised where the block ends
                self._failed = error
                return


def restarted(watched: Watched, start_s: float) -> dict[str, Any]:
    """Kill the server and start it again, which takes about `start_s`; return how its audience came back."""
    contender = watched.contender
    watched.ask(do="return")
    contender.kill()
    time.sleep(max(0.0, OUTAGE_S - start_s))
    contender.start()
    return _back(watched)


def dropped(watched: Watched) -> dict[str, Any]:
    """Cut all connections where the audience is; return how it came back to a server that was there all the time."""
    watched.ask(do="drop")
    return _back(watched)


def _back(watched: Watched) -> dict[str, Any]:
    """Press until everybody is back and has the first of the presses; return the figures.

    Raises AssertionError when the next entry does not reach everybody, once and in order.
    """
    began = time.monotonic()
    contender = watched.contender
    first_s = contender.press()
    seq = contender.head()
    with Console(contender) as console:
        answer = watched.ask(do="agree", seq=seq)
    watched.ask(do="agree", seq=contender.head())  # the last presses are with everybody, too
    watched.round()
    took_s = [first_s, *console.took_s]
    refusals: dict[str, int] = answer["refusals"]
    return {
        "back_s": round(answer["at"] - began, 2),
        "refused": sum(number for why, number in refusals.items() if why != NOBODY_THERE),
        "refusals": refusals,
        "repeats": answer["repeats"],
        "resets": answer["resets"],
        "commands": len(took_s),
        "command_p50_ms": round(percentile(took_s, 0.5) * 1000, 1),
        "command_p99_ms": round(percentile(took_s, P99) * 1000, 1),
    }
