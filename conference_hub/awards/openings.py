"""Who opened sealed content: noted at once, one line for each person, page and hour.

Opening again within a minute is not noted again, so that screens that reconnect cost nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from conference_hub.awards.seal_tables import OpeningRow
from conference_hub.core.actor import Actor
from conference_hub.core.db import Database
from conference_hub.core.errors import Unavailable
from conference_hub.core.labelled import Labelled
from conference_hub.core.stream import Stream

log = logging.getLogger(__name__)

NOTED_EVERY = timedelta(minutes=1)
MEMORY = "sealed_openings"


class SealedPage(Labelled):
    """What was opened; the value is what is stored."""

    SEALED = "sealed", "사회자·백스테이지 화면", "Emcee and backstage screens"
    OPERATOR = "operator", "콘솔", "Console"
    AWARDS = "awards", "시상 준비 화면", "Award pages of the desk"


OF_STREAM = {Stream.SEALED: SealedPage.SEALED, Stream.OPERATOR: SealedPage.OPERATOR}
"""The streams that hold what is not revealed yet."""


@dataclass(frozen=True, kw_only=True)
class Opening:
    """That somebody opened a page in one hour: when first and last, and in how many minutes of it."""

    by: Actor
    page: SealedPage
    first_at: datetime
    last_at: datetime
    times: int


def note(database: Database, conf: str, actor: Actor | None, page: SealedPage, at: datetime) -> None:
    """Note that `actor` opens sealed content at `at`; nothing is noted for nobody.

    A storage that cannot be written holds no screen of the ceremony back: the log of the process says so, and the next
    opening is noted.
    """
    noted: dict[tuple[str, str, SealedPage], datetime] = database.memory.setdefault(MEMORY, {})
    key = (conf, actor.id if actor else "", page)
    if actor is None or (key in noted and timedelta() <= at - noted[key] < NOTED_EVERY):
        return
    try:
        with database.writing() as session:
            _keep(session, conf, actor, page, at)
    except (Unavailable, SQLAlchemyError):
        log.warning("an opening of sealed content could not be noted")
        return
    noted[key] = at


def openings(session: Session, conf: str, most: int) -> Sequence[Opening]:
    """Return the latest `most` lines, the newest first."""
    rows = session.scalars(
        sa.select(OpeningRow)
        .where(OpeningRow.conf == conf)
        .order_by(OpeningRow.last_at.desc(), OpeningRow.actor, OpeningRow.page)
        .limit(most)
    )
    return [
        Opening(
            by=Actor.stored(row.actor, row.by),
            page=SealedPage(row.page),
            first_at=row.first_at,
            last_at=row.last_at,
            times=row.times,
        )
        for row in rows
    ]


def _keep(session: Session, conf: str, actor: Actor, page: SealedPage, at: datetime) -> None:
    hour = at.replace(minute=0, second=0, microsecond=0)
    row = session.get(OpeningRow, (conf, actor.id, page.value, hour), with_for_update=True)
    if row is None:
        session.add(
            OpeningRow(
                conf=conf,
                actor=actor.id,
                page=page.value,
                hour=hour,
                by=actor.label,
                first_at=at,
                last_at=at,
                times=1,
            )
        )
        return
    row.by, row.last_at, row.times = actor.label, at, row.times + 1
