"""What the desk's forms of sessions and series send."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from conference_hub.attendance.requests import TakenList
from conference_hub.core.addresses import is_web_address
from conference_hub.core.errors import msg
from conference_hub.followup.ledger import Shown
from conference_hub.web.fields import LONGEST_ID, Checkbox, Digits, Empty, fault, text
from conference_hub.web.requests import Form, LocalTime, Query
from conference_hub.web.wordings import FormParagraphs, FormWording

LONGEST_LINK = 2_000
MOST_SEATS = 100_000
MOST_COPIES = 52
LONGEST_COOLING_MIN = 1_440


def _address(value: str | None) -> str | None:
    if value is not None and not is_web_address(value):
        raise fault("invalid", msg("https://로 시작하는 주소를 적어 주세요."))
    return value


Id = Annotated[str, text(LONGEST_ID)]
OptionalId = Annotated[Id | None, Empty]
OptionalLink = Annotated[Annotated[str, text(LONGEST_LINK)] | None, Empty, AfterValidator(_address)]


class SessionForm(Form):
    """A session as it is to be; speakers and materials one a line (`listed.py`), `seen` what was shown.

    `tell`: it is known that people will be told of the change.
    `past`: it may start at a time that is over.
    """

    title_ko: FormWording = ""
    title_en: FormWording = ""
    description_ko: FormParagraphs = ""
    description_en: FormParagraphs = ""
    cases_ko: FormParagraphs = ""
    cases_en: FormParagraphs = ""
    series: OptionalId = None
    speakers: FormParagraphs = ""
    host_ko: FormWording = ""
    host_en: FormWording = ""
    starts_at: LocalTime
    ends_at: LocalTime
    capacity: Annotated[Annotated[Digits, Field(ge=1, le=MOST_SEATS)] | None, Empty] = None
    waits: Checkbox = False
    url: OptionalLink = None
    link_opens_at: Annotated[LocalTime | None, Empty] = None
    materials: FormParagraphs = ""
    tell: Checkbox = False
    past: Checkbox = False
    seen: OptionalId = None


class Seen(Form):
    """Announce, cancel or remove one thing; `seen` is what was shown."""

    seen: OptionalId = None


class DecideNotices(Form):
    """When people are told of changes: `send` now, `hold` until somebody says so, `let-go` after the cooling period."""

    action: Literal["send", "hold", "let-go"]


class Cooling(Form):
    """How many minutes changes wait before people are told of them."""

    minutes: Annotated[Digits, Field(ge=0, le=LONGEST_COOLING_MIN)]


class CopyWeekly(Form):
    """Copy a session as drafts, each a week after the one before."""

    times: Annotated[Digits, Field(ge=1, le=MOST_COPIES)]


class AddGuest(Form):
    """Sign a guest up: an e-mail address or a number of the guest list."""

    guest: Annotated[str, text(200)]


class LaterQuery(Query):
    """By how many minutes the form of a session is filled in later than the session is."""

    later: Digits = 0


class SignUpsQuery(Query):
    """Which lines of a session's ledger, and which page of them."""

    show: Shown = Shown.ALL
    page: Digits = 1


class RemoveGuest(Form):
    """Remove a guest's sign-up."""


class SendAgain(Form):
    """Send a guest's invitation once more."""


class SeriesForm(Form):
    """A series as it is to be."""

    title_ko: FormWording = ""
    title_en: FormWording = ""
    description_ko: FormParagraphs = ""
    description_en: FormParagraphs = ""
    seen: OptionalId = None


class MeetingReport(TakenList):
    """The report of a meeting's participants, as it was exported."""
