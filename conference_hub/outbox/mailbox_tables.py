"""The row of a mailbox that the hub reads."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from conference_hub.core.db import Base


class MailboxRow(Base):
    """A mailbox; the columns are the fields of `mailbox_store.Reading`."""

    __tablename__ = "mailbox"

    name: Mapped[str] = mapped_column(primary_key=True)
    uid_validity: Mapped[int] = mapped_column(sa.BigInteger)
    last_uid: Mapped[int] = mapped_column(sa.BigInteger)
    leased_until: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
    trouble: Mapped[str]
    answers: Mapped[int]
    reports: Mapped[int]
    ignored: Mapped[int]
    unused: Mapped[int]
    unused_at: Mapped[datetime | None]
