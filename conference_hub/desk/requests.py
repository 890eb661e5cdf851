"""What the forms of a conference send: making, editing, moving, copying and deleting it, and who may make others."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal
from zoneinfo import available_timezones

from pydantic import AfterValidator, BeforeValidator

from conference_hub.access.accounts import MAX_NAME
from conference_hub.conferences.model import ACCENT, DOORS_MIN, MOST_DOORS_MIN, SLUG, State
from conference_hub.core.errors import msg
from conference_hub.core.text import Language
from conference_hub.web.fields import Checkbox, Digits, Empty, Line, LocalTime, fault, text
from conference_hub.web.requests import Form
from conference_hub.web.wordings import FormWording

LANGUAGE_CHOICES: dict[str, tuple[Language, ...]] = {
    "ko": ("ko",),
    "ko en": ("ko", "en"),
    "en ko": ("en", "ko"),
    "en": ("en",),
}
"""The values of the choice of languages, the main one first."""
FIRST_YEAR, LAST_YEAR = 1971, 2900


def zones() -> list[str]:
    """Return the names of the time zones to choose from: places, and UTC."""
    return [*sorted(name for name in available_timezones() if _is_place(name)), "UTC"]


def _is_place(name: str) -> bool:
    return "/" in name and not name.startswith(("Etc/", "SystemV/", "US/"))


def _zone(value: object) -> object:
    if isinstance(value, str) and value.strip() in available_timezones():
        return value.strip()
    raise fault("zone", msg("목록에 있는 시간대를 골라 주세요. 예: Asia/Seoul"))


def _slug(value: str) -> str:
    if SLUG.fullmatch(value):
        return value
    raise fault("slug", msg("영어 소문자, 숫자, 붙임표(-)만 쓸 수 있습니다. 예: symposium-2026"))


def _accent(value: str) -> str:
    if ACCENT.fullmatch(value):
        return value.lower()
    raise fault("accent", msg("색은 #1b4b8f 처럼 적어 주세요."))


def _day(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value.strip()):
        try:
            found = date.fromisoformat(value.strip())
        except ValueError:
            found = date.min
        if FIRST_YEAR <= found.year <= LAST_YEAR:
            return found
    raise fault("day", msg("날짜는 2026-12-02 처럼 적어 주세요."))


def _door_minutes(value: int) -> int:
    if value <= MOST_DOORS_MIN:
        return value
    raise fault("most", msg("7일, 곧 10080분까지 정할 수 있습니다."))


Zone = Annotated[str, BeforeValidator(_zone)]
Slug = Annotated[str, text(80), AfterValidator(_slug)]
Accent = Annotated[str, text(7), AfterValidator(_accent)]
Day = Annotated[date, BeforeValidator(_day)]
OptionalDay = Annotated[Day | None, Empty]
DoorMinutes = Annotated[Digits, AfterValidator(_door_minutes)]
LanguageChoice = Literal["ko", "ko en", "en ko", "en"]


class ConferenceForm(Form):
    """What makes a conference, but for its slug."""

    title_ko: FormWording = ""
    title_en: FormWording = ""
    host_ko: FormWording = ""
    host_en: FormWording = ""
    venue_ko: FormWording = ""
    venue_en: FormWording = ""
    languages: LanguageChoice
    starts_at: LocalTime
    ends_at: LocalTime
    timezone: Zone
    accent: Accent
    purge_on: OptionalDay = None
    """Left empty: half a year after the last day."""
    doors_before_min: DoorMinutes = DOORS_MIN
    doors_after_min: DoorMinutes = DOORS_MIN


class NewConference(ConferenceForm):
    """Make a conference; a slug that is left empty is made of the title."""

    slug: Annotated[Slug | None, Empty] = None


class EditConference(ConferenceForm):
    """Edit a conference: `seen` is the mark of what the sender saw, `confirmed` the answer to what asks."""

    seen: Line
    confirmed: Checkbox = False


class MoveConference(Form):
    """Bring a conference into another state, or back from the archive (`back`)."""

    to: Literal[State.DRAFT, State.READY, State.LIVE, State.OVER, State.ARCHIVED, "back"]
    seen: State


class DeleteConference(Form):
    """Delete a conference: its slug is typed once more."""

    slug: Line


class ErasePersonalData(Form):
    """Erase the personal data of a conference: its slug is typed once more; `early` is before their day."""

    slug: Line
    early: Checkbox = False


class CloneConference(Form):
    """Make a conference with the structure of another one, beginning on another day."""

    title_ko: FormWording = ""
    title_en: FormWording = ""
    slug: Annotated[Slug | None, Empty] = None
    first_day: Day


class ImportConference(Form):
    """The form that brings a conference file; the file itself stands beside it."""


class ImportAs(Form):
    """Under which slug a conference file makes a conference, and on which day it begins."""

    slug: Slug
    first_day: Day


class HubOrganiser(Form):
    """Give an account the right to make conferences, or take it."""

    login: Annotated[str, text(MAX_NAME)]
    may: Literal["yes", "no"]
