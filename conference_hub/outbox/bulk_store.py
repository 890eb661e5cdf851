"""Who had a mail to many already, and at which address."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.outbox.store import counts_once
from conference_hub.outbox.tables import MailRow


def written(session: Session, conf: str, beginning: str) -> Mapping[str, str]:
    """Return the addresses of mails that left or still wait, by once-key, of those whose key begins so."""
    found = sa.select(MailRow.once_key, MailRow.to_address).where(
        MailRow.conf == conf, MailRow.once_key.startswith(beginning, autoescape=True), counts_once()
    )
    return {key: address for key, address in session.execute(found) if key is not None}
