"""Static files under URLs that change with their content, which browsers may keep for a year.

What pages load is made at set-up: `static/built`, `static/fonts` and `static/vendor`, the browser libraries. Which
files they are is read once in each process. After an update the hub is started anew.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import Any

from flask import Flask, Response, request, url_for
from flask.typing import ResponseReturnValue

from conference_hub.core.files import STATIC
from conference_hub.web.compression import send_static
from conference_hub.web.i18n import language

LONG_LIFE = "public, max-age=31536000, immutable"
PRIVATE_LIFE = "private, max-age=31536000, immutable"
"""Of what a browser keeps for its viewer, and no cache between."""
OF_CHANGING = ("ETag", "Last-Modified", "Accept-Ranges")
"""What nobody needs to know of a file that never changes: 130 bytes less in each answer."""
HASH_LENGTH = 12
BUILT, FONTS = "built", "fonts"


class AssetsMissing(RuntimeError):
    """What browsers load is not built; `make run` does it."""


def install(app: Flask) -> None:
    """Answer with static files, and give templates `static_url` and the other functions below that return URLs."""
    app.context_processor(
        lambda: {
            "static_url": static_url,
            "script_urls": script_urls,
            "later_urls": later_urls,
            "sheet_url": sheet_url,
            "more_fonts_url": more_fonts_url,
            "vendor_url": vendor_url,
        }
    )
    app.add_url_rule("/static/<path:filename>", "static", _static)
    app.after_request(_cache)


def _static(filename: str) -> ResponseReturnValue:
    return send_static(STATIC, filename)


def static_url(name: str) -> str:
    """Return the URL of a file under `static/`, with its content hash."""
    return _static_url(name, request.script_root)


@cache
def _static_url(name: str, _root: str) -> str:
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:HASH_LENGTH]
    return url_for("static", filename=name, v=digest)


def script_urls(module: str) -> tuple[str, ...]:
    """Return the URLs of a page's script in the language of the request, `module` as templates name it.

    The first is to be run; the others are what it imports at once, to be loaded beside it.
    """
    return _script_urls(module, language(), request.script_root)


@cache
def _script_urls(module: str, lang: str, _root: str) -> tuple[str, ...]:
    return tuple(_built_url(name) for name in manifest(BUILT)["scripts"][module][lang]["first"])


def later_urls(module: str, part: str) -> tuple[str, ...]:
    """Return the URLs of what a page's script loads when it imports `part`, beside what the page has by then."""
    return _later_urls(module, part, language(), request.script_root)


@cache
def _later_urls(module: str, part: str, lang: str, _root: str) -> tuple[str, ...]:
    return tuple(_built_url(name) for name in manifest(BUILT)["scripts"][module][lang]["later"][part])


def sheet_url(sheet: str) -> str:
    """Return the URL of a page's style sheet, `sheet` as templates name it."""
    return _sheet_url(sheet, request.script_root)


@cache
def _sheet_url(sheet: str, _root: str) -> str:
    return _built_url(manifest(BUILT)["styles"][sheet])


def more_fonts_url() -> str:
    """Return the URL of the style sheet with the fonts of all that the interface does not say."""
    return _more_fonts_url(request.script_root)


@cache
def _more_fonts_url(_root: str) -> str:
    return url_for("static", filename=f"{FONTS}/{manifest(FONTS)['rest']}")


def _built_url(name: str) -> str:
    return url_for("static", filename=f"{BUILT}/{name}")


def vendor_url(package: str, name: str) -> str:
    """Return the URL of a file of an installed browser library; its version is in the path."""
    directory = manifest("vendor")[package]
    return url_for("static", filename=f"vendor/{directory}/{name}", v=directory.rpartition("-")[2])


@cache
def manifest(folder: str) -> dict[str, Any]:
    """Return what set-up wrote about a folder of `static/`; raises AssetsMissing where it did not run."""
    path = STATIC / folder / "manifest.json"
    if not path.exists():
        message = f"static/{folder} is missing: run `make run` or `make setup` once"
        raise AssetsMissing(message)
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _cache(response: Response) -> Response:
    if request.endpoint != "static" or response.status_code not in {200, 206, 304}:
        return response
    response.headers.pop("Content-Disposition", None)
    if _named_by_content():
        response.headers["Cache-Control"] = LONG_LIFE
        for name in OF_CHANGING:
            response.headers.pop(name, None)
    return response


def _named_by_content() -> bool:
    """Return whether the static file that was asked for has another URL when it changes."""
    return "v" in request.args or (request.view_args or {})["filename"].startswith((f"{BUILT}/", f"{FONTS}/"))
