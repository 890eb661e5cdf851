"""Turnstiles in tests: devices that tell the hub at once what they did, right or wrong."""

from __future__ import annotations

from datetime import timedelta

from conference_hub.access.model import Role
from conference_hub.core.now import iso
from tests.e2e.badges import badge_of
from tests.e2e.conftest import ModelDay

BATCH = "checkin/redeem/batch"


def let_in(day: ModelDay, guest: str, turnstile: str, minutes: float = -10, gate: str = "main") -> str:
    """Let a guest in by a turnstile, so many minutes after the opening; return its scan."""
    at = iso(day.opening + timedelta(minutes=minutes))
    scan = {"scan_id": f"{turnstile} {guest} {minutes}", "gate": gate, "token": badge_of(day, guest)}
    body = {"scans": [{**scan, "at": at, "acted": "admitted"}]}
    status, answer = day.server.post(BATCH, body, as_whom=turnstile, role=Role.STAFF)
    assert status == 200, answer
    return scan["scan_id"]
