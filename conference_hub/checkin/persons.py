"""Guests as the staff of a gate see them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from conference_hub.checkin import store
from conference_hub.checkin.model import Presence
from conference_hub.core.stream import Doc
from conference_hub.people.masking import mask
from conference_hub.people.model import Guest, GuestId
from conference_hub.web.hub import current_hub


def person_documents(session: Session, conf: str, guests: Sequence[Guest]) -> list[Doc]:
    """Render guests for gate staff, who see whole names; `masked` is for what stays on the screen."""
    people = {guest.id: _person(guest) for guest in guests}
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


def _person(guest: Guest) -> Doc:
    return {
        "guest": guest.id,
        "name": guest.shown.as_doc(),
        "masked": mask(guest.name) if guest.name else None,
        "role": guest.label.as_doc() if guest.label and guest.name else None,
        "organisation": guest.organisation,
        "group": {"id": guest.group.value, "label": guest.group.label.as_doc()},
        "mode": {"id": guest.mode.value, "label": guest.mode.label.as_doc()},
        "seat": guest.seat,
    }


def _place(presence: Presence | None) -> str | None:
    return presence.place.value if presence and presence.place else None
