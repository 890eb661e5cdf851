"""Uploads that wait for their import: kept for an hour, as they came, with how they are to be read."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from conference_hub.core.actor import Actor
from conference_hub.core.db import Base
from conference_hub.core.errors import NotFound, msg
from conference_hub.core.ids import new_id
from conference_hub.exchange.merge import Gone

KEPT = timedelta(hours=1)
MOST_OF_ONE = 5
"""Uploads that one actor has at a time: the oldest goes."""


class ImportDraftRow(Base):
    """An upload; `conf` is None for one that makes a new conference, `part` is empty for a whole conference."""

    __tablename__ = "import_draft"

    id: Mapped[str] = mapped_column(primary_key=True)
    conf: Mapped[str | None] = mapped_column(sa.ForeignKey("conference.slug", ondelete="CASCADE"), index=True)
    part: Mapped[str]
    actor: Mapped[str]
    name: Mapped[str]
    data: Mapped[bytes]
    reading: Mapped[dict[str, Any]]
    made_at: Mapped[datetime]


@dataclass(frozen=True, kw_only=True)
class Reading:
    """How an upload is to be read; empty values are guessed. `paths` are the meanings of its columns, by place.

    `slug` and `first_day` (an ISO date) are what a conference that it makes gets instead of its own.
    """

    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    heading_row: int = 0
    paths: tuple[str, ...] = ()
    gone: Gone = Gone.KEEP
    slug: str = ""
    first_day: str = ""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """An upload that waits; `made_at` is None before it is kept."""

    id: str
    conf: str | None
    part: str
    name: str
    data: bytes
    reading: Reading = field(default_factory=Reading)
    made_at: datetime | None = None


def add_draft(session: Session, draft: Draft, *, actor: Actor, at: datetime) -> None:
    """Keep an upload; the actor's oldest ones go."""
    mine = sa.select(ImportDraftRow.id).where(ImportDraftRow.actor == actor.id)
    kept = session.scalars(mine.order_by(ImportDraftRow.made_at.desc()).limit(MOST_OF_ONE - 1)).all()
    session.execute(
        sa.delete(ImportDraftRow).where(ImportDraftRow.actor == actor.id, ImportDraftRow.id.not_in(kept))
    )
    session.add(
        ImportDraftRow(
            id=draft.id,
            conf=draft.conf,
            part=draft.part,
            actor=actor.id,
            name=draft.name,
            data=draft.data,
            reading=asdict(draft.reading),
            made_at=at,
        )
    )


def get_draft(session: Session, draft_id: str, *, conf: str | None, actor: Actor, at: datetime) -> Draft:
    """Return an upload of a conference, for whoever prepares it; one that makes a conference is its sender's alone.

    Raises NotFound for another one, and after an hour.
    """
    row = session.get(ImportDraftRow, draft_id)
    if row is None or row.conf != conf or row.made_at < at - KEPT or (conf is None and row.actor != actor.id):
        raise NotFound(msg("올린 파일이 없거나 한 시간이 지났습니다. 다시 올려 주세요."))
    reading = Reading(
        **{**row.reading, "paths": tuple(row.reading["paths"]), "gone": Gone(row.reading["gone"])}
    )
    return Draft(
        id=row.id,
        conf=row.conf,
        part=row.part,
        name=row.name,
        data=row.data,
        reading=reading,
        made_at=row.made_at,
    )


def read_otherwise(session: Session, draft: Draft, reading: Reading) -> Draft:
    """Keep how an upload is to be read from now on."""
    session.execute(
        sa.update(ImportDraftRow).where(ImportDraftRow.id == draft.id).values(reading=asdict(reading))
    )
    return replace(draft, reading=reading)


def drop_draft(session: Session, draft_id: str) -> None:
    """Forget an upload."""
    session.execute(sa.delete(ImportDraftRow).where(ImportDraftRow.id == draft_id))


def new_draft_id() -> str:
    """Return the id of a new upload."""
    return new_id() + new_id()
