"""The commands and the form of the follow-up as they are sent."""

from __future__ import annotations

from typing import Annotated, Literal

from conference_hub.followup.invitations import Answer
from conference_hub.web.fields import LONGEST_ID, Empty, text
from conference_hub.web.requests import CommandBody, Form, Instant


class Reschedule(CommandBody):
    """Move a session to `starts_at` to `ends_at`; `past` lets it start at a time that is over."""

    starts_at: Instant
    ends_at: Instant
    past: bool = False


class Cancel(CommandBody):
    """Cancel a session."""


class GiveAnswer(Form):
    """Say whether one comes to a session."""

    answer: Answer


class Restore(CommandBody):
    """Let a cancelled session take place after all."""


class ChangePlace(Form):
    """Sign up for a session, or withdraw."""

    action: Literal["take", "give-up"] = "take"


class SignUpForAll(Form):
    """Sign up for each session that is still to come: those of a series, or all."""

    series: Annotated[Annotated[str, text(LONGEST_ID)] | None, Empty] = None


class KeepItem(Form):
    """Keep a session or a segment in one's own agenda, or take it out; `page` is where the button was."""

    kind: Literal["session", "segment"]
    item: Annotated[str, text(LONGEST_ID)]
    action: Literal["keep", "drop"] = "keep"
    page: Literal["overview", "follow-up", "me"] = "me"


class ChangeCalendar(Form):
    """Give one's own calendar a new address, or end it."""

    action: Literal["renew", "end"] = "renew"
