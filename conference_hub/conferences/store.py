"""Conference rows to model and back."""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.conferences.documents import conference_document
from conference_hub.conferences.kept import Kept, bump_revision
from conference_hub.conferences.keys import CONFERENCE
from conference_hub.conferences.model import Archived, Conference, State
from conference_hub.conferences.place_store import all_channels, save_channels
from conference_hub.conferences.places import Channel
from conference_hub.conferences.tables import ConferenceRow
from conference_hub.core.db import Database
from conference_hub.core.entries import open_streams
from conference_hub.core.errors import NotFound, msg
from conference_hub.core.stream import Docs, Stream
from conference_hub.core.text import Language, Text

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


def main_language(session: Session, slug: str) -> Language:
    """Return the language by whose titles things of a conference are named; of a conference to come it is Korean."""
    conference = find_conference(session, slug)
    return conference.main_language if conference else "ko"


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
            state=conference.state,
            purge_on=conference.purge_on,
            doors_before_min=conference.doors_before_min,
            doors_after_min=conference.doors_after_min,
            revision=secrets.randbelow(FIRST_REVISIONS),
            people_revision=secrets.randbelow(FIRST_REVISIONS),
        )
    )
    session.flush()
    save_channels(session, conference.slug, (), conference.channels)
    open_streams(session, conference.slug)
    session.flush()


def save_conference(session: Session, conference: Conference) -> None:
    """Write what can be edited of a conference, and its state; places have tables of their own."""
    row = session.get_one(ConferenceRow, conference.slug)
    row.title, row.host = dict(conference.title.as_doc()), dict(conference.host.as_doc())
    row.venue, row.languages = dict(conference.venue.as_doc()), list(conference.languages)
    row.timezone, row.accent = conference.timezone, conference.accent
    row.starts_at, row.ends_at = conference.starts_at, conference.ends_at
    row.purge_on = conference.purge_on
    row.doors_before_min, row.doors_after_min = conference.doors_before_min, conference.doors_after_min
    archived = conference.archived
    row.state = archived.before if archived else conference.state
    row.archived_at, row.archived_by = (archived.at, archived.by) if archived else (None, None)
    bump_revision(session, conference.slug)


def delete_conference(session: Session, slug: str) -> None:
    """Delete a conference and everything that belongs to it, the rows that refer to others first."""
    for table in reversed(ConferenceRow.metadata.sorted_tables):
        if "conf" in table.c:
            session.execute(sa.delete(table).where(table.c.conf == slug))
    session.execute(sa.delete(ConferenceRow).where(ConferenceRow.slug == slug))


def taken_slugs(session: Session) -> list[str]:
    """Return the slugs of all conferences."""
    return list(session.scalars(sa.select(ConferenceRow.slug)))


def documents(session: Session, conf: str, _stream: Stream) -> Docs:
    """Return the conference's own document, the same for every audience."""
    conference = find_conference(session, conf)
    return {CONFERENCE: conference_document(conference)} if conference else {}


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
        state=State(row.state) if row.archived_at is None else State.ARCHIVED,
        archived=_archived(row),
        purge_on=row.purge_on,
        doors_before_min=row.doors_before_min,
        doors_after_min=row.doors_after_min,
    )


def _archived(row: ConferenceRow) -> Archived | None:
    if row.archived_at is None:
        return None
    return Archived(at=row.archived_at, by=row.archived_by or "", before=State(row.state))
