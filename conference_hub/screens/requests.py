"""What the addresses and forms of screens carry."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from conference_hub.screens.model import ScreenKind
from conference_hub.web.requests import Checkbox, Digits, Form, OptionalLine, Query, text

LONGEST_DELAY_MS = 10_000


class ScreenQuery(Query):
    """Which lane a screen shows, and how; its language is `lang`, as on every page."""

    lane: str | None = None
    """The lane, the first one when left out."""
    theme: Literal["dark", "light"] = "dark"
    """How the screen looks."""
    transparent: Annotated[Digits, Field(le=1)] = 0
    """1: nothing behind the words, for a mixer."""
    delay_ms: Annotated[Digits, Field(le=LONGEST_DELAY_MS)] = 0
    """How much later than the server the screen shows what happens, so that it meets a delayed picture."""


class ScreenForm(Form):
    """The link of a screen."""

    name: Annotated[str, text(80)]
    """Where the screen stands, or who looks at it."""
    kind: ScreenKind
    lane: OptionalLine = None
    """The lane, the first one when it is empty."""
    lang: Literal["ko", "en"]
    theme: Literal["dark", "light"] = "dark"
    transparent: Checkbox = False
    delay_ms: Annotated[Digits, Field(le=LONGEST_DELAY_MS)] = 0
