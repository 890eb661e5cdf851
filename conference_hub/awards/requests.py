"""The commands of the ceremony as they are sent."""

from __future__ import annotations

from typing import Annotated

from conference_hub.awards.model import Wording
from conference_hub.web.requests import CommandBody, text


class AwardCommand(CommandBody):
    """A command of one award."""

    @property
    def wording(self) -> Wording:
        """What is to be written about the award; without fields of its own a command leaves all as it is."""
        return Wording()


class Correct(AwardCommand):
    """Correct what is written about an award; a field that is absent or null stays as it is.

    A new recipient without a `pronunciation` has none: the old one was that of another name.
    """

    recipient: Annotated[str, text(160)] | None = None
    organisation: Annotated[str, text(240)] | None = None
    profile: Annotated[str, text(600)] | None = None
    pronunciation: Annotated[str, text(160)] | None = None

    @property
    def wording(self) -> Wording:
        """What is to be written."""
        return Wording(
            recipient=self.recipient,
            organisation=self.organisation,
            profile=self.profile,
            pronunciation=self.pronunciation,
        )
