"""The roster of a device, read from the rows; and the tag by which a device asks whether it changed."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Literal, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.checkin import roster
from conference_hub.checkin.former import digest, former_badges
from conference_hub.checkin.roster import OpenPoint
from conference_hub.checkin.roster_shapes import RosterAnswer, RosterPersonDoc
from conference_hub.checkin.tables import BadgeRow
from conference_hub.checkin.veiling import veil
from conference_hub.conferences.kept import revisions
from conference_hub.conferences.store import get_conference
from conference_hub.core.now import iso
from conference_hub.gates.blue_store import blue_of
from conference_hub.gates.model import Device
from conference_hub.gates.store import all_gates, all_points, windows_of
from conference_hub.people.group_store import all_groups
from conference_hub.people.model import GuestId
from conference_hub.people.store import each_guest
from conference_hub.web.hub import current_hub

FORM = 2
"""Counts the forms that a roster had: a device that asks with a tag of an earlier one gets the new one."""
ROWS_PER_TURN = 50


def roster_tag(session: Session, conf: str, device: Device, at: datetime) -> str:
    """Return what is another one when the roster of a device is; nobody's coming or going changes it."""
    numbers = revisions(session, conf)
    badges = session.connection().execute(_BADGES_SO_FAR, {"conf_": conf}).one()
    until = lasts_until(session, conf, at)
    stands = until if until < at + roster.LIFE else None
    known = (FORM, numbers, tuple(badges), len(former_badges(session, conf)), device.salt, stands)
    return hashlib.sha256(repr(known).encode()).hexdigest()[:32]


def read_roster(session: Session, conf: str, device: Device, at: datetime) -> RosterAnswer:
    """Return the roster of a device as of `at`; others have their turn while it is made."""
    points = _points(session, conf)
    conference = get_conference(session, conf)
    gates = [gate for gate in all_gates(session, conf) if device.may_use(gate.id)]
    people, parties = _people(session, conf)
    places = {guest_id: place for place, guest_id in enumerate(roster.shuffled(people))}
    badges, gone = _badges(session, conf, device.salt, places)
    return {
        "as_of": iso(at),
        "expires_at": iso(lasts_until(session, conf, at)),
        "salt": device.salt,
        "rules": roster.rules_document(
            gates, points, blue=blue_of(session, conf), timezone=conference.timezone
        ),
        "badges": badges,
        "people": [people[guest_id] for guest_id in places],
        "parties": roster.parties_document(parties, places),
        "gone": gone,
    }


def lasts_until(session: Session, conf: str, at: datetime) -> datetime:
    """Return how long a device goes by a roster as of `at`."""
    return roster.expires_at(_points(session, conf), at)


def _people(
    session: Session, conf: str
) -> tuple[dict[GuestId, RosterPersonDoc], Collection[Sequence[GuestId]]]:
    """Return everybody on the list, and those of them who come together."""
    groups, veiled = all_groups(session, conf), veil(session, conf)
    people: dict[GuestId, RosterPersonDoc] = {}
    parties: dict[str, list[GuestId]] = {}
    for guest in current_hub().in_turns(each_guest(session, conf), ROWS_PER_TURN):
        shown = veiled(guest)
        group = groups.get(shown.group) if shown.group else None
        people[guest.id] = roster.person_document(shown, group)
        if guest.party:
            parties.setdefault(guest.party, []).append(guest.id)
    return people, parties.values()


def _badges(
    session: Session, conf: str, salt: str, places: dict[GuestId, int]
) -> tuple[list[tuple[str, int]], list[tuple[str, Literal["revoked", "cancelled"]]]]:
    """Return the valid badges with the place of their guest, and those that are none any more with why."""
    rows = session.connection().execute(_BADGES, {"conf_": conf}).all()
    badges: list[tuple[str, int]] = []
    gone: list[tuple[str, Literal["revoked", "cancelled"]]] = []
    for row in current_hub().in_turns(rows, 10 * ROWS_PER_TURN):
        salted = roster.badge_digest(salt, digest(row.token))
        if row.revoked_at is None:
            badges.append((salted, places[GuestId(row.guest_id)]))
        else:
            gone.append((salted, "revoked"))
    gone += [(roster.badge_digest(salt, former), "cancelled") for former in former_badges(session, conf)]
    return sorted(badges), sorted(gone)


def _points(session: Session, conf: str) -> list[OpenPoint]:
    conference = get_conference(session, conf)
    return [
        OpenPoint(point=point, windows=windows_of(point, conference)) for point in all_points(session, conf)
    ]


_TABLE = cast("sa.Table", BadgeRow.__table__).c
_OF_CONF = _TABLE.conf == sa.bindparam("conf_")
_BADGES = sa.select(_TABLE.guest_id, _TABLE.token, _TABLE.revoked_at).where(_OF_CONF)
_BADGES_SO_FAR = sa.select(
    sa.func.count(),
    sa.func.max(_TABLE.issued_at),
    sa.func.count(_TABLE.revoked_at),
    sa.func.max(_TABLE.revoked_at),
).where(_OF_CONF)
