"""`/api/openapi.json` as it is served: made once in each process, with a tag of its content."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from flask import Flask, Response, current_app, request

import conference_hub
from conference_hub.web import openapi
from conference_hub.web.hub import current_hub

EXTENSION = "conference_hub_api_description"
KEPT = "public, max-age=300"


@dataclass(frozen=True, kw_only=True)
class Served:
    """The description as bytes, and the tag that changes with it."""

    body: bytes
    tag: str


def answer(roles_of: openapi.RolesOf) -> Response:
    """Answer with the description of the running application, or 304; `roles_of` says who may call a view."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001
    served = app.extensions.get(EXTENSION) or current_hub().offload(_make, app, roles_of)
    app.extensions[EXTENSION] = served
    response = Response(served.body, mimetype="application/json")
    response.headers["Cache-Control"] = KEPT
    response.set_etag(served.tag)
    response.make_conditional(request)
    return response


def _make(app: Flask, roles_of: openapi.RolesOf) -> Served:
    about = openapi.About(
        title="conference_hub",
        version=conference_hub.__version__,
        server=app.extensions["conference_hub"].settings.public_url,
        cookie=app.config["SESSION_COOKIE_NAME"],
    )
    described = openapi.endpoints(app.url_map, app.view_functions, roles_of)
    body = json.dumps(openapi.document(about, described), ensure_ascii=False, sort_keys=True).encode()
    return Served(body=body, tag=hashlib.sha256(body).hexdigest()[:16])
