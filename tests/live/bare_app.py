"""A bare Socket.IO application on the product's web server and transport: `python -m tests.live.bare_app TRANSPORT`.

Its clients may send whatever the protocol knows, binary packets and acknowledgements too, which the hub refuses: with
it, tests show that the transport keeps the whole protocol. Everybody is in one room. What it sends is chosen by the
tests, over HTTP: `POST /do` with a list of steps, which are taken without a turn for anybody else in between.
`ring` is the fast transport whose broadcasts go through io_uring, however few clients there are; `fast` never uses it.
Prints the port that it listens on.
"""

# ruff: noqa: E402 - the network is made cooperative before anything else is imported
from __future__ import annotations

from conference_hub.live import network

network.patch()

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from typing import Any

import socketio

from conference_hub.live import web_server
from conference_hub.live.fanout import broadcast
from conference_hub.live.transport import carrier, http
from conference_hub.live.transport.bucket import Rate
from conference_hub.live.transport.choice import use_engine
from conference_hub.live.transport.intake import MAX_MESSAGE_BYTES, Conversation
from conference_hub.live.transport.packets import Packet

HALL = "hall"
WAIT_S = 0.001
PLENTY = Rate(burst=1e9, per_s=1e9)


class Trusting(Conversation):
    """Takes whatever a client sends, as long as its framing is right."""

    frame_rate = PLENTY
    byte_rate = PLENTY
    takes_binary = True

    def accept(self, text: str) -> Packet:  # noqa: ARG002 - whatever it is
        """Leave it to the library."""
        return Packet.EVENT


class Application:
    """What the clients sent, and the steps that send them something. A client is known by the name in its `auth`."""

    def __init__(self, server: socketio.Server) -> None:
        self._server = server
        self._names: dict[str, str] = {}
        self._sids: dict[str, str] = {}
        self._said: dict[str, list[Any]] = {}
        self._answers: dict[str, list[Any]] = {}
        self._left: list[tuple[str, str]] = []
        self._steps: dict[str, Callable[..., None]] = {
            "fact": self._fact,
            "tell": self._tell,
            "ask": self._ask,
            "close": self._close,
            "cut": self._cut,
            "gone": self._gone,
            "heard": self._heard,
        }
        server.on("connect", self._connect)
        server.on("disconnect", self._disconnect)
        server.on("say", self._say)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Take steps (`POST /do`), and answer with what is known by then."""
        length = int(environ.get("CONTENT_LENGTH") or 0)
        for name, *arguments in json.loads(environ["wsgi.input"].read(length) or b"[]"):
            self._steps[name](*arguments)
        known = {
            "here": list(self._sids),
            "said": self._said,
            "answers": self._answers,
            "left": self._left,
        }
        body = json.dumps(known, default=list).encode()  # bytes as lists of numbers
        start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
        return [body]

    def _connect(self, sid: str, _environ: object, auth: dict[str, Any]) -> None:
        name = auth["name"]
        self._names[sid], self._sids[name] = name, sid
        self._said[name], self._answers[name] = [], []
        self._server.enter_room(sid, HALL)
        self._server.eio.joined(self._server.manager.eio_sid_from_sid(sid, "/"))

    def _disconnect(self, sid: str, reason: str) -> None:
        name = self._names.pop(sid)
        self._left.append((name, reason))
        if self._sids.get(name) == sid:
            del self._sids[name]

    def _say(self, sid: str, *data: Any) -> list[Any]:
        """Send `noted` with what a client said, then acknowledge it with the same."""
        self._server.emit("noted", list(data), to=sid)
        self._said[self._names[sid]].append(data)
        return list(data)

    def _fact(self, number: int, size: int) -> None:
        broadcast(self._server, HALL, "fact", {"n": number, "pad": "x" * size})

    def _tell(self, name: str, number: int, size: int) -> None:
        self._server.emit("told", {"n": number, "pad": "x" * size}, to=self._sids[name])

    def _ask(self, name: str, *question: Any) -> None:
        def answered(*answer: Any) -> None:
            self._answers[name].append(answer)

        self._server.emit("question", list(question), to=self._sids[name], callback=answered)

    def _heard(self, name: str, count: int) -> None:
        """Wait until a client has said `count` things; the others get their turn meanwhile."""
        while len(self._said[name]) < count:
            network.sleep(WAIT_S)

    def _gone(self, name: str) -> None:
        """Wait until a client has left."""
        while name in self._sids:
            network.sleep(WAIT_S)

    def _close(self, name: str) -> None:
        """Leave it to the client to end the connection, as Socket.IO does."""
        self._server.disconnect(self._sids[name])

    def _cut(self, name: str) -> None:
        """End the connection."""
        self._server.eio.disconnect(self._server.manager.eio_sid_from_sid(self._sids[name], "/"))


def main() -> None:
    """Serve until SIGTERM."""
    parser = argparse.ArgumentParser()
    parser.add_argument("transport", choices=["fast", "ring", "stock"])
    parser.add_argument("--ping-interval", type=float, default=25.0)
    parser.add_argument("--ping-timeout", type=float, default=20.0)
    parser.add_argument("--backlog-kb", type=int, default=32_768)
    parser.add_argument("--head-within", type=float, default=http.HEADERS_WITHIN_S)
    arguments = parser.parse_args()
    http.FIRST_WITHIN_S = http.HEADERS_WITHIN_S = arguments.head_within
    ring = arguments.transport == "ring"
    if ring:
        carrier.FEW = 0
    server = socketio.Server(async_mode="eventlet")
    engine = use_engine(
        server,
        fast=arguments.transport != "stock",
        io_uring=ring,
        conversation=Trusting,
        backlog=arguments.backlog_kb * 1024,
        max_http_buffer_size=MAX_MESSAGE_BYTES,
        ping_interval=arguments.ping_interval,
        ping_timeout=arguments.ping_timeout,
    )
    if ring and engine.ring is None:
        sys.exit("no io_uring here")
    listener = network.listen("127.0.0.1", 0)
    app = socketio.WSGIApp(server, Application(server))
    serving = web_server.serve(app, listener, opens_at_once=engine.opens_at_once)
    print(listener.getsockname()[1], flush=True)
    web_server.wait_for_stop(serving)
    sys.exit(0)


if __name__ == "__main__":
    main()
