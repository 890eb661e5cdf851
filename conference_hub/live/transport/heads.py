"""The head of a request that opens a WebSocket, read in one go when it is an ordinary one.

What browsers and reverse proxies send is plain and alike. Anything else, whatever it is, is left to the web server,
which knows the whole of HTTP: nothing is refused here, and what is taken is read as the web server would read it.
"""

from __future__ import annotations

import re

LONGEST = 4096
"""Bytes of a head that is read here."""
END = b"\r\n\r\n"
_REQUEST = re.compile(r"GET (/[\w./-]*)\?([!-~]*) HTTP/1\.1", re.ASCII)
_FIELD = re.compile(r"([A-Za-z0-9-]+):[ \t]*([ -~]*)")
_OF_A_BODY = frozenset({"HTTP_CONTENT_LENGTH", "HTTP_CONTENT_TYPE", "HTTP_EXPECT", "HTTP_TRANSFER_ENCODING"})


def read_opening(data: bytes) -> tuple[dict[str, str], int] | None:
    """Return what a request that opens a WebSocket says, as a WSGI environment does, and the length of its head.

    None for a head that is not whole yet, not ordinary, or opens none. `data` begins with the request and may go on
    behind it.
    """
    end = data.find(END)
    if end < 0:
        return None
    request, *fields = data[:end].decode("latin-1").split("\r\n")
    line = _REQUEST.fullmatch(request)
    if line is None:
        return None
    said: dict[str, str] = {}
    for field in fields:
        matched = _FIELD.fullmatch(field)
        if matched is None:
            return None
        said["HTTP_" + matched[1].upper().replace("-", "_")] = matched[2].rstrip(" ")
    if len(said) != len(fields) or not _OF_A_BODY.isdisjoint(said) or not _opens(said):
        return None
    path, query = line.groups()
    said["RAW_PATH_INFO"] = said["PATH_INFO"] = path
    said["QUERY_STRING"] = query
    return said, end + len(END)


def _opens(said: dict[str, str]) -> bool:
    """Return whether the fields ask for a WebSocket (RFC 6455, 4.1)."""
    connection = said.get("HTTP_CONNECTION", "").lower().split(",")
    return (
        said.get("HTTP_UPGRADE", "").lower() == "websocket"
        and "upgrade" in (option.strip() for option in connection)
        and "HTTP_HOST" in said
    )
