"""What a gate asks, read from the JSON it sends."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from conference_hub.checkin.actions import Attempt
from conference_hub.checkin.model import Direction, ScanId
from conference_hub.core.errors import Invalid, msg
from conference_hub.core.now import parse_iso
from conference_hub.web.answers import optional_text, text_field

LONGEST_SCAN_ID = 70
LONGEST_TOKEN = 2000


def attempt_of(body: dict[str, Any]) -> Attempt:
    """Read `{"scan_id", "gate", "token" or "guest", "at"?, "direction"?, "force"?}`; raises Invalid."""
    token = optional_text(body, "token", max_length=LONGEST_TOKEN)
    guest = optional_text(body, "guest")
    if (token is None) == (guest is None):
        raise Invalid(msg("명찰 코드(token)와 참석자(guest) 가운데 하나만 보내 주세요."), field="token")
    return Attempt(
        scan_id=ScanId(text_field(body, "scan_id", max_length=LONGEST_SCAN_ID)),
        gate_id=text_field(body, "gate"),
        token=token,
        guest=guest,
        at=_instant(body),
        direction=_direction(body),
        force=_force(body),
    )


def _instant(body: dict[str, Any]) -> datetime | None:
    text = optional_text(body, "at")
    try:
        return parse_iso(text) if text else None
    except ValueError as error:
        raise Invalid(msg("시각은 2021-12-02T09:20:00+09:00 처럼 적어 주세요."), field="at") from error


def _direction(body: dict[str, Any]) -> Direction:
    try:
        return Direction(optional_text(body, "direction") or Direction.IN)
    except ValueError as error:
        raise Invalid(msg("방향(direction)은 in 또는 out입니다."), field="direction") from error


def _force(body: dict[str, Any]) -> bool:
    value = body.get("force", False)
    if not isinstance(value, bool):
        raise Invalid(msg("참(true) 또는 거짓(false)이어야 합니다: %(field)s"), field="force")
    return value
