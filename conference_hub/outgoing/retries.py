"""When what could not be sent is tried again, and when a webhook stops."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from conference_hub.outgoing.model import Hook, HookState

FIRST_PAUSE = timedelta(seconds=1)
LONGEST_PAUSE = timedelta(minutes=30)
GIVE_UP_AFTER = timedelta(days=3)
LEASE = timedelta(seconds=15)
"""How long a webhook belongs to the process that sends; another one goes on when that process died."""
GONE = 410
"""The status of a receiver that wants no more (Standard Webhooks)."""
MOST_DOUBLINGS = 20
MOST_DIGITS = 9
"""Digits of a number of seconds that are read: more of them are more than half an hour anyway."""


@dataclass(frozen=True, kw_only=True)
class Delivered:
    """The receiver took the message."""

    status: int
    answer: str = ""


@dataclass(frozen=True, kw_only=True)
class Failed:
    """The message did not arrive, or was not taken: `status` is that of the answer, None without one.

    `retry_after` is the header of that name (RFC 9110, section 10.2.3) as it came, empty without one.
    """

    error: str
    status: int | None = None
    answer: str = ""
    retry_after: str = ""


Outcome = Delivered | Failed


def claim(hook: Hook, lease: str, at: datetime) -> Hook:
    """Return a webhook as it is while a process sends."""
    return replace(
        hook,
        lease=lease,
        leased_until=at + LEASE,
        attempts=hook.attempts + 1,
        trying_since=hook.trying_since or at,
    )


def settle(hook: Hook, seq: int, outcome: Outcome, at: datetime) -> Hook:
    """Return a webhook after an attempt with what reaches up to `seq`.

    It goes on, waits for a growing pause, a longer one where the receiver asks for it, or stops: after three days of
    failures, or when the receiver is gone.
    """
    hook = replace(hook, lease=None, leased_until=None)
    match outcome:
        case Delivered():
            return replace(_fresh(hook, at), position=seq)
        case Failed(error=error, status=status, retry_after=retry_after):
            failing = replace(hook, last_error=error)
            if status == GONE or at - (hook.trying_since or at) >= GIVE_UP_AFTER:
                return replace(failing, state=HookState.DEAD)
            return replace(failing, next_try_at=at + max(pause(hook.attempts), asked_pause(retry_after, at)))


def pause(attempts: int) -> timedelta:
    """Return how long to wait after the `attempts`-th attempt: 1, 2, 4 … seconds, half an hour at most."""
    return min(FIRST_PAUSE * (1 << min(max(attempts - 1, 0), MOST_DOUBLINGS)), LONGEST_PAUSE)


def asked_pause(retry_after: str, at: datetime) -> timedelta:
    """Return how long the receiver asks to wait, half an hour at most; nothing for a header that says no time.

    It is a number of seconds, or a date by the receiver's clock, which is taken for ours.
    """
    asked = retry_after.strip()
    if asked.isascii() and asked.isdigit():
        return min(timedelta(seconds=int(asked[:MOST_DIGITS])), LONGEST_PAUSE)
    try:
        until = parsedate_to_datetime(asked)
    except ValueError:
        return timedelta(0)
    until = until.replace(tzinfo=UTC) if until.tzinfo is None else until
    return min(max(until - at, timedelta(0)), LONGEST_PAUSE)


def paused(hook: Hook) -> Hook:
    """Return a webhook that sends nothing until somebody resumes it."""
    return replace(hook, state=HookState.PAUSED, lease=None, leased_until=None)


def resumed(hook: Hook, position: int, at: datetime) -> Hook:
    """Return a webhook that sends at once what comes after `position`."""
    return replace(_fresh(hook, at), state=HookState.ON, position=position, lease=None, leased_until=None)


def _fresh(hook: Hook, at: datetime) -> Hook:
    return replace(hook, attempts=0, trying_since=None, next_try_at=at, last_error="")
