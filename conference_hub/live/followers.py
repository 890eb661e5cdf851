"""The sockets that follow each stream, in this process."""

from __future__ import annotations

from dataclasses import dataclass, field

from conference_hub.access.model import Credential
from conference_hub.core.stream import Stream
from conference_hub.web import metrics

StreamKey = tuple[str, Stream]
"""One stream of one conference: where facts appear in order."""


def room_of(key: StreamKey) -> str:
    """Return the Socket.IO room of a stream."""
    conf, stream = key
    return f"{conf}:{stream}"


@dataclass
class Followers:
    """Socket ids by stream; a socket follows exactly one."""

    _keys: dict[str, StreamKey] = field(default_factory=dict)
    _sids: dict[StreamKey, set[str]] = field(default_factory=dict)
    _credentials: dict[str, Credential] = field(default_factory=dict)

    def add(self, sid: str, key: StreamKey, credential: Credential | None = None) -> None:
        """Note that a socket follows `key` from now on, by `credential` (None: a public stream needs none)."""
        self._keys[sid] = key
        if credential is not None:
            self._credentials[sid] = credential
        self._sids.setdefault(key, set()).add(sid)
        metrics.SOCKETS.labels(key[1]).inc()

    def remove(self, sid: str) -> None:
        """Remove a socket; an unknown one is ignored, since it was refused."""
        self._credentials.pop(sid, None)
        key = self._keys.pop(sid, None)
        if key is None:
            return
        metrics.SOCKETS.labels(key[1]).dec()
        self._sids[key].discard(sid)
        if not self._sids[key]:
            del self._sids[key]

    def key_of(self, sid: str) -> StreamKey | None:
        """Return the stream that a socket follows, None for one that was refused or has left."""
        return self._keys.get(sid)

    def followed(self) -> list[StreamKey]:
        """Return the streams that somebody follows."""
        return list(self._sids)

    def of(self, key: StreamKey) -> list[str]:
        """Return the sockets that follow `key`."""
        return list(self._sids.get(key, ()))

    def count(self, key: StreamKey) -> int:
        """Return how many sockets follow `key`."""
        return len(self._sids.get(key, ()))

    def public_conferences(self) -> list[str]:
        """Return the conferences whose public stream somebody follows."""
        return [conf for conf, stream in self._sids if stream is Stream.PUBLIC]

    def public(self, conf: str) -> list[tuple[str, Credential | None]]:
        """Return the sockets on the public stream of a conference, each with who is signed in there (None: nobody)."""
        return [(sid, self._credentials.get(sid)) for sid in self._sids.get((conf, Stream.PUBLIC), ())]

    def held(self) -> list[tuple[str, StreamKey, Credential]]:
        """Return the sockets on streams that are not public, and those of screens, each with what let it in."""
        known = ((sid, self._keys[sid], credential) for sid, credential in self._credentials.items())
        return [one for one in known if one[1][1] is not Stream.PUBLIC or one[2].kind == "screen"]
