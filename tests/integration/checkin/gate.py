"""What gate staff do in tests, and what is known of it afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask.testing import FlaskClient

from conference_hub.checkin import store
from conference_hub.core.entries import since
from conference_hub.core.stream import Stream
from conference_hub.web.hub import Hub
from tests.model_day import CONF

GUEST = "guest-001"
REDEEM = f"/api/v1/c/{CONF}/checkin/redeem"


def token_of(hub: Hub, guest_id: str = GUEST) -> str:
    with hub.database.reading() as db:
        badge = store.find_valid_badge(db, CONF, guest_id)
    assert badge is not None
    return badge.token


def redeem(browser: FlaskClient, scan_id: str, **body: object) -> dict[str, Any]:
    answer = browser.post(REDEEM, json={"scan_id": scan_id, "gate": "main", **body})
    assert answer.status_code == 200, answer.text
    result: dict[str, Any] = answer.get_json()
    return result


def presence(hub: Hub) -> Mapping[str, Any]:
    with hub.database.reading() as db:
        doc = hub.snapshot(db, CONF, Stream.STAFF)["presence"]
    assert doc is not None
    return doc


def topics(hub: Hub, stream: Stream = Stream.OPERATOR) -> list[str]:
    with hub.database.reading() as db:
        return [entry.topic for entry in since(db, CONF, stream, 0, 1000)]
