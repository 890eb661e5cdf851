"""Conference rows to model and back."""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.conferences.kept import Kept
from conference_hub.conferences.model import Conference
from conference_hub.conferences.place_store import all_channels, save_channels
from conference_hub.conferences.places import Channel
from conference_hub.conferences.tables import ConferenceRow
from conference_hub.core.db import Database
from conference_hub.core.entries import open_streams
from conference_hub.core.errors import NotFound, msg
from conference_hub.core.text import Text

FIRST_REVISIONS = 2**30


def find_conference(session: Session, slug: str) -> Conference | None:
    """Return the conference with this slug, or None."""
    return _CONFERENCE.of(session, slug)


def get_conference(session: Session, slug: str) -> Conference:
    """Return the conference with this slug; raises NotFound."""
    conference = find_conference(session, slug)
    if conference is None:
        raise NotFound(msg("그런 행사가 없습니다."))
    return conference


def last_known(database: Database, slug: str) -> Conference | None:
    """Return a conference as it was when it was looked up last in this process; None when it never was."""
    return _CONFERENCE.last(database, slug)


def all_conferences(session: Session) -> list[Conference]:
    """Return every conference, the soonest first."""
    rows = session.scalars(sa.select(ConferenceRow).order_by(ConferenceRow.starts_at))
    return [_model(row, all_channels(session, row.slug)) for row in rows]


def add_conference(session: Session, conference: Conference) -> None:
    """Add a conference with its channels and its empty streams.

    Its numbers start anywhere: an earlier conference of the same name may have left values in somebody's memory.
    """
    session.add(
        ConferenceRow(
            slug=conference.slug,
            title=conference.title.as_doc(),
            host=conference.host.as_doc(),
            venue=conference.venue.as_doc(),
            timezone=conference.timezone,
            starts_at=conference.starts_at,
            ends_at=conference.ends_at,
            accent=conference.accent,
            languages=list(conference.languages),
            revision=secrets.randbelow(FIRST_REVISIONS),
            people_revision=secrets.randbelow(FIRST_REVISIONS),
        )
    )
    session.flush()
    save_channels(session, conference.slug, (), conference.channels)
    open_streams(session, conference.slug)
    session.flush()


def _find(session: Session, slug: str) -> Conference | None:
    row = session.get(ConferenceRow, slug)
    return _model(row, all_channels(session, slug)) if row else None


_CONFERENCE = Kept(_find)


def _model(row: ConferenceRow, channels: tuple[Channel, ...]) -> Conference:
    return Conference(
        slug=row.slug,
        title=Text.of(row.title),
        host=Text.of(row.host),
        venue=Text.of(row.venue),
        timezone=row.timezone,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        accent=row.accent,
        channels=channels,
        languages=tuple(row.languages),
    )
