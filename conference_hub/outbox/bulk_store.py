"""Who had a mail to many already, and at which address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.outbox.store import SLICE, counts_once
from conference_hub.outbox.tables import MailRow


def written(session: Session, conf: str, once_keys: Sequence[str]) -> Mapping[str, str]:
    """Return the addresses of mails that left or still wait, by once-key, of those with one of these keys."""
    found: dict[str, str] = {}
    for first in range(0, len(once_keys), SLICE):
        some = sa.select(MailRow.once_key, MailRow.to_address).where(
            MailRow.conf == conf, MailRow.once_key.in_(once_keys[first : first + SLICE]), counts_once()
        )
        found |= {key: address for key, address in session.execute(some) if key is not None}
    return found
