"""The commands of the ceremony as they are sent."""

from __future__ import annotations

from typing import Annotated

from conference_hub.web.requests import CommandBody, text


class AwardCommand(CommandBody):
    """A command of one award."""


class Correct(CommandBody):
    """Correct what is written about an award; a field that is absent or null stays as it is."""

    recipient: Annotated[str, text(160)] | None = None
    organisation: Annotated[str, text(240)] | None = None
    profile: Annotated[str, text(600)] | None = None
