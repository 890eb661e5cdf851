"""What makes one running live side, and how a request reaches it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import current_app

from conference_hub.attendance.keeping import Keeper
from conference_hub.live.applause import Applause
from conference_hub.live.called_soon import CalledSoon
from conference_hub.live.duties import Duties
from conference_hub.live.first_pictures import FirstPictures
from conference_hub.live.followers import Followers
from conference_hub.live.health import StorageProbe
from conference_hub.live.heartbeats import Heartbeats
from conference_hub.live.letters import LettersOfStreams
from conference_hub.live.recheck import Recheck
from conference_hub.live.relay import Relay
from conference_hub.live.replays import Replays
from conference_hub.live.screens_up import ScreensUp
from conference_hub.live.signals import Signals
from conference_hub.live.snapshot import States

EXTENSION = "conference_hub_live"


@dataclass(frozen=True, kw_only=True)
class Live:
    """The parts, made once in `setup.py`; `server` is the python-socketio server, which has no types.

    `signals` are those of other processes, which SQLite has no way to send.
    """

    server: Any
    relay: Relay
    signals: Signals | None
    duties: Duties
    followers: Followers
    recheck: Recheck
    applause: Applause
    heartbeats: Heartbeats
    called: CalledSoon
    keeper: Keeper
    screens: ScreensUp
    states: States
    pictures: FirstPictures
    letters: LettersOfStreams
    replays: Replays
    storage: StorageProbe


def current_live() -> Live:
    """Return the live side of the running request's application."""
    live: Live = current_app.extensions[EXTENSION]
    return live
