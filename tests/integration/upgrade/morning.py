"""The morning that version 82fd37d had run: its browsers, badges and documents."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from conference_hub.access.senders import COOKIE_SECRET
from tests.model_day import CONF
from tests.upgrade import half_a_day
from tests.upgrade.half_a_day import SESSIONS, TOKENS

API = f"/api/v1/c/{CONF}"
INSIDE = {"guest-001", "guest-002", "guest-003", "guest-005", "guest-007", "guest-113"}
HEADS = {"public": 33, "staff": 42, "sealed": 59, "operator": 71}
Command = Callable[..., TestResponse]


def browser(app: Flask, name: str) -> FlaskClient:
    """Return a browser with the cookie that it had before the upgrade."""
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie[COOKIE_SECRET] = SESSIONS[name]
    return client


def state(client: FlaskClient, stream: str) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {TOKENS['script']}"}
    state: dict[str, Any] = client.get(f"{API}/state?stream={stream}", headers=headers).get_json()
    return state


def snapshot(client: FlaskClient, stream: str = "operator") -> dict[str, Any]:
    snapshot: dict[str, Any] = state(client, stream)["snapshot"]
    return snapshot


def fields(document: dict[str, Any], *names: str) -> tuple[Any, ...]:
    return tuple(document[name] for name in names)


def badge(guest: str, *, revoked: bool = False) -> str:
    """Return the valid badge of a guest, or the one that was revoked."""
    (badges,) = [rows for name, _, rows in half_a_day.read() if name == "badge"]
    (token,) = [token for _, token, owner, _, at in badges if owner == guest and bool(at) == revoked]
    return str(token)
