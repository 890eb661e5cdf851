"""When sessions and tokens were last used: noted in memory, written now and then beside the requests.

A request never waits for it and never fails by it; a database in trouble is tried again at the next flush.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from conference_hub.access.model import Credential
from conference_hub.access.tables import AccountRow, MachineTokenRow, ScreenLinkRow, WebSessionRow
from conference_hub.core.db import Database
from conference_hub.core.errors import HubError
from conference_hub.core.now import Now

log = logging.getLogger(__name__)

EXTENSION = "conference_hub_uses"
NOTED_EVERY = timedelta(minutes=5)
"""A row is written at most once in this time, and anew when the clock was set by more."""
SLICE = 200
"""Rows written in one transaction."""

Note = tuple[Credential, str | None]


class Uses:
    """What was used since the last flush, and what was noted recently and need not be noted again."""

    def __init__(self, database: Database, now: Now) -> None:
        self._database = database
        self._now = now
        self._noted: dict[Credential, datetime] = {}
        self._pending: dict[Credential, str | None] = {}

    def note(self, credential: Credential | None, browser: Callable[[], str] | None = None) -> None:
        """Note that a credential is in use; `browser` names the browser's family and is called only when needed."""
        if credential is None:
            return
        now, before = self._now(), self._noted.get(credential)
        if before is not None and abs(now - before) < NOTED_EVERY:
            return
        self._noted[credential] = now
        self._pending[credential] = (browser() or None) if browser else self._pending.get(credential)

    def flush(self, pause: Callable[[], None]) -> None:
        """Write what was noted, slice by slice; `pause` lets others work between slices."""
        notes, self._pending = list(self._pending.items()), {}
        for start in range(0, len(notes), SLICE):
            if start:
                pause()
            self._write(notes[start : start + SLICE])
        now = self._now()
        self._noted = {
            credential: at for credential, at in self._noted.items() if abs(now - at) < NOTED_EVERY
        }

    def _write(self, notes: Sequence[Note]) -> None:
        try:
            with self._database.writing() as db:
                _write_uses(db, notes, self._now())
        except (SQLAlchemyError, HubError) as error:
            log.warning("last uses were not written, tried again later: %s", type(error).__name__)
            self._pending = {**dict(notes), **self._pending}


def _write_uses(db: Session, notes: Sequence[Note], at: datetime) -> None:
    sessions = [credential.id for credential, _ in notes if credential.kind == "session"]
    tokens = [credential.id for credential, _ in notes if credential.kind == "token"]
    screens = [credential.id for credential, _ in notes if credential.kind == "screen"]
    accounts = sa.select(WebSessionRow.account_id).where(WebSessionRow.id.in_(sessions))
    quietly = {"synchronize_session": False}
    if sessions:
        db.execute(
            sa.update(AccountRow).where(AccountRow.id.in_(accounts)).values(last_used_at=at),
            execution_options=quietly,
        )
        db.execute(
            sa.update(WebSessionRow).where(WebSessionRow.id.in_(sessions)).values(last_used_at=at),
            execution_options=quietly,
        )
    if tokens:
        db.execute(
            sa.update(MachineTokenRow).where(MachineTokenRow.id.in_(tokens)).values(last_used_at=at),
            execution_options=quietly,
        )
    if screens:
        db.execute(
            sa.update(ScreenLinkRow).where(ScreenLinkRow.id.in_(screens)).values(last_used_at=at),
            execution_options=quietly,
        )
    for browser in sorted({browser for _, browser in notes if browser}):
        used = [credential.id for credential, family in notes if family == browser]
        db.execute(
            sa.update(WebSessionRow).where(WebSessionRow.id.in_(used)).values(browser=browser),
            execution_options=quietly,
        )
