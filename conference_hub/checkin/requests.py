"""What gates and guests send."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from conference_hub.checkin.model import Attempt, Claim, Direction, ScanId
from conference_hub.core.errors import msg
from conference_hub.core.text import Language
from conference_hub.people.model import Mode
from conference_hub.places.requests import SeenBefore
from conference_hub.web.requests import (
    CommandBody,
    CommandId,
    Digits,
    Flag,
    Form,
    Instant,
    Line,
    Press,
    Query,
    fault,
    text,
)
from conference_hub.web.wordings import FormWording

LONGEST_SCAN_ID = 70
LONGEST_TOKEN = 2000
LONGEST_SEARCH = 200


class GivePersonalLink(Press):
    """Make a guest's personal link, whose secret is shown once."""

    command_id: CommandId | None = None
    """Names the command: sent again, it is refused as `already_made`, because the secret is not stored."""


class Redeem(CommandBody):
    """Somebody stands at `gate`: with a badge (`token`, as scanned or typed) or named by staff (`guest`).

    `at` is when it happened and `sent_at` when this request is sent, both by the device's clock: together they tell how
    far that clock is off. `force` lets staff overrule a refusal.
    """

    command_id: Line | None = None  # type: ignore[assignment]
    scan_id: Annotated[str, text(LONGEST_SCAN_ID)]
    gate: Line
    token: Annotated[str, text(LONGEST_TOKEN)] | None = None
    guest: Line | None = None
    at: Instant | None = None
    sent_at: Instant | None = None
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

    def as_sent(self) -> dict[str, Any]:
        """Return what is the same each time the scan is sent; `sent_at` is not."""
        return {name: value for name, value in super().as_sent().items() if name != "sent_at"}

    def attempt(self, paired_at: datetime) -> Attempt:
        """Return what happened at the gate; `paired_at` is since when the sender is signed in."""
        return Attempt(
            scan_id=ScanId(self.scan_id),
            gate_id=self.gate,
            token=self.token,
            guest=self.guest,
            claim=Claim(at=self.at, sent_at=self.sent_at, paired_at=paired_at) if self.at else None,
            direction=self.direction,
            force=self.force,
        )


class Undo(CommandBody):
    """Take the admission `scan_id` back."""

    scan_id: Line


class Search(Query):
    """Whom the gate looks for."""

    q: Annotated[str, Field(max_length=LONGEST_SEARCH)] = ""
    """Name, initial consonants, organisation or seat."""


class GateQuery(Query):
    """At which conference the gate is; None: the only one."""

    conf: str | None = None


class CheckIn(Form):
    """Check in as a guest who follows from elsewhere."""


class ChooseMode(Form):
    """Take part in another way."""

    mode: Mode


class ChooseLanguage(Form):
    """Be addressed in this language."""

    language: Language


class GateForm(Form):
    """A gate as it is to be."""

    title_ko: FormWording = ""
    title_en: FormWording = ""
    seen: SeenBefore = None


class GateEdit(GateForm):
    """A gate that is there, as it is to be."""

    seen: Digits
