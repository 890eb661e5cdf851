"""Writes mails to many: a few in one transaction, each once, as one sending."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from conference_hub.checkin.veiling import veil
from conference_hub.conferences.model import Conference
from conference_hub.conferences.store import get_conference
from conference_hub.core.actor import Actor
from conference_hub.core.errors import NotFound, msg
from conference_hub.core.journal import Write
from conference_hub.outbox.actions import put
from conference_hub.outbox.bulk import BulkMail, Occasion, once_key
from conference_hub.outbox.bulk_store import written
from conference_hub.outbox.facts import BulkMailsWritten
from conference_hub.outbox.model import LINK, Draft, SendingId
from conference_hub.outbox.sendings import start_sending
from conference_hub.outbox.wording import compose, mail_title
from conference_hub.outbox.wording_model import NAME, Words
from conference_hub.people.mail_choices import (
    EVERYTHING,
    Refusable,
    choices_of,
    choices_url,
    tokens_of,
    unsubscribe_url,
)
from conference_hub.people.model import Guest
from conference_hub.people.store import guests_of
from conference_hub.web.hub import Hub

MOST_AT_ONCE = 20
"""Mails in one transaction: whoever presses meanwhile waits for it."""


@dataclass(frozen=True, kw_only=True)
class Audience:
    """Whom a mail to many is for: `to` get it now, the others are counted by why they do not."""

    to: tuple[Guest, ...]
    written: int
    refused: int
    without_address: int


def audience(session: Session, conference: Conference, bulk: BulkMail, occasion: Occasion) -> Audience:
    """Return whom a mail is for, and who does not get it: had it already, refused such mails, has no address."""
    conf = conference.slug
    readers = guests_of(session, conf, sorted(bulk.readers(session, conference, occasion)))
    had = written(session, conf, once_key(bulk, occasion, ""))
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
) -> Occasion:
    """Return an occasion for which a mail can be sent; raises NotFound."""
    for occasion in bulk.occasions(session, conference, now):
        if occasion.id == occasion_id:
            return occasion
    raise NotFound(msg("지금은 보낼 수 없는 메일입니다."))


def write_all(hub: Hub, conf: str, bulk: BulkMail, occasion: Occasion, actor: Actor) -> int:
    """Write a mail to everybody who has not had it yet; returns how many. A press again writes those that lack.

    Who left the list, refused such mails or lost the address since it was pressed gets none.
    """
    with hub.database.reading() as db:
        to = audience(db, get_conference(db, conf), bulk, occasion).to
    sending_id: SendingId | None = None
    count = 0
    for some in _steps(to):
        with hub.journal.writing(conf, actor=actor) as write:
            guests = guests_of(write.session, conf, [one.id for one in some])
            wanting = _wanting(write.session, conf, bulk, [one for one in guests if one.email])
            if wanting:
                title = mail_title(bulk.kind).joined(occasion.title)
                sending_id = sending_id or start_sending(write, bulk.kind.name, title)
                _write_some(hub, write, bulk, occasion, wanting, sending_id)
        count += len(wanting)
        hub.pause()
    return count


def sample(
    session: Session, conference: Conference, bulk: BulkMail, occasion: Occasion, public_url: str, lang: str
) -> Words:
    """Return the mail as it would be for the reader of samples."""
    name = NAME.sample.in_language(lang)
    stop = choices_url(public_url, "…", lang)
    draft = _compose(session, conference, bulk, occasion, public_url, lang, name, "", stop)
    return Words(subject=draft.subject, text=draft.content.replace(LINK, draft.link or ""))


def _write_some(
    hub: Hub,
    write: Write,
    bulk: BulkMail,
    occasion: Occasion,
    guests: Sequence[Guest],
    sending_id: SendingId,
) -> None:
    conference, public_url = get_conference(write.session, write.conf), hub.settings.public_url
    veiled = veil(write.session, write.conf, hub)
    tokens = tokens_of(write.session, write.conf, [one.id for one in guests]) if bulk.kind.refusable else {}
    for guest in map(veiled, guests):
        lang = guest.reads(conference.main_language)
        token = tokens.get(guest.id)
        stop = choices_url(public_url, token, lang) if token else ""
        name = guest.shown.in_language(lang)
        draft = _compose(
            write.session, conference, bulk, occasion, public_url, lang, name, guest.email or "", stop
        )
        put(
            write,
            replace(
                draft,
                once_key=once_key(bulk, occasion, guest.id),
                unsubscribe=unsubscribe_url(public_url, token, Refusable.NEWS) if token else None,
                sending_id=sending_id,
            ),
        )
    subject = f"mails/{bulk.kind.name}"
    write.publish(BulkMailsWritten(kind=bulk.kind.name, count=len(guests)), subject, {})


def _compose(
    session: Session,
    conference: Conference,
    bulk: BulkMail,
    occasion: Occasion,
    public_url: str,
    lang: str,
    name: str,
    address: str,
    stop: str,
) -> Draft:
    values = {one: text.in_language(lang) for one, text in occasion.values.items()}
    return compose(
        session,
        conference,
        bulk.kind,
        lang,
        {**values, "name": name, "stop": stop},
        to_name=name,
        to_address=address,
        link=f"{public_url}{occasion.path}",
    )


def _steps(guests: Sequence[Guest]) -> Iterator[Sequence[Guest]]:
    for first in range(0, len(guests), MOST_AT_ONCE):
        yield guests[first : first + MOST_AT_ONCE]
