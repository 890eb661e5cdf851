"""The conference as a document, the same for every audience."""

from __future__ import annotations

from conference_hub.conferences.model import Conference
from conference_hub.conferences.shapes import ConferenceDoc
from conference_hub.core.now import iso


def conference_document(conference: Conference) -> ConferenceDoc:
    """Render what followers know of a conference."""
    return {
        "slug": conference.slug,
        "title": conference.title.as_doc(),
        "host": conference.host.as_doc(),
        "venue": conference.venue.as_doc(),
        "timezone": conference.timezone,
        "starts_at": iso(conference.starts_at),
        "ends_at": iso(conference.ends_at),
        "accent": conference.accent,
        "languages": list(conference.languages),
        "state": conference.state,
    }
