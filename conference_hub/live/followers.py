"""The sockets that follow each stream, in this process."""

from __future__ import annotations

from dataclasses import dataclass, field

from conference_hub.access.model import Credential
from conference_hub.core.stream import Stream
from conference_hub.web import metrics

StreamKey = tuple[str, Stream]
"""One stream of one conference: where facts appear in order."""


def room_of(place: StreamKey) -> str:
    """Return the Socket.IO room of a place."""
    conf, stream = place
    return f"{conf}:{stream}"


@dataclass
class Followers:
    """Socket ids by place; a socket follows exactly one."""

    _places: dict[str, StreamKey] = field(default_factory=dict)
    _sids: dict[StreamKey, set[str]] = field(default_factory=dict)
    _credentials: dict[str, Credential] = field(default_factory=dict)

    def add(self, sid: str, place: StreamKey, credential: Credential | None = None) -> None:
        """Note that a socket follows `place` from now on, by `credential` (None: a public stream needs none)."""
        self._places[sid] = place
        if credential is not None:
            self._credentials[sid] = credential
        self._sids.setdefault(place, set()).add(sid)
        metrics.SOCKETS.labels(place[1]).inc()

    def remove(self, sid: str) -> None:
        """Remove a socket; an unknown one is ignored, since it was refused."""
        self._credentials.pop(sid, None)
        place = self._places.pop(sid, None)
        if place is None:
            return
        metrics.SOCKETS.labels(place[1]).dec()
        self._sids[place].discard(sid)
        if not self._sids[place]:
            del self._sids[place]

    def places(self) -> list[StreamKey]:
        """Return the places that somebody follows."""
        return list(self._sids)

    def of(self, place: StreamKey) -> list[str]:
        """Return the sockets that follow `place`."""
        return list(self._sids.get(place, ()))

    def held(self) -> list[tuple[str, StreamKey, Credential]]:
        """Return the sockets on streams that are not public, each with what let it in."""
        return [
            (sid, place, self._credentials[sid])
            for sid, place in self._places.items()
            if place[1] is not Stream.PUBLIC and sid in self._credentials
        ]
