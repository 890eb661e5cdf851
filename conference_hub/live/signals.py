"""Tells the other processes on one PostgreSQL of commits, and hears of theirs: `NOTIFY` and `LISTEN`.

A signal says only that there is something to look at; what it is stands in the journal. One that is lost costs nothing
but time, since the relay looks by itself too. Each direction has a connection of its own, outside the pool.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

import psycopg2
import sqlalchemy.exc as sa_exc

from conference_hub.core.db import Database
from conference_hub.core.entries import Entry
from conference_hub.core.ids import new_id
from conference_hub.live import network

log = logging.getLogger(__name__)

CHANNEL = "hub_journal"
AGAIN_S = 5.0
"""How long a connection that was lost is left alone."""
GLANCE_S = 30.0
"""How often a silent connection is asked whether it is still there."""


class Signals:
    """The signals of this process; `news` is called when another one committed."""

    def __init__(self, database: Database, news: Callable[[], object]) -> None:
        self._database = database
        self._news = news
        self._own = new_id()
        self._committed = threading.Event()
        self._stopped = False

    def commit_seen(self, _conf: str, entries: list[Entry]) -> None:
        """Note that something was committed here (a journal listener: it must not do more)."""
        if entries:
            self._committed.set()

    def stop(self) -> None:
        """End `tell` and `hear` after what they are doing."""
        self._stopped = True
        self._committed.set()

    def tell(self) -> None:
        """Tell the others of commits, those of a moment together, until stopped."""
        self._insist(self._tell)

    def hear(self) -> None:
        """Call `news` for what others tell, until stopped; once at the beginning, for what was told before."""
        self._insist(self._hear)

    def _insist(self, work: Callable[[Any], None]) -> None:
        while not self._stopped:
            try:
                with self._connected() as driver:
                    work(driver)
            except (psycopg2.Error, sa_exc.SQLAlchemyError) as error:
                log.warning("no signals from or to other processes", extra={"why": type(error).__name__})
                network.sleep(AGAIN_S)

    def _tell(self, driver: Any) -> None:
        while not self._stopped:
            self._committed.wait()
            self._committed.clear()
            _execute(driver, f"NOTIFY {CHANNEL}, '{self._own}'")

    def _hear(self, driver: Any) -> None:
        _execute(driver, f"LISTEN {CHANNEL}")
        self._news()
        while not self._stopped:
            if not network.readable(driver.fileno(), GLANCE_S):
                _execute(driver, "SELECT 1")
            driver.poll()
            if any(notice.payload != self._own for notice in driver.notifies):
                self._news()
            driver.notifies.clear()

    @contextmanager
    def _connected(self) -> Iterator[Any]:
        """Open a connection as the pool does, that belongs to nobody else and begins no transactions."""
        with closing(self._database.engine.raw_connection()) as connection:
            driver: Any = connection.driver_connection
            connection.detach()
            driver.autocommit = True
            yield driver


def _execute(driver: Any, statement: str) -> None:
    with driver.cursor() as cursor:
        cursor.execute(statement)
