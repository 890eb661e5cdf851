"""The commands of the follow-up as they are sent."""

from __future__ import annotations

from conference_hub.web.requests import CommandBody, Instant


class Reschedule(CommandBody):
    """Move a session to `starts_at` to `ends_at`."""

    starts_at: Instant
    ends_at: Instant


class Cancel(CommandBody):
    """Call a session off."""
