"""What gates send."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import model_validator

from conference_hub.checkin.actions import Attempt
from conference_hub.checkin.model import Direction, ScanId
from conference_hub.core.errors import msg
from conference_hub.web.requests import CommandBody, Flag, Instant, Line, Query, fault, text

LONGEST_SCAN_ID = 70
LONGEST_TOKEN = 2000


class Redeem(CommandBody):
    """Somebody stands at `gate`: with a badge (`token`, as scanned or typed) or named by staff (`guest`).

    `at` is when it happened by the device's clock; `force` lets staff overrule a refusal.
    """

    command_id: Line | None = None  # type: ignore[assignment]
    scan_id: Annotated[str, text(LONGEST_SCAN_ID)]
    gate: Line
    token: Annotated[str, text(LONGEST_TOKEN)] | None = None
    guest: Line | None = None
    at: Instant | None = None
    direction: Direction = Direction.IN
    force: Flag = False

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.token is None) == (self.guest is None):
            sentence = msg("명찰 코드(token)와 참석자(guest) 가운데 하나만 보내 주세요.")
            raise fault("invalid", sentence, field="token")
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


class Search(Query):
    """Whom the gate looks for."""

    q: str = ""
    """Name, initial consonants, organisation or seat."""
