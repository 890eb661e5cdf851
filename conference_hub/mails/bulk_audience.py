"""Whom a mail to many is for, and what it can be about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from conference_hub.conferences.model import Conference
from conference_hub.core.errors import NotFound, msg
from conference_hub.outbox.bulk import BulkMail, Occasion, once_key
from conference_hub.outbox.bulk_store import written
from conference_hub.people.mail_choices import EVERYTHING, choices_of
from conference_hub.people.model import Guest
from conference_hub.people.store import guests_of


@dataclass(frozen=True, kw_only=True)
class Audience:
    """Whom a mail to many is for: `to` get it now, the others are counted by why they do not."""

    to: tuple[Guest, ...]
    written: int
    refused: int
    without_address: int


def audience(session: Session, conference: Conference, bulk: BulkMail, occasion: Occasion) -> Audience:
    """Return whom a mail is for, and who does not get it: had it already, refused such mails, has no address."""
    return audience_among(
        session, conference, bulk, occasion, reader_ids(session, conference, bulk, occasion)
    )


def reader_ids(session: Session, conference: Conference, bulk: BulkMail, occasion: Occasion) -> list[str]:
    """Return the ids of the guests whom a mail is for, sorted."""
    return sorted(bulk.readers(session, conference, occasion))


def audience_among(
    session: Session, conference: Conference, bulk: BulkMail, occasion: Occasion, guest_ids: Sequence[str]
) -> Audience:
    """Return the same of some of those whom a mail is for."""
    conf = conference.slug
    readers = guests_of(session, conf, guest_ids)
    had = written(session, conf, [once_key(bulk, occasion, one.id) for one in readers])
    left = [one for one in readers if not _had(one, had.get(once_key(bulk, occasion, one.id)))]
    reachable = [one for one in left if one.email]
    to = _wanting(session, conf, bulk, reachable)
    return Audience(
        to=tuple(to),
        written=len(readers) - len(left),
        refused=len(reachable) - len(to),
        without_address=len(left) - len(reachable),
    )


def _wanting(session: Session, conf: str, bulk: BulkMail, guests: Sequence[Guest]) -> list[Guest]:
    """Return those of guests who do not refuse such mails."""
    wanted = bulk.kind.refusable
    choices = choices_of(session, conf, [one.id for one in guests]) if wanted else {}
    return [one for one in guests if not wanted or getattr(choices.get(one.id, EVERYTHING), wanted)]


def _had(guest: Guest, address: str | None) -> bool:
    """Return whether a guest had a mail that was written to an address: not where they have another one now."""
    return address is not None and (not guest.email or guest.email.lower() == address.lower())


def find_occasion(
    session: Session, conference: Conference, bulk: BulkMail, occasion_id: str, now: datetime
) -> Occasion | None:
    """Return an occasion for which a mail can be sent now, or None."""
    found = bulk.occasions(session, conference, now)
    return next((occasion for occasion in found if occasion.id == occasion_id), None)


def get_occasion(
    session: Session, conference: Conference, bulk: BulkMail, occasion_id: str, now: datetime
) -> Occasion:
    """Return an occasion for which a mail can be sent now; raises NotFound."""
    occasion = find_occasion(session, conference, bulk, occasion_id, now)
    if occasion is None:
        raise NotFound(msg("지금은 보낼 수 없는 메일입니다."))
    return occasion
