"""Addresses for signing in: the link that signs a browser in, and the page to go to afterwards."""

from __future__ import annotations

from datetime import datetime, timedelta

from conference_hub.access.model import Grant, Role
from conference_hub.conferences.model import Conference, State
from conference_hub.conferences.store import get_conference
from conference_hub.web.hub import current_hub

HOME = {
    Role.ORGANISER: "/c/{conf}/console",
    Role.OPERATOR: "/c/{conf}/console",
    Role.EMCEE: "/c/{conf}/screen/emcee",
    Role.STAFF: "/checkin/",
    Role.ATTENDEE: "/c/{conf}/me",
    Role.PUBLIC: "/c/{conf}/",
}
"""The first page of each role."""
CONFERENCES = "/conferences/"
"""The first page of an account with roles in several conferences, or in none."""
DESK = "/c/{conf}/desk/"
"""The first page of an organiser while the conference is prepared."""
DAY_BEGINS = timedelta(hours=12)
"""So long before the conference its organisers come to run it."""


def home_of(grant: Grant | None) -> str:
    """Return the first page for the holder of `grant`, or of an account with no particular role."""
    if grant is None:
        return CONFERENCES
    if grant.role is not Role.ORGANISER:
        return HOME[grant.role].format(conf=grant.conf)
    with current_hub().database.reading() as db:
        return first_page(grant.role, get_conference(db, grant.conf), current_hub().now())


def first_page(role: Role, conference: Conference, at: datetime) -> str:
    """Return the first page of a role; an organiser's is the desk while the conference is a draft or days away."""
    prepared = conference.state is State.DRAFT or conference.starts_at - at > DAY_BEGINS
    page = DESK if role is Role.ORGANISER and prepared else HOME[role]
    return page.format(conf=conference.slug)


def link_url(secret: str, lang: str | None = None) -> str:
    """Return the full URL of a sign-in link."""
    query = f"?lang={lang}" if lang else ""
    return f"{current_hub().settings.public_url}/link{query}#{secret}"


def safe_next(target: str) -> str:
    """Return `target` if it is a path on this hub, else an empty string (no open redirect).

    Browsers drop tabs and line breaks from an address and read a backslash as a slash, so neither is allowed.
    """
    plain = target.isprintable() and "\\" not in target
    return target if plain and target.startswith("/") and not target.startswith("//") else ""
