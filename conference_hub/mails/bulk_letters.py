"""What a mail to many says to each reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from conference_hub.checkin.veiling import veil
from conference_hub.conferences.model import Conference
from conference_hub.conferences.store import get_conference
from conference_hub.core.journal import Write
from conference_hub.outbox.actions import put
from conference_hub.outbox.bulk import BulkMail, Occasion, once_key
from conference_hub.outbox.model import LINK, Draft, SendingId
from conference_hub.outbox.wording import compose
from conference_hub.outbox.wording_model import NAME, Words
from conference_hub.people.mail_choices import Refusable, choices_url, tokens_of, unsubscribe_url
from conference_hub.people.model import Guest
from conference_hub.web.hub import Hub


def sample(
    session: Session, conference: Conference, bulk: BulkMail, occasion: Occasion, public_url: str, lang: str
) -> Words:
    """Return the mail as it would be for the reader of samples."""
    name = NAME.sample.in_language(lang)
    stop = choices_url(public_url, "…", lang)
    draft = _compose(session, conference, bulk, occasion, public_url, lang, name, "", stop)
    return Words(subject=draft.subject, text=draft.content.replace(LINK, draft.link or ""))


def write_letters(
    hub: Hub,
    write: Write,
    bulk: BulkMail,
    occasion: Occasion,
    guests: Sequence[Guest],
    sending_id: SendingId,
) -> None:
    """Write a mail to guests, who want it and have an address."""
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
