"""What the forms and commands of guests of honour carry."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

from conference_hub.exchange.texts import clean_line, clean_lines
from conference_hub.honours.model import HonourStanding
from conference_hub.web.fields import LONGEST_ID, Checkbox, Empty, OptionalLine, text
from conference_hub.web.requests import Form, OnceBody
from conference_hub.web.wordings import FormWording

LONGEST_PASTED = 40_000


def _line(value: str | None) -> str | None:
    return (clean_line(value)[0] or None) if value else None


def _lines(value: str | None) -> str | None:
    return (clean_lines(value)[0] or None) if value else None


Name = Annotated[Annotated[str, text(80)] | None, Empty, AfterValidator(_line)]
Organisation = Annotated[Annotated[str, text(120)] | None, Empty, AfterValidator(_line)]
Note = Annotated[Annotated[str, text(500)] | None, Empty, AfterValidator(_lines)]
Seen = Annotated[Annotated[str, text(LONGEST_ID)] | None, Empty]


class HonourForm(Form):
    """A guest of honour; `guest` is an e-mail address or a number of the guest list, `seen` what was shown."""

    name: Name = None
    office_ko: FormWording = ""
    office_en: FormWording = ""
    organisation: Organisation = None
    pronunciation: Name = None
    note: Note = None
    guest: OptionalLine = None
    standing: HonourStanding = HonourStanding.EXPECTED
    representative: Organisation = None
    public: Checkbox = False
    seen: Seen = None


class Pasted(Form):
    """Guests of honour, one a line."""

    lines: Annotated[str, text(LONGEST_PASTED)]


class Remove(Form):
    """Remove one of the list; `seen` is what was shown."""

    seen: Seen = None


class Announce(Form):
    """Let everybody know of the whole list, or of nobody on it."""

    public: Checkbox = False


class Mark(OnceBody):
    """Say whether a guest of honour is here, does not come, or is represented."""

    standing: HonourStanding
    """What is to be said; `expected`: nothing, check-in tells."""
    representative: Organisation = None
    """Who comes in their place; without it whoever was named before."""
    expect: HonourStanding | None = None
    """What was said of them when the sender looked; refused (`stale`) when that is something else now."""
