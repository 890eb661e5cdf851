"""Addresses for signing in: the link that signs a browser in, and the page to go to afterwards."""

from __future__ import annotations

from conference_hub.access.model import Grant, Role
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


def home_of(grant: Grant | None) -> str:
    """Return the first page for the holder of `grant`, or of an account with no particular role."""
    return HOME[grant.role].format(conf=grant.conf) if grant else CONFERENCES


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
