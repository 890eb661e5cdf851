"""The opening handshake of a WebSocket (RFC 6455, section 4.2), without extensions and subprotocols."""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Mapping
from typing import Any

from websockets.utils import accept_key

VERSION = "13"
KEY_BYTES = 16


class Refused(Exception):
    """The request is no handshake; `status` and `headers` answer it."""

    def __init__(self, status: str) -> None:
        super().__init__(status)
        self.status = status
        self.headers = [("Content-Type", "text/plain"), ("Sec-WebSocket-Version", VERSION)]


def answer(environ: Mapping[str, Any]) -> bytes:
    """Return the answer that opens the WebSocket; raises Refused.

    permessage-deflate, which browsers offer, is left out: it triples the memory of a connection and makes every frame
    the client's own; facts are small. A request with a body is none: what follows its headers are frames.
    """
    if environ.get("HTTP_SEC_WEBSOCKET_VERSION", VERSION) != VERSION:
        raise Refused("426 Upgrade Required")
    key = environ.get("HTTP_SEC_WEBSOCKET_KEY", "")
    with_body = environ.get("CONTENT_LENGTH", "0") != "0" or "HTTP_TRANSFER_ENCODING" in environ
    if with_body or not _is_key(key):
        raise Refused("400 Bad Request")
    return (
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Accept: {accept_key(key)}\r\n\r\n"
    ).encode()


def _is_key(key: str) -> bool:
    try:
        return len(b64decode(key, validate=True)) == KEY_BYTES
    except (binascii.Error, ValueError):
        return False
