"""Who opened sealed content: noted at once, one line for each person, page and hour.

Opening again within a minute is not noted again, so that screens that reconnect cost nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.awards.seal_tables import OpeningRow
from conference_hub.core import opened
from conference_hub.core.actor import Actor
from conference_hub.core.db import Database
from conference_hub.core.labelled import Labelled
from conference_hub.core.stream import Stream


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
    opened.note(database, OpeningRow, conf, actor, at, page=page.value)


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
