"""Reading the guests that filters of the desk mean, as the database has them."""

from __future__ import annotations

from sqlalchemy.orm import Session

from conference_hub.checkin import badge_store, search, store
from conference_hub.checkin.guest_list import Filters, Standing, chosen, in_sequence
from conference_hub.checkin.guest_requests import FilterFields
from conference_hub.people import search as rules
from conference_hub.people.group_store import all_groups
from conference_hub.people.model import Guest
from conference_hub.web.hub import current_hub


def meant(session: Session, conf: str, sent: FilterFields) -> list[Guest]:
    """Return the guests that the search and the filters mean, in the order that they ask for.

    The search is the gate's, and finds by e-mail and phone, too. Others have a turn between two steps, each of which
    looks at all guests.
    """
    pause, filters = current_hub().pause, sent.filters()
    entries = search.guests(session, conf)
    pause()
    guests = rules.find(entries, sent.q, private=True) if sent.q.strip() else [one.guest for one in entries]
    pause()
    standing = standing_of(session, conf, filters)
    pause()
    found = chosen(guests, filters, standing)
    pause()
    return in_sequence(found, sent.sort, standing)


def standing_of(session: Session, conf: str, filters: Filters) -> Standing:
    """Return what the filters need to know beside the list; what none of them needs stays empty."""
    groups = all_groups(session, conf).values()
    return Standing(
        presences=store.all_presences(session, conf) if filters.came else {},
        badges=badge_store.badge_states(session, conf) if filters.badge else {},
        groups={group.id: group.position for group in groups},
    )
