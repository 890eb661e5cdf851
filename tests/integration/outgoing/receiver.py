"""A system that receives webhooks: a real HTTP server in this process."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Semaphore, Thread
from typing import Any

from typing_extensions import override

WAIT_S = 60


def _set() -> Event:
    event = Event()
    event.set()
    return event


@dataclass(frozen=True, kw_only=True)
class Received:
    """A request as it came."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        """The id of the message."""
        return self.headers["webhook-id"]

    @property
    def content(self) -> dict[str, Any]:
        """What the body says."""
        found: dict[str, Any] = json.loads(self.body)
        return found

    @property
    def type(self) -> str:
        """The topic, or another type."""
        return str(self.content["type"])


@dataclass(kw_only=True)
class Receiver:
    """What came. Answered are the statuses of `answers` first, 204 afterwards, and nothing until it is `open`."""

    url: str = ""
    received: list[Received] = field(default_factory=list)
    answers: list[tuple[int, bytes]] = field(default_factory=list)
    retry_after: str = ""
    open: Event = field(default_factory=_set)
    came: Semaphore = field(default_factory=lambda: Semaphore(0))

    def wait_for(self, count: int) -> None:
        """Wait until so many more requests came; raises AssertionError when they do not come."""
        for _number in range(count):
            assert self.came.acquire(timeout=WAIT_S), self.types

    @property
    def types(self) -> list[str]:
        """The types of all that came."""
        return [one.type for one in self.received]


@contextmanager
def receiving() -> Iterator[Receiver]:
    """Serve a receiver on this machine."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            receiver.received.append(Received(path=self.path, headers=headers, body=body))
            receiver.came.release()
            receiver.open.wait(WAIT_S)
            with suppress(OSError):  # the sender may be gone by now
                self._answer()

        def _answer(self) -> None:
            status, answer = receiver.answers.pop(0) if receiver.answers else (204, b"")
            self.send_response(status)
            self.send_header("Location", "/elsewhere")
            if receiver.retry_after:
                self.send_header("Retry-After", receiver.retry_after)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        @override
        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver.url = f"http://127.0.0.1:{server.server_port}/hub?key=1"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
