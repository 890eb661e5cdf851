"""The shapes of what a device knows without a network."""

from __future__ import annotations

from typing import Any, Final, Literal

from typing_extensions import TypedDict

from conference_hub.checkin.person_shapes import NamedDoc
from conference_hub.core.shapes import Instant, TextDoc
from conference_hub.gates.model import PointKind, Reentry


class RosterWindowDoc(TypedDict):
    """When a point is open; both ends belong to it."""

    opens_at: Instant
    closes_at: Instant


class RosterPointDoc(TypedDict):
    """A point with its rules, as a device needs them without a network."""

    id: str
    kind: PointKind
    exits: bool
    reentry: Reentry
    daily: bool
    windows: list[RosterWindowDoc]


class RosterGateDoc(TypedDict):
    """A gate that the device may use; `groups` and `modes` are whom it is for, empty: everybody."""

    id: str
    point: str
    groups: list[str]
    modes: list[str]


class RosterRulesDoc(TypedDict):
    """By what a device answers; `blue`: whether it lets people in with a badge that it knows."""

    blue: Literal["admit", "hold"]
    timezone: str
    gates: list[RosterGateDoc]
    points: list[RosterPointDoc]


class RosterPersonDoc(TypedDict):
    """A guest on a device: never a whole name (`label` where there is none), nor why to look at them (`look`)."""

    guest: str
    masked: str | None
    label: TextDoc | None
    group: NamedDoc | None
    mode: str
    seat: str | None
    look: bool


class RosterAnswer(TypedDict):
    """What a device knows without a network, as of `as_of` and no longer than `expires_at`.

    A badge stands in it as the first 32 hexadecimal digits of SHA-256 of `salt` and the token's SHA-256 in hexadecimal
    digits: in `badges` with the place of its guest in `people`, in `gone` with why it opens no gate any more.
    `parties` are those who come together, by their places in `people`.
    """

    as_of: Instant
    expires_at: Instant
    salt: str
    rules: RosterRulesDoc
    badges: list[tuple[str, int]]
    people: list[RosterPersonDoc]
    parties: list[list[int]]
    gone: list[tuple[str, Literal["revoked", "cancelled"]]]


ANSWERS: Final[dict[str, Any]] = {"RosterAnswer": RosterAnswer}
"""The answers that pages read, by the names that they have in the browser."""
