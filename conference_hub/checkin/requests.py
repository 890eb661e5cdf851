"""What pages of check-in and guests send; the scans are in `scan_requests`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from conference_hub.checkin.model import Settling
from conference_hub.core.text import Language
from conference_hub.people.model import Mode
from conference_hub.web.requests import (
    CommandId,
    Digits,
    Empty,
    Form,
    Instant,
    Line,
    Press,
    Query,
    text,
)

LONGEST_SEARCH = 200
LONGEST_WORD = 500


class GivePersonalLink(Press):
    """Make a guest's personal link, whose secret is shown once."""

    command_id: CommandId | None = None
    """Names the command: sent again, it is refused as `already_made`, because the secret is not stored."""


class Search(Query):
    """Whom the gate looks for."""

    q: Annotated[str, Field(max_length=LONGEST_SEARCH)] = ""
    """Name, initial consonants, organisation or seat."""


class GateQuery(Query):
    """At which conference the gate is; None: the only one."""

    conf: str | None = None


class CheckIn(Form):
    """Check in as a guest who follows from elsewhere."""


class LostLink(Form):
    """Have a new personal link sent to the address on the guest list."""

    email: Line


class ChooseMode(Form):
    """Take part in another way."""

    mode: Mode


class ChooseLanguage(Form):
    """Be addressed in this language."""

    language: Language


class InboxQuery(Query):
    """Which page of the inbox of conflicts; the first is 1."""

    page: Annotated[Digits, Field(ge=1, le=1000)] = 1


class SeeNotice(Form):
    """A guest saw the privacy notice in this version."""

    version: Annotated[Digits, Field(ge=1)]


SETTLED_BY_FORM = r"(same_person|looked|accept|reject|switch|undo(:.{1,70})?)"


class SettleForm(Form):
    """What was done about a conflict: `do` is one of its answers, `undo:<scan>` says which scan is taken back."""

    do: Annotated[str, Field(pattern=SETTLED_BY_FORM)]
    word: Annotated[Annotated[str, text(LONGEST_WORD)] | None, Empty] = None


class SettleTogether(Form):
    """What comes of all the scans that wait because of their time."""

    do: Literal[Settling.ACCEPTED, Settling.REJECTED]
    word: Annotated[Annotated[str, text(LONGEST_WORD)] | None, Empty] = None


class QuarantineQuery(Query):
    """Whose scans that wait as they came, and which page of them; the first is 1."""

    sender: Annotated[str, Field(max_length=LONGEST_SEARCH)] = ""
    page: Annotated[Digits, Field(ge=1, le=1000)] = 1


class QuarantineForm(Form):
    """What comes of the scans of `sender` that had come by `until`, or of one of them (`scan`).

    `gate` stands in for gates that are no more.
    """

    do: Literal[Settling.ACCEPTED, Settling.REJECTED]
    sender: Line
    until: Instant
    scan: Annotated[Line | None, Empty] = None
    gate: Annotated[Line | None, Empty] = None
