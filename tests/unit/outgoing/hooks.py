"""A webhook for tests."""

from __future__ import annotations

from datetime import UTC, datetime

from conference_hub.core.stream import Stream
from conference_hub.outgoing.model import Hook, HookDraft, HookId, HookState

AT = datetime(2021, 12, 2, 0, 20, tzinfo=UTC)
HOOK = Hook(
    id=HookId("hook"),
    conf="day",
    draft=HookDraft(name="메신저", url="https://hooks.example.com/hub", stream=Stream.PUBLIC),
    state=HookState.ON,
    position=3,
    secret_number=1,
    rotated_at=None,
    attempts=0,
    trying_since=None,
    next_try_at=AT,
    last_error="",
    lease=None,
    leased_until=None,
    made_at=AT,
    by="kim",
)
