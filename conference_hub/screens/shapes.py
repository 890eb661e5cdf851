"""The shapes of the documents of screens."""

from __future__ import annotations

from typing import Final

from typing_extensions import TypedDict

from conference_hub.core.shapes import Instant, TextDoc
from conference_hub.screens.keys import APPLAUSE, LAYER
from conference_hub.screens.model import LayerKind


class LayerDoc(TypedDict):
    """What the operator laid over the stage of a lane (`layer` null: nothing any more); `text` is that of `text`."""

    lane: str
    layer: LayerKind | None
    text: TextDoc | None
    since: Instant


class ApplauseSettingDoc(TypedDict):
    """Whether applause of the audience is taken and shown."""

    taken: bool


DOCUMENTS: Final = {LAYER: LayerDoc, APPLAUSE: ApplauseSettingDoc}
