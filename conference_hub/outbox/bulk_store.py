"""Who had a mail to many already."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.outbox.tables import MailRow


def written(session: Session, conf: str, beginning: str) -> set[str]:
    """Return the once-keys of mails of a conference that begin so."""
    keys = sa.select(MailRow.once_key).where(
        MailRow.conf == conf, MailRow.once_key.startswith(beginning, autoescape=True)
    )
    return {key for key in session.scalars(keys) if key is not None}
