"""A guest, the groups guests belong to, and the ways to take part."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from conference_hub.core.text import Text

GuestId = NewType("GuestId", str)


class Group(StrEnum):
    """Why somebody is on the list; the value is what is stored and sent."""

    RECIPIENT = "recipient"
    OFFICIAL = "official"
    GUEST_OF_HONOUR = "guest_of_honour"
    STAFF = "staff"
    ATTENDEE = "attendee"

    @property
    def label(self) -> Text:
        """What people read."""
        return _GROUP_LABELS[self]


class Mode(StrEnum):
    """How somebody takes part; the value is what is stored and sent."""

    ONSITE = "onsite"
    METAVERSE = "metaverse"
    ZOOM = "zoom"
    ONLINE = "online"

    @property
    def label(self) -> Text:
        """What people read."""
        return _MODE_LABELS[self]

    @property
    def remote(self) -> bool:
        """Whether this guest follows from elsewhere."""
        return self is not Mode.ONSITE


_GROUP_LABELS = {
    Group.RECIPIENT: Text(ko="수상자", en="Award recipient"),
    Group.OFFICIAL: Text(ko="신규 공무원", en="New official"),
    Group.GUEST_OF_HONOUR: Text(ko="내빈", en="Guest of honour"),
    Group.STAFF: Text(ko="운영진", en="Event staff"),
    Group.ATTENDEE: Text(ko="참석자", en="Attendee"),
}

_MODE_LABELS = {
    Mode.ONSITE: Text(ko="현장", en="On site"),
    Mode.METAVERSE: Text(ko="메타버스", en="Metaverse"),
    Mode.ZOOM: Text(ko="화상회의", en="Video meeting"),
    Mode.ONLINE: Text(ko="온라인 중계", en="Online broadcast"),
}


@dataclass(frozen=True, kw_only=True)
class Guest:
    """Somebody on the guest list.

    `name` is None where the person is not named; then `label` stands in for it, otherwise it is their role.
    One of the two is there, else ValueError. `language` (`ko`, `en`) is None until the guest chooses one.
    """

    id: GuestId
    name: str | None
    label: Text | None
    organisation: str | None
    group: Group
    mode: Mode
    seat: str | None = None
    email: str | None = None
    language: str | None = None

    def __post_init__(self) -> None:
        """Raise ValueError for a guest with neither name nor label."""
        if not self.name and self.label is None:
            message = f"guest {self.id} has neither name nor label"
            raise ValueError(message)

    @property
    def shown(self) -> Text:
        """The name as one writes it, or what stands in for it."""
        if self.label is None or self.name:
            return Text.of(self.name or "")
        return self.label
