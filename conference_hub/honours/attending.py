"""Who of the guests of honour is here: what the team said, else what check-in knows. Pure."""

from __future__ import annotations

from dataclasses import replace

from conference_hub.core.errors import Invalid, msg
from conference_hub.honours.model import Honour, HonourStanding
from conference_hub.people.model import Guest


def marked(honour: Honour, standing: HonourStanding, representative: str | None) -> Honour:
    """Return somebody of whom the team says what `standing` says; without another name the representative stays.

    Raises Invalid (`representative`) when nobody is named who represents them.
    """
    named = representative or honour.representative
    if standing is HonourStanding.REPRESENTED and not named:
        raise Invalid(msg("누가 대신 오는지 적어 주세요."), field="representative")
    return replace(honour, standing=standing, representative=named)


def completed(honour: Honour, guest: Guest) -> Honour:
    """Return somebody linked to a guest; what nobody wrote of them is taken from the guest list."""
    return replace(
        honour,
        guest_id=guest.id,
        name=honour.name or guest.name,
        office=honour.office or guest.label,
        organisation=honour.organisation or guest.organisation,
        pronunciation=honour.pronunciation or guest.pronunciation,
    )


def standing_now(honour: Honour, *, inside: bool) -> HonourStanding:
    """Return whether somebody is here; `inside` says whether check-in knows the linked guest in the hall."""
    if honour.standing is HonourStanding.EXPECTED and inside:
        return HonourStanding.HERE
    return honour.standing
