"""Check-in as an app that is put on the home screen of a phone: what browsers ask for to install it."""

from __future__ import annotations

import json
from urllib.parse import urlencode

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from conference_hub.access.model import Role
from conference_hub.access.policy import allow, without_viewer
from conference_hub.checkin.requests import GateQuery
from conference_hub.web.assets import static_url
from conference_hub.web.i18n import language
from conference_hub.web.requests import takes

checkin_app_bp = Blueprint("checkin_app", __name__)

NIGHT = "#0f1319"
"""The colour of the gate's screen, behind the first picture and in the bar of the browser."""


@checkin_app_bp.get("/checkin/app.webmanifest")
@allow(Role.PUBLIC)
@without_viewer
@takes(GateQuery)
def manifest(query: GateQuery) -> ResponseReturnValue:
    """Answer with the web app manifest of the gate (W3C Web Application Manifest); it starts at `conf`."""
    start = "/checkin/" + (f"?{urlencode({'conf': query.conf})}" if query.conf else "")
    app = {
        "id": start,
        "name": _("체크인"),
        "short_name": _("체크인"),
        "description": _("행사 출입구에서 명찰을 확인합니다. 네트워크가 끊겨도 스캔을 보관합니다."),
        "lang": language(),
        "start_url": start,
        "scope": "/checkin/",
        "display": "standalone",
        "background_color": NIGHT,
        "theme_color": NIGHT,
        "icons": [
            _icon("app-192.png", 192, "any"),
            _icon("app-512.png", 512, "any"),
            _icon("app-maskable-512.png", 512, "maskable"),
        ],
    }
    return Response(json.dumps(app, ensure_ascii=False), mimetype="application/manifest+json")


def _icon(name: str, side: int, purpose: str) -> dict[str, str]:
    return {
        "src": static_url(f"icons/{name}"),
        "sizes": f"{side}x{side}",
        "type": "image/png",
        "purpose": purpose,
    }
