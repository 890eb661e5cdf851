"""The model conference in other languages than its own two."""

from __future__ import annotations

import sqlalchemy as sa

from conference_hub.conferences.kept import bump_revision
from conference_hub.conferences.tables import ConferenceRow
from conference_hub.web.hub import Hub
from tests.model_day import CONF


def speak(hub: Hub, *languages: str) -> None:
    """Hold the conference in these languages, the main one first."""
    with hub.database.writing() as db:
        db.execute(sa.update(ConferenceRow).where(ConferenceRow.slug == CONF).values(languages=[*languages]))
        bump_revision(db, CONF)
