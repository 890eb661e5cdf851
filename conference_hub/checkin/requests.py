"""What gates send."""

from __future__ import annotations

from typing import Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from conference_hub.checkin.actions import Attempt
from conference_hub.checkin.model import Direction, ScanId
from conference_hub.web.requests import Body, CommandBody, Flag, Instant, Line, text

LONGEST_SCAN_ID = 70
LONGEST_TOKEN = 2000


class Redeem(CommandBody):
    """Somebody stands at `gate`: with a badge (`token`, as scanned or typed) or named by staff (`guest`).

    `at` is when it happened by the device's clock; `force` lets staff overrule a refusal.
    """

    command_id: Line | None = None  # type: ignore[assignment]
    scan_id: text(LONGEST_SCAN_ID)  # type: ignore[valid-type]
    gate: Line
    token: text(LONGEST_TOKEN) | None = None  # type: ignore[valid-type]
    guest: Line | None = None
    at: Instant | None = None
    direction: Direction = Direction.IN
    force: Flag = False

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.token is None) == (self.guest is None):
            raise PydanticCustomError("token_or_guest", "exactly one of token and guest", {"field": "token"})
        return self

    @property
    def id(self) -> str:
        """The id under which the answer is stored: the scan's own."""
        return f"scan:{self.scan_id}"

    def attempt(self) -> Attempt:
        """Return what happened at the gate."""
        return Attempt(
            scan_id=ScanId(self.scan_id),
            gate_id=self.gate,
            token=self.token,
            guest=self.guest,
            at=self.at,
            direction=self.direction,
            force=self.force,
        )


class Undo(CommandBody):
    """Take the admission `scan_id` back."""

    scan_id: Line


class Search(Body):
    """What the gate looks for."""

    q: str = ""
