"""Who was let in recently: by this a command's sender is checked before its transaction, which looks them up anew.

So strangers and bad requests never take a turn at writing, and a command needs no transaction of its own for the
sign-in. Nothing is decided by it: a sender who was signed out or lost a role since is refused inside the transaction.
"""

from __future__ import annotations

from collections import OrderedDict

from conference_hub.access.model import Viewer, fingerprint

EXTENSION = "conference_hub_recent"
MOST = 2_000
"""Senders remembered; those who sent nothing for longest go first."""


class RecentSenders:
    """Viewers by the fingerprint of the secret that let them in."""

    def __init__(self) -> None:
        self._viewers: OrderedDict[str, Viewer] = OrderedDict()

    def find(self, secret: str) -> Viewer | None:
        """Return who came with this secret the last time, or None."""
        key = fingerprint(secret)
        found = self._viewers.get(key)
        if found is not None:
            self._viewers.move_to_end(key)
        return found

    def keep(self, secret: str, viewer: Viewer) -> None:
        """Remember who came with a secret."""
        self._viewers[fingerprint(secret)] = viewer
        while len(self._viewers) > MOST:
            self._viewers.popitem(last=False)

    def clear(self) -> None:
        """Forget everybody: somebody was signed out or lost a role."""
        self._viewers.clear()
