"""What staff send at the door beside scans."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from conference_hub.checkin.guest_requests import Cleaned
from conference_hub.web.requests import CommandBody, Line, OptionalLine, Query, Whole


class Overruled(StrEnum):
    """A refusal of a walk-in that staff may overrule."""

    FULL = "full"
    LISTED = "already_listed"


class WalkIn(CommandBody):
    """Somebody who is not on the list; `over` are the refusals that staff saw and overrule, `note` says why.

    `notice` is the version of the privacy notice that they were shown, 0: none.
    """

    name: Line
    organisation: Cleaned = None
    group: OptionalLine = None
    over: Annotated[tuple[Overruled, ...], Field(max_length=len(Overruled))] = ()
    note: OptionalLine = None
    notice: Annotated[Whole, Field(ge=0)] = 0


class CompanionsQuery(Query):
    """At which gate it is asked who may have come with a guest."""

    gate: OptionalLine = None


class NewBadge(CommandBody):
    """A new badge for a guest: the one before opens no gate any more."""

    guest: Line


class NewSeat(CommandBody):
    """Another place for a guest, None: none; `before` is the one that the sender saw."""

    guest: Line
    seat: Cleaned = None
    before: OptionalLine = None
