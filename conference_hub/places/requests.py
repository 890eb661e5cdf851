"""What the desk's forms of rooms, channels and video sources send."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from conference_hub.conferences.places import SPOKEN, ChannelAudience, ChannelKind, OpensWith, VideoKind
from conference_hub.core.addresses import has_credentials, is_web_address
from conference_hub.core.errors import msg
from conference_hub.web.fields import fault
from conference_hub.web.requests import Digits, Empty, Form, LocalTime, text
from conference_hub.web.wordings import FormWording

LONGEST_LINK = 2_000
MOST_SEATS = 100_000
MOST_DELAY_S = 60
LONGEST_PASSCODE = 60
MOST_BEFORE_MIN = 7 * 24 * 60


def _web_address(value: str) -> str:
    if has_credentials(value):
        raise fault("invalid", msg("주소에서 아이디와 비밀번호(@ 앞부분)를 빼 주세요."))
    if not is_web_address(value):
        raise fault("invalid", msg("https://로 시작하는 주소를 적어 주세요."))
    return value


def _spoken(value: str) -> str:
    if value not in SPOKEN:
        raise fault("invalid", msg("목록에 있는 언어를 골라 주세요."))
    return value


def _delay(value: object) -> Decimal:
    text = str(value).strip().replace(",", ".")
    seconds = Decimal(text) if re.fullmatch(r"[0-9]{1,3}(?:\.[0-9])?", text, re.ASCII) else None
    if seconds is None or seconds > MOST_DELAY_S:
        raise fault("invalid", msg("0부터 60까지, 소수점 아래 한 자리로 적어 주세요."))
    return seconds


Spoken = Annotated[str, AfterValidator(_spoken)]
"""The code of a language in `SPOKEN`."""
Link = Annotated[str, text(LONGEST_LINK), AfterValidator(_web_address)]
"""The address of a page on the web."""
OptionalLink = Annotated[Link | None, Empty]
Delay = Annotated[
    Decimal,
    BeforeValidator(_delay),
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": MOST_DELAY_S}),
]
"""Seconds from 0 to 60, to a tenth."""
Passcode = Annotated[str, text(LONGEST_PASSCODE)]
"""What a meeting asks for beside its link."""
SeenBefore = Annotated[Digits | None, Empty]
"""The last sequence number of the operator's stream when the form was made; a form of something new has none."""


class ItemForm(Form):
    """The form of an item of an ordered list."""

    seen: SeenBefore = None


class RoomForm(ItemForm):
    """A room as it is to be."""

    title_ko: FormWording = ""
    title_en: FormWording = ""
    note_ko: FormWording = ""
    note_en: FormWording = ""
    capacity: Annotated[Annotated[Digits, Field(ge=1, le=MOST_SEATS)] | None, Empty] = None


class RoomEdit(RoomForm):
    """A room that is there, as it is to be."""

    seen: Digits


class ChannelForm(ItemForm):
    """A channel as it is to be; its audience has its link once it is open."""

    kind: ChannelKind
    title_ko: FormWording = ""
    title_en: FormWording = ""
    url: OptionalLink = None
    captions_url: OptionalLink = None
    delay_s: Annotated[Delay | None, Empty] = None
    audience: ChannelAudience = ChannelAudience.PUBLIC
    passcode: Annotated[Passcode | None, Empty] = None
    opens_with: Annotated[OpensWith | None, Empty] = None
    before_min: Annotated[Annotated[Digits, Field(le=MOST_BEFORE_MIN)] | None, Empty] = None
    opens_at: Annotated[LocalTime | None, Empty] = None


class ChannelEdit(ChannelForm):
    """A channel that is there, as it is to be."""

    seen: Digits


class VideoForm(ItemForm):
    """A video source of a channel as it is to be; `url` may be a page of YouTube or Vimeo."""

    kind: VideoKind
    language: Spoken
    url: Link
    captions_url: OptionalLink = None


class VideoEdit(VideoForm):
    """A video source that is there, as it is to be."""

    seen: Digits


class Move(Form):
    """Move one place up or down in its list."""

    to: Literal["up", "down"]

    @property
    def by(self) -> int:
        """How many places further down."""
        return 1 if self.to == "down" else -1
