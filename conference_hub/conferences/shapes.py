"""The shape of the conference's document, for the browser's type definitions and the API's description."""

from __future__ import annotations

from typing import Final

from typing_extensions import TypedDict

from conference_hub.conferences import keys
from conference_hub.conferences.model import State
from conference_hub.core.shapes import Instant, TextDoc
from conference_hub.core.text import Language


class ConferenceDoc(TypedDict):
    """What a conference is and when; `state` is the one that was set by hand, lanes say how far its run is."""

    slug: str
    title: TextDoc
    host: TextDoc
    venue: TextDoc
    timezone: str
    starts_at: Instant
    ends_at: Instant
    accent: str
    languages: list[Language]
    state: State


DOCUMENTS: Final = {keys.CONFERENCE: ConferenceDoc}
