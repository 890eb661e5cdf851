"""The words that organisers gave to kinds of mails: rows to model and back; kept by the conference's revision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.conferences.kept import Kept, bump_revision
from conference_hub.outbox.tables import MailWordingRow
from conference_hub.outbox.wording_model import Words


@dataclass(frozen=True, kw_only=True)
class OwnWords:
    """Words of a conference's own, with when and by whom they were changed last."""

    words: Words
    changed_at: datetime
    changed_by: str


def own_words(session: Session, conf: str) -> Mapping[tuple[str, str], OwnWords]:
    """Return the words that a conference changed, by kind and language."""
    return _OWN.of(session, conf)


def save_words(session: Session, conf: str, kind: str, lang: str, own: OwnWords) -> None:
    """Write down words of a kind of mails in one language."""
    session.merge(
        MailWordingRow(
            conf=conf,
            kind=kind,
            language=lang,
            subject=own.words.subject,
            content=own.words.text,
            changed_at=own.changed_at,
            changed_by=own.changed_by,
        )
    )
    session.flush()
    bump_revision(session, conf)


def delete_words(session: Session, conf: str, kind: str, lang: str) -> None:
    """Forget the words that were given; without any nothing happens."""
    own = sa.and_(MailWordingRow.conf == conf, MailWordingRow.kind == kind, MailWordingRow.language == lang)
    session.execute(sa.delete(MailWordingRow).where(own))
    bump_revision(session, conf)


def _find(session: Session, conf: str) -> Mapping[tuple[str, str], OwnWords]:
    rows = session.scalars(sa.select(MailWordingRow).where(MailWordingRow.conf == conf))
    return {
        (row.kind, row.language): OwnWords(
            words=Words(subject=row.subject, text=row.content),
            changed_at=row.changed_at,
            changed_by=row.changed_by,
        )
        for row in rows
    }


_OWN = Kept(_find)
