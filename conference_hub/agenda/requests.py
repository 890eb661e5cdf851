"""The run commands as they are sent."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from conference_hub.web.requests import CommandBody, Flag, Line

MOST_SECONDS = 3600
"""The most that one command adds to a cue, or takes from it."""


def _not_zero(seconds: int) -> int:
    if not seconds:
        raise PydanticCustomError("zero", "not zero")
    return seconds


class LaneCommand(CommandBody):
    """A command of a lane; without `lane` the first one is meant."""

    lane: Line | None = None


class Extend(LaneCommand):
    """Give the cue on air `seconds` more, or fewer when negative."""

    seconds: Annotated[int, Field(strict=True, ge=-MOST_SECONDS, le=MOST_SECONDS), AfterValidator(_not_zero)]


class Finish(LaneCommand):
    """End a lane; `early` leaves out the cues that are left."""

    early: Flag = False
