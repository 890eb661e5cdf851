"""What one page sends and receives, by Chrome's own account (DevTools Protocol, domain `Network`)."""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from playwright.sync_api import CDPSession

FONTS = "Font"
OTHERS = frozenset({"Media"})
"""Left out of the bytes of a page, as is what other servers send: video."""
JOINED = "40"
"""How the packet begins that says that a Socket.IO connection was accepted (Socket.IO protocol 5, CONNECT)."""


@dataclass
class Traffic:
    """Requests that reached the server at `origin`, their bytes with headers, and when the socket was accepted.

    What came from the browser's cache or from a service worker does not count, nor does what the worker itself loads.
    """

    origin: str
    _began_s: float | None = None
    _joined_s: float | None = None
    _asked_s: dict[str, float] = field(default_factory=dict)
    _kinds: dict[str, str] = field(default_factory=dict)
    _bytes: dict[str, int] = field(default_factory=dict)
    _open: set[str] = field(default_factory=set)
    _local: set[str] = field(default_factory=set)
    _refused: list[str] = field(default_factory=list)
    _frames: int = 0
    _sockets: set[str] = field(default_factory=set)

    def listen(self, session: CDPSession) -> None:
        """Take everything in that the page of `session` does from now on."""
        session.send("Network.enable")
        for name, take in {
            "requestWillBeSent": self._request,
            "requestServedFromCache": lambda event: self._local.add(event["requestId"]),
            "responseReceived": self._response,
            "loadingFinished": self._finished,
            "loadingFailed": lambda event: self._open.discard(event["requestId"]),
            "webSocketCreated": self._socket,
            "webSocketFrameReceived": self._frame,
        }.items():
            session.on(f"Network.{name}", take)

    @property
    def idle(self) -> bool:
        """Return whether nothing is being loaded."""
        return not self._open

    @property
    def requests(self) -> int:
        """Return how many requests reached the server, those that opened WebSockets included."""
        return len(self._reached()) + len(self._sockets)

    def page_bytes(self, until_ms: float) -> tuple[int, int]:
        """Return the bytes besides fonts and video: of what was asked for until then, and of what was asked for later.

        The payloads of WebSockets are among the first. `until_ms` counts from when the page was asked for.
        """
        own = [each for each in self._reached() if self._kinds.get(each) not in OTHERS | {FONTS}]
        until_s = (self._began_s or 0) + until_ms / 1000
        at_first = {each for each in own if self._asked_s[each] <= until_s}
        first = self._frames + sum(self._bytes.get(each, 0) for each in at_first)
        return first, sum(self._bytes.get(each, 0) for each in own if each not in at_first)

    @property
    def font_bytes(self) -> int:
        """Return the bytes of fonts."""
        return sum(self._bytes.get(each, 0) for each in self._reached() if self._kinds.get(each) == FONTS)

    @property
    def refused(self) -> list[str]:
        """Return what the server answered with an error, as `status path`."""
        return list(self._refused)

    @property
    def joined_ms(self) -> float | None:
        """Return when the page's first socket was accepted, in ms after the page was asked for; None: never."""
        if self._joined_s is None or self._began_s is None:
            return None
        return 1000 * (self._joined_s - self._began_s)

    def _reached(self) -> list[str]:
        return [each for each in self._asked_s if each not in self._local]

    def _request(self, event: dict[str, Any]) -> None:
        if event["request"]["url"].startswith(self.origin):
            self._began_s = self._began_s or event["timestamp"]
            self._asked_s.setdefault(event["requestId"], event["timestamp"])
            self._open.add(event["requestId"])

    def _response(self, event: dict[str, Any]) -> None:
        response, request = event["response"], event["requestId"]
        self._kinds[request] = event["type"]
        if response.get("fromDiskCache") or response.get("fromServiceWorker"):
            self._local.add(request)
        if response["status"] >= HTTPStatus.BAD_REQUEST and response["url"].startswith(self.origin):
            self._refused.append(f"{response['status']} {response['url'].removeprefix(self.origin)}")

    def _finished(self, event: dict[str, Any]) -> None:
        self._open.discard(event["requestId"])
        self._bytes[event["requestId"]] = int(event["encodedDataLength"])

    def _socket(self, event: dict[str, Any]) -> None:
        self._sockets.add(event["requestId"])

    def _frame(self, event: dict[str, Any]) -> None:
        payload: str = event["response"]["payloadData"]
        self._frames += len(payload.encode())
        if self._joined_s is None and payload.startswith(JOINED):
            self._joined_s = event["timestamp"]
