"""The state of a stream, sent to a socket that asks for it: for pages that get none over HTTP.

Who asks follows the stream already, and so was checked on joining.
"""

from __future__ import annotations

import json
import time
from typing import Any

from engineio.packet import MESSAGE, Packet

from conference_hub.core.errors import HubError
from conference_hub.core.now import Now
from conference_hub.live.followers import Followers
from conference_hub.live.replays import Replays
from conference_hub.live.snapshot import States
from conference_hub.live.transport.bucket import Bucket, Rate

ASKED = Rate(burst=3, per_s=0.1)
"""Answers to one socket: each may be as large as a snapshot. A question above it is not answered."""
MOST_SOCKETS = 1_000
"""Sockets remembered before those that left are forgotten."""


class AskedStates:
    """Answers the sockets of a python-socketio `server`."""

    def __init__(
        self, *, server: Any, states: States, followers: Followers, replays: Replays, now: Now
    ) -> None:
        self._server = server
        self._states = states
        self._followers = followers
        self._replays = replays
        self._now = now
        self._buckets: dict[str, Bucket] = {}

    def attach(self) -> None:
        """Register the handler of the event `state`."""
        self._server.on("state", self.answer)

    def answer(self, sid: str, said: object = None, *_more: object) -> None:
        """Send the event `state` with what was asked (`after`, None for a snapshot) and what HTTP would answer.

        Entries come only where they were rendered for somebody else, else a snapshot, which is kept for everybody. A
        socket that follows nothing, a malformed question and one too many get nothing.
        """
        key = self._followers.key_of(sid)
        after = said.get("after") if isinstance(said, dict) else False
        if isinstance(after, bool) or not isinstance(after, int | None) or key is None or not self._may(sid):
            return
        try:
            state = self._states.answer(key, after, lambda: False)
        except HubError:
            return  # the storage does not work at present, or the conference is gone: the page asks again
        text = f'2["state",{json.dumps(after)},{state.as_json(self._now())}]'
        self._server.eio.send_packet(self._replays.connection_of(sid), Packet(MESSAGE, text))

    def _may(self, sid: str) -> bool:
        now = time.monotonic()
        if len(self._buckets) > MOST_SOCKETS:
            self._buckets = {
                one: bucket for one, bucket in self._buckets.items() if self._followers.key_of(one)
            }
        return self._buckets.setdefault(sid, Bucket(ASKED, now)).take(1, now)
