"""Posts a message to another system. Blocks: call it by `Hub.offload`, outside any transaction.

The address that a name stands for is looked up and checked once, and that very address is connected to: no name can
lead anywhere else in between. No redirect is followed, no proxy asked and little of the answer read; all of it takes
`DEADLINE_S` at most, however slowly the other side sends.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from http import HTTPStatus
from urllib.parse import SplitResult, urlsplit

import h11

from conference_hub import __version__
from conference_hub.outgoing.reach import is_sendable, literal, may_reach
from conference_hub.outgoing.retries import Delivered, Failed, Outcome

DEADLINE_S = 10.0
MOST_OF_HEADERS = 16_384
"""Bytes of one answer's head."""
MOST_OF_ANSWER = 600
"""Bytes of an answer's content that are read."""
SHOWN = 200
"""Characters of an answer that are kept."""
CHUNK = 4096
AGENT = f"conference-hub/{__version__}"


class Unreachable(Exception):
    """There is no address that the hub may connect to; the message says why."""


def post(url: str, headers: Mapping[str, str], body: bytes, *, private: bool) -> Outcome:
    """Post a JSON body once and return what came of it. Raises nothing."""
    if not is_sendable(url, private=private):
        return Failed(error="address not allowed")
    try:
        return _exchange(urlsplit(url), headers, body, private=private)
    except (OSError, Unreachable, h11.ProtocolError, UnicodeError, ValueError) as error:
        return Failed(error=_reason(error))


def _exchange(parts: SplitResult, headers: Mapping[str, str], body: bytes, *, private: bool) -> Outcome:
    until = time.monotonic() + DEADLINE_S
    with _connected(parts, until, private=private) as stream:
        connection = h11.Connection(h11.CLIENT, max_incomplete_event_size=MOST_OF_HEADERS)
        stream.settimeout(_left(until))
        stream.sendall(_request(connection, parts, headers, body))
        return _outcome(*_answer(connection, stream, until))


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


def _answer(connection: h11.Connection, stream: socket.socket, until: float) -> tuple[int, bytes]:
    """Return the status and the beginning of the content, as much as came of it.

    Raises OSError and h11.ProtocolError when no answer came.
    """
    status, content = 0, b""
    try:
        while len(content) < MOST_OF_ANSWER:
            event = connection.next_event()
            if event is h11.NEED_DATA:
                stream.settimeout(_left(until))
                connection.receive_data(stream.recv(CHUNK))
            elif isinstance(event, h11.Response):
                status = event.status_code
            elif isinstance(event, h11.Data):
                content += bytes(event.data)
            elif not isinstance(event, h11.InformationalResponse):
                break
    except (OSError, h11.ProtocolError):
        if not status:
            raise
    return status, content


def _outcome(status: int, content: bytes) -> Outcome:
    answer = " ".join(content.decode("utf-8", "replace").split())
    answer = "".join(letter for letter in answer if letter.isprintable())[:SHOWN]
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return Delivered(status=status, answer=answer)
    return Failed(error=f"HTTP {status}", status=status, answer=answer)


@contextmanager
def _connected(parts: SplitResult, until: float, *, private: bool) -> Iterator[socket.socket]:
    secure = parts.scheme == "https"
    host, port = parts.hostname or "", parts.port or (443 if secure else 80)
    with closing(_opened(host, port, until, private=private)) as plain:
        if not secure:
            yield plain
            return
        plain.settimeout(_left(until))
        with ssl.create_default_context().wrap_socket(plain, server_hostname=host) as stream:
            yield stream


def _opened(host: str, port: int, until: float, *, private: bool) -> socket.socket:
    """Connect to one of the addresses of `host` that may be reached; raises Unreachable and OSError."""
    refused: OSError | None = None
    for family, address in _addresses(host, port, private=private):
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


def _addresses(host: str, port: int, *, private: bool) -> list[tuple[int, tuple[str, int]]]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    allowed: list[tuple[int, tuple[str, int]]] = [
        (family, (str(given[0]), port))
        for family, _kind, _protocol, _name, given in found
        if (address := literal(str(given[0]))) is not None and may_reach(address, private=private)
    ]
    if found and not allowed:
        message = "address of a private network"
        raise Unreachable(message)
    return allowed


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
