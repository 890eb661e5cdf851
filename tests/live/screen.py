"""A screen as a script would write it: python-socketio's client and the rules of docs/protocol.md."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import socketio

from tests.live.server_process import HubServer
from tests.model_day import CONF

Doc = dict[str, Any]
PATIENCE_S = 60.0


class Screen:
    """Follows one stream; whatever order things arrive in, `docs` is the state at `head`."""

    def __init__(self, server: HubServer, stream: str = "public", role: str | None = None) -> None:
        self._server, self._stream, self._role = server, stream, role
        self._lock = threading.RLock()
        self.docs: dict[str, Doc] = {}
        self.head = 0
        self.heard: list[str] = []
        self._listeners: list[Callable[[object], None]] = []
        self.heartbeats: list[Doc] = []
        self.states: list[tuple[int | None, Doc]] = []
        self.cut_off = threading.Event()
        self._client = socketio.Client(
            reconnection_delay=0.2,
            reconnection_delay_max=0.5,
            websocket_extra_options={"origin": server.url} if role is None else {"suppress_origin": True},
        )
        self._client.on("entries", self.take)
        self._client.on("reset", self._reset)
        self._client.on("heartbeat", self._beat)
        self._client.on("state", lambda after, state: self.states.append((after, state)))
        self._client.on("disconnect", lambda *_: self.cut_off.set())

    def connect(self) -> None:
        """Load the snapshot and follow from there."""
        self.refetch()
        self.resume()

    def resume(self) -> None:
        """Open the socket from what is known."""
        headers = {} if self._role is None else {"Authorization": f"Bearer {self._server.token(self._role)}"}
        self._client.connect(self._server.url, headers=headers, auth=self._auth, transports=["websocket"])

    def leave(self) -> None:
        """Close the socket and keep what is known."""
        self._client.disconnect()

    def ask_time(self) -> str:
        """Return the server's time, as the acknowledgement of `now` has it."""
        return str(self._client.call("now", timeout=PATIENCE_S))

    def ask_state(self, after: object) -> None:
        """Ask for the state over the socket; what comes is in `states`."""
        self._client.emit("state", {"after": after})

    def refetch(self) -> None:
        """Replace everything by a snapshot."""
        status, answer = self._server.get(f"state?stream={self._stream}", self._role)
        assert status == 200
        with self._lock:
            self.docs, self.head = answer["snapshot"], answer["head"]

    def listen(self, listener: Callable[[object], None]) -> None:
        """Tell `listener` of everything that arrives from now on, as it arrived."""
        self._listeners.append(listener)

    def take(self, entries: list[Doc]) -> None:
        """Apply what comes next, drop what was seen, ask for what is missing."""
        with self._lock:
            self._tell(entries)
            for entry in sorted(entries, key=lambda e: int(e["seq"])):
                if entry["seq"] <= self.head:
                    self.heard.append("seen")
                elif entry["seq"] == self.head + 1:
                    self._apply(entry)
                else:
                    self.heard.append("gap")
                    self._ask()
                    return

    def wait_for(self, head: int) -> dict[str, Doc]:
        """Wait until everything up to `head` is known, and return the documents."""
        until = time.monotonic() + PATIENCE_S
        while self.head < head:
            assert time.monotonic() < until, f"at {self.head}, not at {head}"
            time.sleep(0.01)
        with self._lock:
            return dict(self.docs)

    def wait_until_heard(self, what: str) -> None:
        """Wait until `what` (`reset`, `gap`, `seen`) happened."""
        until = time.monotonic() + PATIENCE_S
        while what not in self.heard:
            assert time.monotonic() < until, f"heard only {self.heard}"
            time.sleep(0.01)

    def _auth(self) -> Doc:
        return {"conf": CONF, "stream": self._stream, "after": self.head}

    def _apply(self, entry: Doc) -> None:
        for key, document in entry["body"]["docs"].items():
            self.docs.pop(key, None)
            if document is not None:
                self.docs[key] = document
        self.head = entry["seq"]

    def _ask(self) -> None:
        status, answer = self._server.get(f"state?stream={self._stream}&after={self.head}", self._role)
        assert status == 200
        self._tell(answer)
        if "snapshot" in answer:
            self.docs, self.head = answer["snapshot"], answer["head"]
        else:
            for entry in answer["entries"]:
                self._apply(entry)

    def _tell(self, arrived: object) -> None:
        for listener in self._listeners:
            listener(arrived)

    def _reset(self, _told: Doc) -> None:
        self.refetch()
        self.heard.append("reset")

    def _beat(self, beat: Doc) -> None:
        with self._lock:
            self.heartbeats.append(beat)
            if beat["head"] > self.head:
                self._ask()
