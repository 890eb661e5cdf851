"""Static files under content-hashed URLs that browsers may keep for a year, and the import map that names them.

Both are made once in each process: after an update the hub is started anew. In the debug mode of Flask files are
looked at again in each request.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

from flask import Flask, Response, abort, current_app, request, url_for

from conference_hub.core.files import STATIC
from conference_hub.core.text import LANGUAGES
from conference_hub.web.i18n import browser_messages, language

LONG_LIFE = "public, max-age=31536000, immutable"
HASH_LENGTH = 12


class VendorMissing(RuntimeError):
    """The browser libraries are not installed; `make run` does it."""


def install(app: Flask) -> None:
    """Give templates `static_url`, `import_map` and `browser_messages_url`, and hashed files their long life."""
    app.context_processor(
        lambda: {
            "static_url": static_url,
            "import_map": import_map,
            "vendor_url": vendor_url,
            "browser_messages_url": messages_url(language()),
        }
    )
    app.after_request(_cache)


def static_url(name: str) -> str:
    """Return the URL of a file under `static/`, with its content hash."""
    return _static_url(name, request.script_root, _changed_ns(name))


@cache
def _static_url(name: str, _root: str, _changed_ns: int) -> str:
    return url_for("static", filename=name, v=_hash_of(STATIC / name))


def vendor_url(package: str, name: str) -> str:
    """Return the URL of a file of an installed browser library; its version is in the path."""
    return url_for(
        "static",
        filename=f"vendor/{_vendor()[package]}/{name}",
        v=_vendor()[package].rpartition("-")[2],
    )


def import_map() -> str:
    """Return the import map (JSON): `#hub/…` modules, the messages of this language, and the libraries."""
    return _made_import_map() if current_app.debug else _import_map(language(), request.script_root)


@cache
def _import_map(_language: str, _root: str) -> str:
    return _made_import_map()


def _made_import_map() -> str:
    imports = {
        f"#hub/{path.relative_to(STATIC / 'js').as_posix()}": static_url(path.relative_to(STATIC).as_posix())
        for path in sorted((STATIC / "js").rglob("*.js"))
    }
    imports["#hub/web/messages.js"] = messages_url(language())
    imports["barcode-detector/ponyfill"] = vendor_url("barcode-detector", "ponyfill.js")
    imports["idb"] = vendor_url("idb", "index.js")
    imports["socket.io-client"] = vendor_url("socket.io-client", "socket.io.esm.min.js")
    return json.dumps({"imports": imports})


def messages_url(lang: str) -> str:
    """Return the URL of the browser's message catalogue for `lang`."""
    return _messages_url(lang, request.script_root)


@cache
def _messages_url(lang: str, _root: str) -> str:
    digest = hashlib.sha256(browser_messages(lang).encode()).hexdigest()[:HASH_LENGTH]
    return url_for("browser_messages", lang=lang, v=digest)


def browser_messages_module(lang: str) -> Response:
    """Answer with the browser's catalogue for `lang`, as an ES module; the view of the endpoint `browser_messages`."""
    if lang not in LANGUAGES:
        abort(404)
    return Response(browser_messages(lang), mimetype="text/javascript")


def _changed_ns(name: str) -> int:
    return (STATIC / name).stat().st_mtime_ns if current_app.debug else 0


def _hash_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:HASH_LENGTH]


@cache
def _vendor() -> dict[str, str]:
    manifest = STATIC / "vendor" / "manifest.json"
    if not manifest.exists():
        message = "static/vendor is missing: run `make run` or `make setup` once"
        raise VendorMissing(message)
    found: dict[str, str] = json.loads(manifest.read_text(encoding="utf-8"))
    return found


def _cache(response: Response) -> Response:
    if (
        request.endpoint in {"static", "browser_messages"}
        and "v" in request.args
        and response.status_code in {200, 304}
    ):
        response.headers["Cache-Control"] = LONG_LIFE
    return response
