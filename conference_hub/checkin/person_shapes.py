"""The shapes of guests as gate staff see them, and of what the API answers about one guest."""

from __future__ import annotations

from typing import Any, Final, NotRequired

from typing_extensions import TypedDict

from conference_hub.core.shapes import Count, Instant, TextDoc


class NamedDoc(TypedDict):
    """A group or a way of taking part, with its words."""

    id: str
    label: TextDoc


class CallDoc(TypedDict):
    """Where a recipient comes to the stage; `cue` and `order` stand where organisers let the gate know."""

    lane: TextDoc
    room: TextDoc | None
    cue: TextDoc | None
    order: int | None


class CompanionDoc(TypedDict):
    """Somebody who comes with a guest; `inside`: they are in the hall, or counted where people are only counted."""

    guest: str
    name: TextDoc
    inside: bool


class PartyDoc(TypedDict):
    """Those who come together under a name; `others` are all but the guest of whom it is said."""

    name: str
    others: list[CompanionDoc]


class PersonDoc(TypedDict):
    """A guest as gate staff see them; `masked` is for what stays on the screen, `needs` is what they need to get in.

    `needs_look`: somebody has to look at them before they pass; supervisors read why in `look`.
    """

    guest: str
    name: TextDoc
    masked: str | None
    role: TextDoc | None
    organisation: str | None
    group: NamedDoc | None
    mode: NamedDoc
    seat: str | None
    number: str
    needs: str | None
    needs_look: bool
    look: NotRequired[str]
    party: PartyDoc | None
    calls: list[CallDoc]


class FoundPersonDoc(PersonDoc):
    """A guest found by name; `place` is where they are."""

    place: str | None


class MayComeDoc(FoundPersonDoc):
    """Who may have come with a guest; `inside`: they are in the hall, or counted where people are only counted.

    `together`: they are of the guest's party, or the guest.
    """

    inside: bool
    together: bool


class FoundAnswer(TypedDict):
    """The guests that a search found; `more` when there are others."""

    guests: list[FoundPersonDoc]
    more: bool


class CompanionsAnswer(TypedDict):
    """A guest, and who may have come with them."""

    guests: list[MayComeDoc]


class AtDoorAnswer(TypedDict):
    """Somebody whom staff registered, gave a new badge or seated at the door, as they are now."""

    guest: str
    person: PersonDoc


class BadgeAnswer(TypedDict):
    """Whether a guest has a badge that opens gates."""

    guest: str
    badge: bool


class PersonalLinkAnswer(TypedDict):
    """A personal link, shown this once."""

    url: str
    expires_at: Instant


class EndedAnswer(TypedDict):
    """How many links ended."""

    ended: Count


ANSWERS: Final[dict[str, Any]] = {"FoundAnswer": FoundAnswer, "CompanionsAnswer": CompanionsAnswer}
"""The answers that pages read, by the names that they have in the browser."""
