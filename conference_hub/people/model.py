"""A guest, the groups guests belong to, and the ways to take part."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from conference_hub.core.text import LANGUAGES, Language, Text

GuestId = NewType("GuestId", str)
GroupId = NewType("GroupId", str)

LONGEST_NUMBER = 20
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


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


_MODE_LABELS = {
    Mode.ONSITE: Text(ko="현장", en="On site"),
    Mode.METAVERSE: Text(ko="메타버스", en="Metaverse"),
    Mode.ZOOM: Text(ko="화상회의", en="Video meeting"),
    Mode.ONLINE: Text(ko="온라인 중계", en="Online broadcast"),
}
_MODE_OF_CHANNEL = {
    "hall": Mode.ONSITE,
    "metaverse": Mode.METAVERSE,
    "meeting": Mode.ZOOM,
    "broadcast": Mode.ONLINE,
}
"""The way of taking part that a channel of each kind offers."""


def offered_modes(channel_kinds: Iterable[str]) -> tuple[Mode, ...]:
    """Return the ways to take part in a conference with channels of these kinds; without channels, all of them."""
    offered = {_MODE_OF_CHANNEL[kind] for kind in channel_kinds if kind in _MODE_OF_CHANNEL}
    return tuple(mode for mode in Mode if mode in offered or not offered)


@dataclass(frozen=True, kw_only=True)
class Group:
    """Why guests are on the list: a word of the conference's own, in the order of `position` (from 1).

    `badge_label` is what badges say in its place, `colour` (`#rrggbb`) the stripe on them; None for neither. Raises
    ValueError for another colour: it goes into a page.
    """

    id: GroupId
    title: Text
    position: int
    badge_label: Text | None = None
    colour: str | None = None

    def __post_init__(self) -> None:
        """Refuse what no page could show."""
        if self.colour is not None and not COLOUR.fullmatch(self.colour):
            message = f"group {self.id}: colour {self.colour!r}"
            raise ValueError(message)

    @property
    def on_badge(self) -> Text:
        """What badges say."""
        return self.badge_label or self.title


@dataclass(frozen=True, kw_only=True)
class Guest:
    """Somebody on the guest list.

    `name` is None where the person is not named; then `label` stands in for it, otherwise it is their role.
    One of the two is there, else ValueError. `number` is what files know them by, unique in the conference; it is empty
    until the list gives one. `group` is None for no group. `pronunciation` is how the name is read aloud or written in
    other letters. `needs` (accessibility) is for the people at the gate, `notes` and `phone` for organisers alone.
    `look` is why somebody at the gate has to look at this person before they pass, None: nobody has to.
    `language` (`ko`, `en`) is None until the guest chooses one. `party` is the name of those they come with, who have
    the same one; None: they come alone.
    """

    id: GuestId
    name: str | None
    label: Text | None
    organisation: str | None
    group: GroupId | None
    mode: Mode
    number: str = ""
    seat: str | None = None
    email: str | None = None
    phone: str | None = None
    pronunciation: str | None = None
    needs: str | None = None
    notes: str | None = None
    look: str | None = None
    language: str | None = None
    party: str | None = None

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

    def reads(self, main: Language) -> Language:
        """Return the language in which this guest is written to: their own, else the conference's `main` one."""
        return next((one for one in LANGUAGES if one == self.language), main)

    @property
    def role(self) -> Text | None:
        """What somebody who is named does or is here; None where the label stands in for the name."""
        return self.label if self.name else None
