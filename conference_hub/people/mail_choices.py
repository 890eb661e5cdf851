"""Which mails a guest wants: each sort that can be refused, and the secret by which they say so without signing in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from secrets import token_urlsafe

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.core.actor import Actor
from conference_hub.core.journal import Write
from conference_hub.outbox.actions import withdraw_for_guests
from conference_hub.outbox.model import MOST_OF_UNSUBSCRIBE
from conference_hub.outbox.wording_model import MailKind
from conference_hub.people.facts import MailChoicesMade
from conference_hub.people.keys import guest_key
from conference_hub.people.model import GuestId
from conference_hub.people.tables import MailChoiceRow

CHOOSING = Actor.system("mail choices")
"""Who chooses by the link of a mail: nobody is signed in then."""
SECRET_BYTES = 16
"""128 bits: short enough for a header, and nobody guesses it."""


class Refusable(StrEnum):
    """What one press refuses; the value stands in the address."""

    REMINDERS = "reminders"
    NEWS = "news"


@dataclass(frozen=True, kw_only=True)
class MailChoices:
    """Which mails a guest gets: reminders a day and some minutes before a session, and news of the conference."""

    day_ahead: bool = True
    shortly: bool = True
    news: bool = True


@dataclass(frozen=True, kw_only=True)
class Chooser:
    """Whose choices a secret opens."""

    conf: str
    guest_id: GuestId
    choices: MailChoices


EVERYTHING = MailChoices()
"""What a guest gets who chose nothing."""


def without(choices: MailChoices, refused: Refusable) -> MailChoices:
    """Return choices after one press."""
    match refused:
        case Refusable.REMINDERS:
            return replace(choices, day_ahead=False, shortly=False)
        case Refusable.NEWS:
            return replace(choices, news=False)


def choices_of(session: Session, conf: str, guest_ids: Collection[str]) -> Mapping[str, MailChoices]:
    """Return what guests chose, by guest; who is left out gets everything."""
    rows = session.scalars(
        sa.select(MailChoiceRow).where(MailChoiceRow.conf == conf, MailChoiceRow.guest_id.in_(guest_ids))
    )
    return {row.guest_id: _choices(row) for row in rows}


def tokens_of(session: Session, conf: str, guest_ids: Collection[str]) -> Mapping[str, str]:
    """Return the secrets of guests by guest; makes those that are missing (needs a writing session)."""
    own = sa.and_(MailChoiceRow.conf == conf, MailChoiceRow.guest_id.in_(guest_ids))
    found = {row.guest_id: row.token for row in session.scalars(sa.select(MailChoiceRow).where(own))}
    for guest_id in guest_ids:
        if guest_id not in found:
            found[guest_id] = token_urlsafe(SECRET_BYTES)
            session.add(MailChoiceRow(conf=conf, guest_id=guest_id, token=found[guest_id]))
    session.flush()
    return found


def find_chooser(session: Session, token: str) -> Chooser | None:
    """Return whose choices a secret opens, or None."""
    row = session.scalars(sa.select(MailChoiceRow).where(MailChoiceRow.token == token)).one_or_none()
    if row is None:
        return None
    return Chooser(conf=row.conf, guest_id=GuestId(row.guest_id), choices=_choices(row))


def choose(write: Write, guest_id: str, choices: MailChoices, kinds: Iterable[MailKind]) -> None:
    """Keep what a guest chose; mails of `kinds` that they refuse are not sent, where they were not yet."""
    tokens_of(write.session, write.conf, [guest_id])
    row = write.session.get_one(MailChoiceRow, (write.conf, guest_id))
    if _choices(row) != choices:
        row.day_ahead, row.shortly, row.news = choices.day_ahead, choices.shortly, choices.news
        write.session.flush()
        refused = {one.name for one in kinds if one.refusable and not getattr(choices, one.refusable)}
        withdraw_for_guests(write, [guest_id], lambda mail: mail.kind in refused)
        key = guest_key(GuestId(guest_id))
        write.publish(MailChoicesMade(guest=GuestId(guest_id)), key, {})


def choices_url(public_url: str, token: str, lang: str) -> str:
    """Return the address of the page on which a guest chooses, in their language."""
    return f"{public_url}/u/{token}?lang={lang}"


def unsubscribe_url(public_url: str, token: str, refused: Refusable) -> str | None:
    """Return the address for List-Unsubscribe; None where the hub's own address is too long for the header."""
    url = f"{public_url}/u/{token}/{refused}"
    return url if len(url) <= MOST_OF_UNSUBSCRIBE else None


def _choices(row: MailChoiceRow) -> MailChoices:
    return MailChoices(day_ahead=row.day_ahead, shortly=row.shortly, news=row.news)
