"""A person on the guest list."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from conference_hub.text import Text

GuestId = NewType("GuestId", str)


class Group(StrEnum):
    """Why somebody is invited."""

    RECIPIENT = "recipient"
    OFFICIAL = "official"
    GUEST_OF_HONOUR = "guest_of_honour"
    STAFF = "staff"
    ATTENDEE = "attendee"


class Mode(StrEnum):
    """How somebody takes part."""

    ONSITE = "onsite"
    METAVERSE = "metaverse"
    ZOOM = "zoom"
    ONLINE = "online"

    @property
    def remote(self) -> bool:
        """Whether this guest comes by a personal link instead of through a gate."""
        return self is not Mode.ONSITE


@dataclass(frozen=True, kw_only=True)
class Guest:
    """One guest; `name` is None for somebody who is not named, who then has a `label` instead.

    `label` may also stand beside a name, as an office does.
    """

    id: GuestId
    name: str | None
    label: Text | None
    organisation: str | None
    group: Group
    mode: Mode
    seat: str | None
    email: str | None

    @property
    def shown(self) -> Text:
        """What to call the guest in both languages."""
        if self.name is not None:
            return Text.of(self.name)
        return self.label or Text.of(str(self.id))
