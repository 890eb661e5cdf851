"""What a paired device must know to answer scans without a network: digests of badges, and people without their names.

A badge stands in it as a digest that only this device can compute again: of its salt and the token's own digest, so
that badges of which nothing but the digest is kept are in it too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import SystemRandom
from typing import TypeVar

from conference_hub.checkin.roster_shapes import RosterPersonDoc, RosterRulesDoc
from conference_hub.core.now import iso
from conference_hub.gates.blue import Blue
from conference_hub.gates.model import Gate, Point, Window
from conference_hub.people.masking import mask
from conference_hub.people.model import Group, Guest, GuestId

T = TypeVar("T")

LIFE = timedelta(hours=12)
"""How long a device may go by a roster that it could not renew."""
KEPT_OF_DIGEST = 32
"""Hexadecimal digits: 128 bits, as a token has."""


@dataclass(frozen=True, kw_only=True)
class OpenPoint:
    """A point and when it is open."""

    point: Point
    windows: Sequence[Window]


def badge_digest(salt: str, token_digest: str) -> str:
    """Return what stands for a token on a device: of its salt and the token's SHA-256, in hexadecimal digits."""
    return hashlib.sha256(f"{salt}{token_digest}".encode()).hexdigest()[:KEPT_OF_DIGEST]


def expires_at(points: Iterable[OpenPoint], as_of: datetime) -> datetime:
    """Return when a device forgets a roster: after `LIFE`, or with the last of the windows that open by then."""
    latest = as_of + LIFE
    windows = [window for one in points for window in one.windows]
    ends = [window.closes_at for window in windows if window.closes_at > as_of and window.opens_at <= latest]
    return min(latest, max(ends, default=latest))


def rules_document(
    gates: Iterable[Gate], points: Iterable[OpenPoint], *, blue: Blue, timezone: str
) -> RosterRulesDoc:
    """Render the rules by which a device answers."""
    return {
        "blue": "admit" if blue is Blue.ADMIT else "hold",
        "timezone": timezone,
        "gates": [
            {
                "id": gate.id,
                "point": gate.point,
                "groups": sorted(gate.groups),
                "modes": sorted(mode.value for mode in gate.modes),
            }
            for gate in gates
        ],
        "points": [
            {
                "id": one.point.id,
                "kind": one.point.kind,
                "exits": one.point.exits,
                "reentry": one.point.reentry,
                "daily": one.point.daily,
                "windows": [
                    {"opens_at": iso(window.opens_at), "closes_at": iso(window.closes_at)}
                    for window in one.windows
                ],
            }
            for one in points
        ],
    }


def person_document(guest: Guest, group: Group | None) -> RosterPersonDoc:
    """Render a guest whom the veil has passed: a masked name, never what they receive, nor why to look at them."""
    return {
        "guest": guest.id,
        "masked": mask(guest.name) if guest.name else None,
        "label": None if guest.name else guest.shown.as_doc(),
        "group": {"id": group.id, "label": group.title.as_doc()} if group else None,
        "mode": guest.mode.value,
        "seat": guest.seat,
        "look": guest.look is not None,
    }


def parties_document(parties: Iterable[Sequence[GuestId]], places: Mapping[GuestId, int]) -> list[list[int]]:
    """Render who comes together as places in the list of people: parties of one are none, and no party has its name.

    `places` are in random order, and so are the parties.
    """
    return sorted(sorted(places[guest] for guest in party) for party in parties if len(party) > 1)


def shuffled(items: Iterable[T]) -> list[T]:
    """Return the items in a random order, so that the order of a list tells nothing."""
    order = list(items)
    SystemRandom().shuffle(order)
    return order
