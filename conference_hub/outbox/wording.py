"""Composes mails: the conference's own words for a kind of mails or those of the product, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from conference_hub.conferences.model import Conference
from conference_hub.core.text import LANGUAGES, Text
from conference_hub.outbox.model import LINK, Draft
from conference_hub.outbox.wording_model import MailKind, Words, filled, fits
from conference_hub.outbox.wording_store import own_words
from conference_hub.web.i18n import in_language


def compose(
    session: Session,
    conference: Conference,
    kind: MailKind,
    lang: str,
    values: Mapping[str, str],
    *,
    to_name: str,
    to_address: str,
    link: str | None = None,
    about: str | None = None,
) -> Draft:
    """Write a mail of a kind; `values` are those of its fields but the conference's, and `{link}`, which `link` is.

    What the outbox needs to know besides is added by `dataclasses.replace`. Raises ValueError for a kind whose text has
    a link where none is given, and the other way round.
    """
    words = filled(
        words_of(session, conference.slug, kind, lang), {**conference_values(conference, lang), **values}
    )
    return Draft(
        kind=kind.name,
        to_name=to_name,
        to_address=to_address,
        subject=words.subject,
        content=words.text,
        link=link,
        about=about,
        language="en" if lang == "en" else "ko",
    )


def words_of(session: Session, conf: str, kind: MailKind, lang: str) -> Words:
    """Return the words of a kind of mails in `lang`: the conference's own, else those of the product.

    Words of which no mail can be made (any more) do not count: a mail always carries what its reader needs.
    """
    own = own_words(session, conf).get((kind.name, lang))
    return own.words if own is not None and fits(kind, own.words) else default_words(kind, lang)


def default_words(kind: MailKind, lang: str) -> Words:
    """Return the words of the product."""
    return Words(subject=in_language(lang, kind.subject, {}), text=in_language(lang, kind.text, {}))


def mail_title(kind: MailKind) -> Text:
    """Return what a kind of mails is called, for the title of a sending."""
    ko, en = (in_language(lang, kind.label, {}) for lang in LANGUAGES)
    return Text(ko=ko, en=en)


def conference_values(conference: Conference, lang: str) -> dict[str, str]:
    """Return what every mail of a conference can say."""
    return {"title": conference.title.in_language(lang), "host": conference.host.in_language(lang)}


def preview(conference: Conference, words: Words, values: Mapping[str, str], lang: str, link: str) -> Words:
    """Return words as their reader would see them, with `link` in its place."""
    found = filled(words, {**values, **conference_values(conference, lang)})
    return Words(subject=found.subject, text=found.text.replace(LINK, link))
