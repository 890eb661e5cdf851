"""The commands of the ceremony as they are sent."""

from __future__ import annotations

from conference_hub.web.requests import CommandBody, text


class AwardCommand(CommandBody):
    """A command of one award."""


class Correct(CommandBody):
    """Put right what is written about an award; a field that is absent or null stays as it is."""

    recipient: text(160) | None = None  # type: ignore[valid-type]
    organisation: text(240) | None = None  # type: ignore[valid-type]
    profile: text(600) | None = None  # type: ignore[valid-type]
