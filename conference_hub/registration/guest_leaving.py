"""What is left of a registration when its guest is taken off the guest list."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from conference_hub.core.journal import Write
from conference_hub.registration import store
from conference_hub.registration.facts import RegistrationMoved
from conference_hub.registration.keys import registration_key
from conference_hub.registration.model import Standing


def leave(write: Write, guest_ids: Collection[str]) -> None:
    """Cancel the registrations of guests who are removed; their places are free, and nobody is told."""
    for guest_id in guest_ids:
        found = store.registration_of_guest(write.session, write.conf, guest_id)
        if found is None:
            continue
        left = replace(found, guest_id=None, revision=found.revision + 1, changed_by=write.actor.label)
        if found.state is Standing.ACCEPTED:
            left = replace(left, state=Standing.CANCELLED)
            fact = RegistrationMoved(registration=left.id, state=left.state)
            write.publish(fact, registration_key(left.id), {})
        store.save_registration(write.session, write.conf, left)
