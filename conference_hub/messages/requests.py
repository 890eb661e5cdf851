"""The commands of messages as they are sent."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from conference_hub.agenda.model import LaneId
from conference_hub.core.text import Text
from conference_hub.messages.model import Audience, Draft
from conference_hub.web.requests import CommandBody, Flag, Instant, Line, Wording


class Post(CommandBody):
    """A message: what is said, to whom, from when to when."""

    text: Wording
    audiences: Annotated[list[Audience], Field(min_length=1, max_length=len(Audience))]
    """Who is told; an emergency takes every screen."""
    emergency: Flag = False
    lane: Line | None = None
    """The lane whose screens show it, all of them when left out."""
    at: Instant | None = None
    """When it is to be shown; at once when left out or past. What is shown already stays shown."""
    until: Instant | None = None
    """When it ends by itself."""

    @property
    def draft(self) -> Draft:
        """What the author decided."""
        return Draft(
            text=Text(**self.text.as_doc()),
            audiences=tuple(self.audiences),
            emergency=self.emergency,
            lane=LaneId(self.lane) if self.lane is not None else None,
            at=self.at,
            until=self.until,
        )


class EditMessage(Post):
    """A message as it is to be from now on."""

    at: Instant | None = None
    """When a scheduled one is to be shown: at once for null or what is past, as it was scheduled when left out."""

    @property
    def keeps_time(self) -> bool:
        """Whether nothing is said of when a scheduled message is to be shown."""
        return "at" not in self.model_fields_set
