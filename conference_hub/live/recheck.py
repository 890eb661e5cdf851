"""Checks whether followers of a stream still have the right to, and closes the sockets of those who do not."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from conference_hub.access.model import Credential, Grant, Viewer
from conference_hub.access.policy import works_for
from conference_hub.access.standing import standing
from conference_hub.access.uses import Uses
from conference_hub.conferences.store import find_conference
from conference_hub.core.errors import Unavailable
from conference_hub.live.followers import Followers, StreamKey
from conference_hub.live.rooms import NAMESPACE
from conference_hub.web.hub import Hub

log = logging.getLogger(__name__)

RECHECK_S = 3.0
"""At most how long sockets of a session or token stay open that another process ended."""
SLICE = 500
"""Credentials looked up in one query; other tasks run between two."""


class Recheck:
    """Rounds in the background: at once when something ended in this process, else every few seconds."""

    def __init__(self, hub: Hub, server: Any, followers: Followers, uses: Uses) -> None:
        self._hub = hub
        self._server = server
        self._followers = followers
        self._uses = uses
        self._wake = threading.Event()

    def wake(self) -> None:
        """Begin a round soon."""
        self._wake.set()

    def run(self, pause: Callable[[], None]) -> None:
        """Check again and again; `pause` runs other tasks. A failing database is logged and tried again."""
        while True:
            self._wake.wait(RECHECK_S)
            self._wake.clear()
            try:
                self.round(pause)
            except Unavailable:
                pass  # logged by the database; no socket is closed because it does not answer
            except Exception:
                log.exception("sessions could not be checked again; next try in %s s", RECHECK_S)

    def round(self, pause: Callable[[], None]) -> None:
        """Check every follower of a stream that is not public, with one query for each slice of credentials.

        A client whose socket is closed comes back by itself and is refused with the reason.
        """
        self._hold_back_drafts()
        held = self._followers.held()
        credentials = sorted({credential for _, _, credential in held}, key=lambda c: (c.kind, c.id))
        for start in range(0, len(credentials), SLICE):
            if start:
                pause()
            self._check(credentials[start : start + SLICE], held)

    def _hold_back_drafts(self) -> None:
        """Close the sockets of everybody but the team on what is a draft again."""
        conferences = self._followers.public_conferences()
        if not conferences:
            return
        with self._hub.database.reading() as db:
            public = {conf: self._followers.public(conf) for conf in conferences if _is_draft(db, conf)}
            known = {credential for sockets in public.values() for _, credential in sockets if credential}
            grants = standing(db, known, self._hub.now()) if known else {}
        for conf, sockets in public.items():
            for sid, credential in sockets:
                if credential is None or not works_for(Viewer(grants=grants.get(credential, ())), conf):
                    self._disconnect(sid)

    def _disconnect(self, sid: str) -> None:
        if engine_sid := self._server.manager.eio_sid_from_sid(sid, NAMESPACE):
            self._server.eio.disconnect(engine_sid)

    def _check(self, credentials: list[Credential], held: list[tuple[str, StreamKey, Credential]]) -> None:
        with self._hub.database.reading() as db:
            grants = standing(db, credentials, self._hub.now())
        asked = set(credentials)
        for sid, key, credential in held:
            if credential not in asked:
                continue
            if credential in grants and may_follow(credential, grants[credential], key):
                self._uses.note(credential)
            else:
                self._disconnect(sid)


def _is_draft(db: Session, conf: str) -> bool:
    found = find_conference(db, conf)
    return found is not None and found.hidden


def may_follow(credential: Credential, grants: tuple[Grant, ...], key: StreamKey) -> bool:
    """Return whether somebody whose `credential` gives `grants` may follow a stream of a conference."""
    screen_id = credential.id if credential.kind == "screen" else None
    return Viewer(screen_id=screen_id, grants=grants).may_follow(*key)
