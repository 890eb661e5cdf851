"""The shape of a guest of honour's document."""

from __future__ import annotations

from typing import Final, NotRequired

from typing_extensions import TypedDict

from conference_hub.core.shapes import Count, TextDoc
from conference_hub.honours.keys import HONOUR
from conference_hub.honours.model import HonourStanding


class HonourDoc(TypedDict):
    """A guest of honour; `position` is their rank among those that the stream knows, from 1.

    `representative` is who comes in their place while they are represented, for the team also before that. What the
    public stream has not are the fields from `standing` on.
    """

    id: str
    position: Count
    name: str | None
    office: TextDoc | None
    organisation: str | None
    representative: str | None
    standing: NotRequired[HonourStanding]
    pronunciation: NotRequired[str | None]
    note: NotRequired[str | None]
    guest: NotRequired[str | None]
    public: NotRequired[bool]


DOCUMENTS: Final = {HONOUR: HonourDoc}
"""The shape of each document by its key; a key that ends in `/` is the prefix of a family."""
