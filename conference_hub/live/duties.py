"""Does the duties of all features (`web/hub.py`) when they are due: one loop in each process."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime

from conference_hub.core.entries import Entry
from conference_hub.core.errors import Unavailable
from conference_hub.web.hub import Duty, Hub

log = logging.getLogger(__name__)

GLANCE_S = 1.0
"""How late a duty may be done that another process wrote down."""
GATHER_S = 0.25
"""How long the loop rests at most after a commit woke it, and never past what is known to be due.

Commits come in crowds, and each look asks the database for every duty."""


class Duties:
    """Knows when the next duty is due; `run()` in the background does them."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._wake = threading.Event()
        self._stopped = False

    def commit_seen(self, _conf: str, _entries: list[Entry]) -> None:
        """Look soon whether something is due now (a journal listener: it must not do more)."""
        self._wake.set()

    def run(self, sleep: Callable[[float], object]) -> None:
        """Do what is due until stopped."""
        while not self._stopped:
            due = self.turn()
            if self._wake.wait(self.wait_s(due)):
                sleep(min(GATHER_S, self.wait_s(due)))
                self._wake.clear()

    def stop(self) -> None:
        """End `run()` after what it is doing."""
        self._stopped = True
        self._wake.set()

    def turn(self) -> datetime | None:
        """Do what is due now, one duty after the other; return when the next one is, None: nobody knows of any."""
        instants = [self._do(duty) for duty in self._hub.duties]
        return min((at for at in instants if at is not None), default=None)

    def wait_s(self, due: datetime | None) -> float:
        """Return how many seconds to wait for what is due at `due`: never longer than a glance."""
        if due is None:
            return GLANCE_S
        return min(max((due - self._hub.now()).total_seconds(), 0.0), GLANCE_S)

    def _do(self, duty: Duty) -> datetime | None:
        """Do one duty; one that fails is tried again at the next glance and stops no other."""
        try:
            return duty.work(self._hub, self._hub.now())
        except Unavailable:
            return None  # logged by the database
        except Exception:
            log.exception("%s failed; next try in %s s", duty.name, GLANCE_S)
            return None
