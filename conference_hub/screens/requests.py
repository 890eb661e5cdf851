"""What the addresses and forms of screens carry."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from conference_hub.web.requests import Digits, Query

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
