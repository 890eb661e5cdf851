"""Posts a message to another system. Blocks: call it by `Hub.offload`, outside any transaction.

The address that a name stands for is looked up and checked once, and that very address is connected to: no name can
lead anywhere else in between. No redirect is followed, no proxy asked and little of the answer read; all of it, the
lookup included, takes `DEADLINE_S` at most, however slowly the other side sends.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import SplitResult, urlsplit

import h11

from conference_hub import __version__
from conference_hub.outgoing.lookup import Unreachable, addresses
from conference_hub.outgoing.reach import is_sendable
from conference_hub.outgoing.retries import Delivered, Failed, Outcome
from conference_hub.web.hub import System

DEADLINE_S = 10.0
MOST_OF_HEADERS = 16_384
"""Bytes of one answer's head."""
MOST_OF_ANSWER = 600
"""Bytes of an answer's content that are read."""
SHOWN = 200
"""Characters of an answer that are kept."""
CHUNK = 4096
AGENT = f"conference-hub/{__version__}"
PLAIN = System()


@dataclass(frozen=True, kw_only=True)
class Reach:
    """What may be connected to, and who looks names up."""

    private: bool
    system: System


def post(
    url: str, headers: Mapping[str, str], body: bytes, *, private: bool, system: System = PLAIN
) -> Outcome:
    """Post a JSON body once and return what came of it. Raises nothing."""
    if not is_sendable(url, private=private):
        return Failed(error="address not allowed")
    try:
        return _exchange(urlsplit(url), headers, body, Reach(private=private, system=system))
    except (OSError, h11.ProtocolError, UnicodeError, ValueError) as error:
        return Failed(error=_reason(error))


def _exchange(parts: SplitResult, headers: Mapping[str, str], body: bytes, reach: Reach) -> Outcome:
    until = time.monotonic() + DEADLINE_S
    with _connected(parts, until, reach) as stream:
        connection = h11.Connection(h11.CLIENT, max_incomplete_event_size=MOST_OF_HEADERS)
        stream.settimeout(_left(until))
        stream.sendall(_request(connection, parts, headers, body))
        return _answer(connection, stream, until).outcome


def _request(
    connection: h11.Connection, parts: SplitResult, headers: Mapping[str, str], body: bytes
) -> bytes:
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    own = {
        "host": parts.netloc,
        "user-agent": AGENT,
        "content-type": "application/json",
        "content-length": str(len(body)),
        "connection": "close",
    }
    events = (
        h11.Request(method="POST", target=target, headers=list({**own, **headers}.items())),
        h11.Data(data=body),
        h11.EndOfMessage(),
    )
    return b"".join(connection.send(event) or b"" for event in events)


def _answer(connection: h11.Connection, stream: socket.socket, until: float) -> Answer:
    """Return the answer, with as much of its content as came.

    Raises OSError and h11.ProtocolError when no answer came.
    """
    answer = Answer()
    try:
        while len(answer.content) < MOST_OF_ANSWER:
            event = connection.next_event()
            if event is h11.NEED_DATA:
                stream.settimeout(_left(until))
                connection.receive_data(stream.recv(CHUNK))
            elif isinstance(event, h11.Response):
                answer.begin(event)
            elif isinstance(event, h11.Data):
                answer.content += bytes(event.data)
            elif not isinstance(event, h11.InformationalResponse):
                break
    except (OSError, h11.ProtocolError):
        if not answer.status:
            raise
    return answer


@dataclass(kw_only=True)
class Answer:
    """What came of the answer so far: no status before its head is there."""

    status: int = 0
    retry_after: str = ""
    content: bytes = b""

    def begin(self, head: h11.Response) -> None:
        """Take the head."""
        self.status = head.status_code
        asked = dict(reversed(list(head.headers))).get(b"retry-after", b"")
        self.retry_after = asked.decode("latin-1")[:SHOWN]

    @property
    def outcome(self) -> Outcome:
        """Whether the receiver took the message."""
        words = " ".join(self.content.decode("utf-8", "replace").split())
        words = "".join(letter for letter in words if letter.isprintable())[:SHOWN]
        if HTTPStatus.OK <= self.status < HTTPStatus.MULTIPLE_CHOICES:
            return Delivered(status=self.status, answer=words)
        return Failed(
            error=f"HTTP {self.status}", status=self.status, answer=words, retry_after=self.retry_after
        )


@contextmanager
def _connected(parts: SplitResult, until: float, reach: Reach) -> Iterator[socket.socket]:
    secure = parts.scheme == "https"
    host, port = parts.hostname or "", parts.port or (443 if secure else 80)
    with closing(_opened(host, port, until, reach)) as plain:
        if not secure:
            yield plain
            return
        plain.settimeout(_left(until))
        with ssl.create_default_context().wrap_socket(plain, server_hostname=host) as stream:
            yield stream


def _opened(host: str, port: int, until: float, reach: Reach) -> socket.socket:
    """Connect to one of the addresses of `host` that may be reached; raises Unreachable and OSError."""
    refused: OSError | None = None
    ways = addresses(
        host,
        port,
        socket.SOCK_STREAM,
        private=reach.private,
        within_s=_left(until),
        system=reach.system,
    )
    for family, address in ways:
        stream = socket.socket(family, socket.SOCK_STREAM)
        try:
            stream.settimeout(_left(until))
            stream.connect(address)
        except OSError as error:
            stream.close()
            refused = error
        else:
            return stream
    raise refused or Unreachable("no such host")


def _left(until: float) -> float:
    """Return how many seconds are left; raises TimeoutError when there are none."""
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _reason(error: Exception) -> str:
    """Return what went wrong in few words, nothing of what was sent."""
    if isinstance(error, TimeoutError):
        return "timed out"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"certificate: {error.verify_message}"[:SHOWN]
    return (str(error) or type(error).__name__)[:SHOWN]
