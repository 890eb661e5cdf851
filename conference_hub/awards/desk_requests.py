"""What the desk's forms of awards send."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from conference_hub.awards.arranging import Rule
from conference_hub.awards.joint import LONGEST_WORD
from conference_hub.awards.levels import RevealStyle
from conference_hub.awards.model import AwardKind, StandIn
from conference_hub.core.errors import msg
from conference_hub.exchange.texts import clean_line, clean_lines
from conference_hub.web.fields import LONGEST_ID, Checkbox, Digits, Empty, OptionalLine, fault, text
from conference_hub.web.requests import Form, Query
from conference_hub.web.wordings import FormWording

MOST_RANK = 99
MOST_PACE_S = 3600
MOST_AMOUNT = 10**12
LONGEST_ORDER = 40_000


def _line(value: str | None) -> str | None:
    return (clean_line(value)[0] or None) if value else None


def _lines(value: str | None) -> str | None:
    return (clean_lines(value)[0] or None) if value else None


def _currency(value: str | None) -> str | None:
    if value is None:
        return None
    code = value.upper()
    if not (len(code) == 3 and code.isascii() and code.isalpha()):  # noqa: PLR2004 - ISO 4217 codes have three letters
        raise fault("invalid", msg("통화는 KRW, USD처럼 세 글자로 적어 주세요."))
    return code


Number = Annotated[Annotated[str, text(20)] | None, Empty, AfterValidator(_line)]
Name = Annotated[Annotated[str, text(80)] | None, Empty, AfterValidator(_line)]
Organisation = Annotated[Annotated[str, text(120)] | None, Empty, AfterValidator(_line)]
Joint = Annotated[Annotated[str, text(LONGEST_WORD)] | None, Empty, AfterValidator(_line)]
Profile = Annotated[Annotated[str, text(300)] | None, Empty, AfterValidator(_line)]
Citation = Annotated[Annotated[str, text(2_000)] | None, Empty, AfterValidator(_lines)]
Id = Annotated[str, text(LONGEST_ID)]
OptionalId = Annotated[Id | None, Empty]
Seen = Annotated[str, text(LONGEST_ID)]
OptionalSeen = Annotated[Seen | None, Empty]


class AwardsQuery(Query):
    """Which awards are listed; `show` is one of `missing`, `unplaced`, `unnamed`, `joint`, `fixed`."""

    programme: OptionalLine = None
    level: OptionalLine = None
    cue: OptionalLine = None
    show: OptionalLine = None
    q: OptionalLine = None
    page: Digits = 1


class AwardForm(Form):
    """An award as it is to be; `guest` is an e-mail address or a number of the guest list, `seen` what was shown."""

    number: Number = None
    level: Id
    kind: AwardKind = AwardKind.INDIVIDUAL
    recipient: Name = None
    unnamed: Checkbox = False
    organisation: Organisation = None
    guest: OptionalLine = None
    representative: Name = None
    stand_in: StandIn | None = None
    relation: Name = None
    profile: Profile = None
    citation: Citation = None
    presenter: Name = None
    read_by: Name = None
    honorific: Name = None
    conferrer: Name = None
    pronunciation: Name = None
    cue: OptionalId = None
    joint: Joint = None
    seen: OptionalSeen = None


class MoveAwards(Form):
    """Put some awards into a cue, or out of the ceremony where `cue` is empty."""

    award: Annotated[list[Id], Field(max_length=1_000)] = []  # noqa: RUF012 - pydantic copies defaults
    cue: OptionalId = None


class Remove(Form):
    """Remove one thing; `seen` is what was shown."""

    seen: OptionalSeen = None


class ProgrammeForm(Form):
    """A programme as it is to be."""

    title_ko: FormWording = ""
    title_en: FormWording = ""
    honour_ko: FormWording = ""
    honour_en: FormWording = ""
    seen: OptionalSeen = None


class LevelForm(Form):
    """A level as it is to be; without a pace it is the usual one of its style."""

    programme: OptionalId = None
    rank: Annotated[Digits, Field(ge=1, le=MOST_RANK)] = 1
    label_ko: FormWording = ""
    label_en: FormWording = ""
    honour_ko: FormWording = ""
    honour_en: FormWording = ""
    amount: Annotated[Annotated[Digits, Field(le=MOST_AMOUNT)] | None, Empty] = None
    currency: Annotated[OptionalLine, AfterValidator(_currency)] = None
    prize_ko: FormWording = ""
    prize_en: FormWording = ""
    style: RevealStyle = RevealStyle.INDIVIDUAL
    pace: Annotated[Annotated[Digits, Field(ge=1, le=MOST_PACE_S)] | None, Empty] = None
    seen: OptionalSeen = None


class LevelQuery(Query):
    """The programme that a new level is for."""

    programme: OptionalLine = None


class OrderQuery(Query):
    """By which rule a calling order is shown."""

    rule: Rule | None = None


class OrderForm(Form):
    """A calling order: ids of awards separated by commas; `move` (`<id>:up`) moves one of them first."""

    order: Annotated[str, text(LONGEST_ORDER)]
    move: OptionalLine = None
    seen: Seen


class GateOrder(Form):
    """Whether the gate learns in which order recipients are called; `seen` is what was shown."""

    told: Checkbox = False
    seen: OptionalSeen = None


class TellRecipients(Form):
    """Whether recipients elsewhere are told that they are called soon; `seen` is what was shown."""

    recipients: Checkbox = False
    seen: OptionalSeen = None


class Commit(Form):
    """Publish a commitment; `reason` says why it follows an earlier one, `seen` which ones were shown."""

    reason: OptionalLine = None
    seen: OptionalSeen = None


class OpenResults(Form):
    """Open the salts; `seen` is what was shown."""

    seen: OptionalSeen = None
