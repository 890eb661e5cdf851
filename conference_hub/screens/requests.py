"""What the addresses and forms of screens carry."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from conference_hub.core.errors import msg
from conference_hub.screens.model import LayerKind, ScreenKind
from conference_hub.web.requests import (
    Checkbox,
    CommandBody,
    Digits,
    Form,
    Line,
    OptionalLine,
    Query,
    Wording,
    fault,
    text,
)

LONGEST_DELAY_MS = 60_000
"""As a broadcast may be late (`places`): a minute."""


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
    run: Literal["auto", "rehearsal"] = "auto"
    """`rehearsal`: it shows every rehearsal; `auto`: those that operators show on screens."""


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
    run: Literal["auto", "rehearsal"] = "auto"


class ApplauseForm(Form):
    """Whether the audience may clap; `seen` is what was shown."""

    taken: Checkbox = False
    seen: OptionalLine = None


class LayLayer(CommandBody):
    """Lay something over the stage of a lane, or take it away."""

    lane: Line
    """The lane whose stages show it."""
    layer: LayerKind | None
    """What they show; null: what happens on the stage."""
    text: Wording | None = None
    """The words of the layer `text`, and of no other."""

    @model_validator(mode="after")
    def _has_words(self) -> Self:
        if (self.layer is LayerKind.TEXT) != (self.text is not None):
            raise fault("invalid", msg("화면에 띄울 글은 글 화면에만, 꼭 적어 주세요."), field="text")
        return self
