"""The mails of check-in to many: check-in opens, the conference begins online, personal data will be deleted."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from conference_hub.checkin.mail_kinds import BROADCAST, DELETION, DOORS_OPEN
from conference_hub.conferences.model import Conference
from conference_hub.core.text import Text
from conference_hub.core.time_words import write_clock, write_date
from conference_hub.outbox.bulk import BulkMail, Occasion
from conference_hub.people.store import modes


def _day_of(path: str) -> Callable[[Session, Conference, datetime], Sequence[Occasion]]:
    """Return the day on which the conference begins, until it is over."""

    def occasions(_session: Session, conference: Conference, now: datetime) -> Sequence[Occasion]:
        if not conference.on or now >= conference.ends_at:
            return []
        values = {
            "opens": _moment(conference, conference.doors_open_at),
            "begins": _moment(conference, conference.starts_at),
            "venue": conference.venue,
        }
        return [
            Occasion(
                id=conference.day.isoformat(),
                title=_day(conference.day),
                path=f"/c/{conference.slug}/{path}",
                values=values,
            )
        ]

    return occasions


def _deletion(_session: Session, conference: Conference, _now: datetime) -> Sequence[Occasion]:
    """Return the day from which personal data are not kept any more."""
    day = conference.purge_on
    if day is None or conference.hidden:
        return []
    path = f"/c/{conference.slug}/me"
    return [Occasion(id=day.isoformat(), title=_day(day), path=path, values={"day": _day(day)})]


def _day(day: date) -> Text:
    return Text(ko=write_date(day, "ko"), en=write_date(day, "en"))


def _moment(conference: Conference, at: datetime) -> Text:
    local = at.astimezone(conference.zone)
    day, clock = _day(local.date()), write_clock(at, conference.zone)
    return Text(ko=f"{day.ko} {clock}", en=f"{day.en} {clock}")


def _in_hall(session: Session, conference: Conference, _occasion: Occasion) -> Collection[str]:
    return [one for one, mode in modes(session, conference.slug).items() if not mode.remote]


def _elsewhere(session: Session, conference: Conference, _occasion: Occasion) -> Collection[str]:
    return [one for one, mode in modes(session, conference.slug).items() if mode.remote]


def _everybody(session: Session, conference: Conference, _occasion: Occasion) -> Collection[str]:
    return modes(session, conference.slug)


BULK_MAILS = (
    BulkMail(kind=DOORS_OPEN, occasions=_day_of(""), readers=_in_hall),
    BulkMail(kind=BROADCAST, occasions=_day_of("live"), readers=_elsewhere),
    BulkMail(kind=DELETION, occasions=_deletion, readers=_everybody),
)
