"""A guest of honour, and what was said of their coming."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType

from conference_hub.core.labelled import Labelled
from conference_hub.core.text import Text

HonourId = NewType("HonourId", str)


class HonourStanding(Labelled):
    """What the team said of somebody's coming; while nobody said anything, check-in tells."""

    EXPECTED = "expected", "확인 전", "Not confirmed"
    HERE = "here", "도착", "Here"
    ABSENT = "absent", "불참", "Not coming"
    REPRESENTED = "represented", "대참", "Represented"


@dataclass(frozen=True, kw_only=True)
class Honour:
    """A guest of honour; their place in the list is their rank.

    One of `name` and `office` is there, else ValueError: an office may be on the list before anybody knows who comes.
    `pronunciation` and `note` are for the emcee. `guest_id` links to the guest list, so that check-in tells who is
    here. `representative` is who comes in their place (대참), in words; it counts while they are `REPRESENTED`.
    `public` lets everybody know that they are on the list.
    """

    id: HonourId
    name: str | None = None
    office: Text | None = None
    organisation: str | None = None
    pronunciation: str | None = None
    note: str | None = None
    guest_id: str | None = None
    representative: str | None = None
    standing: HonourStanding = HonourStanding.EXPECTED
    public: bool = False

    def __post_init__(self) -> None:
        """Raise ValueError for somebody without name and office."""
        if not self.name and self.office is None:
            message = f"guest of honour {self.id} has neither name nor office"
            raise ValueError(message)

    @property
    def title(self) -> Text:
        """The name, or the office where nobody is named."""
        return self.office if self.office and not self.name else Text.of(self.name or "")

    @property
    def announced(self) -> bool:
        """Whether everybody may know of them: they are public, and nobody said that they do not come."""
        return self.public and self.standing is not HonourStanding.ABSENT
