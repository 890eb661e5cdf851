"""Guests as the staff of a gate see them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from conference_hub.checkin import store
from conference_hub.checkin.model import Place, Presence
from conference_hub.checkin.presence import counted_in
from conference_hub.checkin.scans import scans_of_guests
from conference_hub.checkin.veiling import veil
from conference_hub.conferences.store import get_conference
from conference_hub.core.stream import Doc
from conference_hub.gates.model import PointKind
from conference_hub.gates.rules import counted_day
from conference_hub.gates.store import get_gate, point_of
from conference_hub.people.group_store import all_groups
from conference_hub.people.masking import mask
from conference_hub.people.model import Group, GroupId, Guest, GuestId
from conference_hub.people.store import parties_of
from conference_hub.web.hub import current_hub


@dataclass(frozen=True, kw_only=True)
class Counting:
    """A point that only counts people, and the day on which it is asked; None: it counts no days."""

    point: str
    day: str | None


def person_documents(
    session: Session, conf: str, guests: Sequence[Guest], counting: Counting | None = None
) -> list[Doc]:
    """Render guests for gate staff, who see whole names; `masked` is for what stays on the screen.

    What would say who gets which award is not in it (`veiling.py`). Those of a party are inside who are in the hall, or
    whom the point `counting` counted.
    """
    groups, veiled = all_groups(session, conf), veil(session, conf)
    parties = _parties(session, conf, {guest.party for guest in guests if guest.party}, counting)
    people = {
        guest.id: {**_person(veiled(guest), groups), "party": _with(guest, parties)} for guest in guests
    }
    for details in current_hub().person_details:
        for guest_id, detail in details(session, conf, list(people)).items():
            people[GuestId(guest_id)] |= detail
    return list(people.values())


def found_documents(
    session: Session, conf: str, guests: Sequence[Guest], counting: Counting | None = None
) -> list[Doc]:
    """Render guests as the search of the gate shows them: `person_documents`, and where each of them is (`place`)."""
    presences = store.presences_of(session, conf, [guest.id for guest in guests])
    return [
        person | {"place": _place(presences.get(person["guest"]))}
        for person in person_documents(session, conf, guests, counting)
    ]


def companion_documents(
    session: Session, conf: str, guest: Guest, guests: Sequence[Guest], counting: Counting | None
) -> list[Doc]:
    """Render those who may have come with a guest: `found_documents`, and whether they are `inside`.

    `together` are the guest and those of the same party.
    """
    inside = _inside(session, conf, [one.id for one in guests], counting)
    parties = {one.id: one.party for one in guests}
    return [
        person
        | {
            "inside": person["guest"] in inside,
            "together": person["guest"] == guest.id
            or (guest.party is not None and parties[person["guest"]] == guest.party),
        }
        for person in found_documents(session, conf, guests, counting)
    ]


def counting_at(session: Session, conf: str, gate_id: str, at: datetime) -> Counting | None:
    """Return what a gate counts at a time; None for a door. Raises NotFound for an unknown gate."""
    point = point_of(session, conf, get_gate(session, conf, gate_id))
    if point.kind is PointKind.DOOR:
        return None
    timezone = get_conference(session, conf).timezone
    return Counting(point=point.id, day=counted_day(point, at, timezone))


def _parties(
    session: Session, conf: str, names: Collection[str], counting: Counting | None
) -> dict[str, list[Doc]]:
    """Render who belongs to each of these parties: who they are, and whether they are inside."""
    if not names:
        return {}
    veiled, found = veil(session, conf), parties_of(session, conf, names)
    inside = _inside(session, conf, [one.id for members in found.values() for one in members], counting)
    return {
        name: [
            {"guest": one.id, "name": veiled(one).shown.as_doc(), "inside": one.id in inside}
            for one in members
        ]
        for name, members in found.items()
    }


def _inside(
    session: Session, conf: str, guest_ids: Collection[GuestId], counting: Counting | None
) -> set[GuestId]:
    """Return which of these guests are in the hall, or were counted where people are only counted."""
    if counting is None:
        presences = store.presences_of(session, conf, guest_ids)
        return {one for one in guest_ids if _place(presences.get(one)) == Place.HALL}
    scans = scans_of_guests(session, conf, guest_ids)
    return {one for one in guest_ids if counted_in(scans.get(one, ()), counting.point, counting.day)}


def _with(guest: Guest, parties: Mapping[str, Sequence[Doc]]) -> Doc | None:
    """Render the party of a guest with its others; None for somebody who comes alone."""
    others = [one for one in parties.get(guest.party or "", ()) if one["guest"] != guest.id]
    return {"name": guest.party, "others": others} if others else None


def _person(guest: Guest, groups: Mapping[GroupId, Group]) -> Doc:
    group = groups.get(guest.group) if guest.group else None
    return {
        "guest": guest.id,
        "name": guest.shown.as_doc(),
        "masked": mask(guest.name) if guest.name else None,
        "role": guest.role.as_doc() if guest.role else None,
        "organisation": guest.organisation,
        "group": {"id": group.id, "label": group.title.as_doc()} if group else None,
        "mode": {"id": guest.mode.value, "label": guest.mode.label.as_doc()},
        "seat": guest.seat,
        "number": guest.number,
        "needs": guest.needs,
        "needs_look": guest.look is not None,
        **({"look": guest.look} if guest.look is not None else {}),
    }


def _place(presence: Presence | None) -> str | None:
    return presence.place.value if presence and presence.place else None
