"""What can happen to a conference itself. `topic` is the name on the wire; every stream hears of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from conference_hub.core.facts import Fact


class ConferenceCreated(Fact):
    """The conference was made, with nothing in it."""

    topic: ClassVar[str] = "ConferenceCreated"


@dataclass(frozen=True, kw_only=True)
class ConferenceEdited(Fact):
    """Title, host, venue, times, languages or the like were changed; `fields` says which."""

    topic: ClassVar[str] = "ConferenceEdited"
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class ConferenceMoved(Fact):
    """The conference went from one state to another by hand: it was published, begun, ended, archived, or back."""

    topic: ClassVar[str] = "ConferenceMoved"
    before: str
    state: str


class PersonalDataErased(Fact):
    """Personal data that are kept no longer were erased; earlier entries went with them."""

    topic: ClassVar[str] = "PersonalDataErased"
