"""Reading the guests that filters of the desk mean, as the database has them."""

from __future__ import annotations

from sqlalchemy.orm import Session

from conference_hub.checkin import badge_store, search, store
from conference_hub.checkin.guest_list import Filters, Standing, chosen, in_sequence
from conference_hub.checkin.guest_requests import FilterFields
from conference_hub.people import search as rules
from conference_hub.people.group_store import all_groups
from conference_hub.people.model import Guest


def meant(session: Session, conf: str, sent: FilterFields) -> list[Guest]:
    """Return the guests that the search and the filters mean, in the order that they ask for.

    The search is the gate's, and finds by e-mail and phone, too.
    """
    filters = sent.filters()
    standing = standing_of(session, conf, filters)
    entries = search.guests(session, conf)
    everybody = [entry.guest for entry in entries]
    guests = rules.find(entries, sent.q, private=True) if sent.q.strip() else everybody
    return in_sequence(chosen(guests, filters, standing), sent.sort, standing)


def standing_of(session: Session, conf: str, filters: Filters) -> Standing:
    """Return what the filters need to know beside the list; what none of them needs stays empty."""
    groups = all_groups(session, conf).values()
    return Standing(
        presences=store.all_presences(session, conf) if filters.came else {},
        badges=badge_store.badge_states(session, conf) if filters.badge else {},
        groups={group.id: group.position for group in groups},
    )
