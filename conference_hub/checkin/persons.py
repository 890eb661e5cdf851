"""Guests as the staff of a gate see them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy.orm import Session

from conference_hub.checkin import store
from conference_hub.checkin.model import Place, Presence
from conference_hub.checkin.veiling import veil
from conference_hub.core.stream import Doc
from conference_hub.people.group_store import all_groups
from conference_hub.people.masking import mask
from conference_hub.people.model import Group, GroupId, Guest, GuestId
from conference_hub.people.store import parties_of
from conference_hub.web.hub import current_hub


def person_documents(session: Session, conf: str, guests: Sequence[Guest]) -> list[Doc]:
    """Render guests for gate staff, who see whole names; `masked` is for what stays on the screen.

    What would say who gets which award is not in it (`veiling.py`).
    """
    groups, veiled = all_groups(session, conf), veil(session, conf)
    parties = _parties(session, conf, {guest.party for guest in guests if guest.party})
    people = {
        guest.id: {**_person(veiled(guest), groups), "party": _with(guest, parties)} for guest in guests
    }
    for details in current_hub().person_details:
        for guest_id, detail in details(session, conf, list(people)).items():
            people[GuestId(guest_id)] |= detail
    return list(people.values())


def found_documents(session: Session, conf: str, guests: Sequence[Guest]) -> list[Doc]:
    """Render guests as the search of the gate shows them: `person_documents`, and where each of them is (`place`)."""
    presences = store.presences_of(session, conf, [guest.id for guest in guests])
    return [
        person | {"place": _place(presences.get(person["guest"]))}
        for person in person_documents(session, conf, guests)
    ]


def companion_documents(session: Session, conf: str, guest: Guest, guests: Sequence[Guest]) -> list[Doc]:
    """Render those who may have come with a guest: `found_documents`, and whether they are `inside`.

    `together` are the guest and those of the same party.
    """
    parties = {one.id: one.party for one in guests}
    return [
        person
        | {
            "inside": person["place"] == Place.HALL,
            "together": person["guest"] == guest.id
            or (guest.party is not None and parties[person["guest"]] == guest.party),
        }
        for person in found_documents(session, conf, guests)
    ]


def _parties(session: Session, conf: str, names: Collection[str]) -> dict[str, list[Doc]]:
    """Render who belongs to each of these parties: who they are, and whether they are in the hall."""
    if not names:
        return {}
    veiled, found = veil(session, conf), parties_of(session, conf, names)
    presences = store.presences_of(session, conf, [one.id for members in found.values() for one in members])
    return {
        name: [
            {
                "guest": one.id,
                "name": veiled(one).shown.as_doc(),
                "inside": _place(presences.get(one.id)) == Place.HALL,
            }
            for one in members
        ]
        for name, members in found.items()
    }


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
