"""The mail to everybody who has a certificate about the day."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from conference_hub.attendance import certificate_store
from conference_hub.attendance.certificates import About
from conference_hub.attendance.mail_kinds import CERTIFICATE
from conference_hub.attendance.store import find_setup
from conference_hub.conferences.model import Conference
from conference_hub.outbox.bulk import BulkMail, Occasion


def is_shown(session: Session, conference: Conference, about: About) -> bool:
    """Return whether anybody finds a certificate about something on their own page: it shows them while given."""
    setup = find_setup(session, conference.slug)
    given = setup.certificates if about is About.DAY else setup.follow_up
    return (
        given and not conference.hidden and bool(certificate_store.holders(session, conference.slug, about))
    )


def _given(session: Session, conference: Conference, _now: datetime) -> Sequence[Occasion]:
    """Return the conference, once somebody has a certificate."""
    if not is_shown(session, conference, About.DAY):
        return []
    return [Occasion(id="attendance", title=conference.title, path=f"/c/{conference.slug}/me")]


def _holders(session: Session, conference: Conference, _occasion: Occasion) -> Collection[str]:
    return certificate_store.holders(session, conference.slug, About.DAY)


BULK_MAILS = (BulkMail(kind=CERTIFICATE, occasions=_given, readers=_holders),)
