"""Messages: scheduled, shown, changed, acknowledged, ended and retracted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from conference_hub.access.model import Role
from conference_hub.core.now import iso
from conference_hub.messages.actions import show_due
from conference_hub.messages.model import Audience, MessageState
from conference_hub.messages.store import all_messages
from tests.integration.whole_day.sending import Sender, Step
from tests.small_conference import OTHER

EVERYBODY = [audience.value for audience in Audience]


def messages(sender: Sender) -> Iterator[Step]:
    """Do with messages what consoles, emcees and the clock can."""
    yield _posted(sender, "MessageScheduled", "잠시 쉽니다", at=_in(sender, 30))
    yield sender.written("message due", ("MessageShown",), show_due)
    shown = f"messages/{_only(sender, MessageState.SHOWN)}"
    edited = {**_content("15분 쉽니다"), "until": _in(sender, 5_000)}
    yield sender.command(Role.OPERATOR, f"{shown}/edit", ("MessageEdited",), **edited)
    yield sender.command(Role.EMCEE, f"{shown}/acknowledge", ("MessageAcknowledged",))
    yield sender.command(Role.OPERATOR, f"{shown}/retract", ("MessageRetracted",))
    yield _posted(sender, "MessageShown", "자리로 돌아와 주세요", until=_in(sender, 30))
    yield sender.written("message over", ("MessageEnded",), show_due)
    yield _posted(sender, "MessageShown", "비상구로 나가 주세요", emergency=True)


def _posted(sender: Sender, topic: str, words: str, **more: Any) -> Step:
    return sender.command(Role.OPERATOR, "messages", (topic,), **_content(words), **more)


def _content(words: str) -> dict[str, Any]:
    return {"text": {"ko": words, "en": "A message"}, "audiences": EVERYBODY}


def _in(sender: Sender, seconds: int) -> str:
    return iso(sender.hub.now() + timedelta(seconds=seconds))


def _only(sender: Sender, state: MessageState) -> str:
    with sender.hub.database.reading() as db:
        (found,) = (one.id for one in all_messages(db, OTHER) if one.state is state)
    return found
