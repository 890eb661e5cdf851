"""Compresses answers for browsers that take it: static files were compressed at set-up, pages and JSON are here.

What is compressed may be measured (BREACH), so nothing secret in a page is the same in two answers: form tokens are
masked (`web/form_tokens.py`), and browsers send no cookie with requests that other sites make.
"""

from __future__ import annotations

import gzip
from mimetypes import guess_type
from pathlib import Path

from flask import Flask, Response, request, send_from_directory
from flask.typing import ResponseReturnValue

PRECOMPRESSED = (("br", ".br"), ("gzip", ".gz"))
"""Encodings in the order of preference, and how the files that have them end."""
TYPES = frozenset({"text/html", "application/json"})
WORTH_IT_BYTES = 1024
LEVEL = 6
"""Of zlib: most of the gain for a third of the time that the best takes."""


def install(app: Flask) -> None:
    """Compress pages and JSON; install before everything else, so that it is done after everything else."""
    app.after_request(_compress)


def send_static(folder: Path, name: str) -> ResponseReturnValue:
    """Answer with a file below `folder`, in the best encoding that it was compressed in; 404 where it is not there."""
    encodings = [(encoding, f"{name}{ending}") for encoding, ending in PRECOMPRESSED]
    there = [(encoding, file) for encoding, file in encodings if (folder / file).is_file()]
    chosen = next(((encoding, file) for encoding, file in there if accepts(encoding)), None)
    if chosen is None:
        answer = send_from_directory(folder, name)
    else:
        encoding, file = chosen
        answer = send_from_directory(folder, file, mimetype=guess_type(name)[0])
        answer.content_encoding = encoding
    if there:
        answer.vary.add("Accept-Encoding")
    return answer


def _compress(response: Response) -> Response:
    if response.mimetype not in TYPES or response.is_streamed or response.content_encoding:
        return response
    response.vary.add("Accept-Encoding")
    if not accepts("gzip") or len(response.get_data()) < WORTH_IT_BYTES:
        return response
    response.set_data(gzip.compress(response.get_data(), LEVEL, mtime=0))
    response.content_encoding = "gzip"
    tag, _weak = response.get_etag()
    if tag is not None:
        response.set_etag(tag, weak=True)
    return response


def accepts(encoding: str) -> bool:
    """Return whether the sender of the running request takes an encoding (RFC 9110 12.5.3)."""
    return request.accept_encodings.quality(encoding) > 0
