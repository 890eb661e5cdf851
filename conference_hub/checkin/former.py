"""Badges of nobody on the list: of somebody who was taken off it, of another conference, or of nobody at all."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from enum import StrEnum
from typing import cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.checkin.tables import BadgeRow, FormerBadgeRow
from conference_hub.checkin.verdict import Code, Verdict
from conference_hub.core.journal import Write
from conference_hub.core.now import iso


class Gone(StrEnum):
    """Why a badge is of nobody any more; the value is stored and sent."""

    REMOVED = "removed"
    GAVE_UP = "gave_up"


def digest(token: str) -> str:
    """Return what is kept of a token: 128 random bits are not guessed from it."""
    return hashlib.sha256(token.encode()).hexdigest()


def remember(write: Write, guest_ids: Collection[str], why: Gone = Gone.REMOVED) -> None:
    """Keep of the badges of guests who go that they were badges, without whose."""
    rows = write.session.connection().execute(_TOKENS, {"conf_": write.conf, "guests_": list(guest_ids)})
    kept = [
        {"conf": write.conf, "digest": digest(token), "at": write.at, "why": why.value} for (token,) in rows
    ]
    if kept:
        write.session.connection().execute(sa.insert(_FORMER), kept)


def former_badges(session: Session, conf: str) -> list[str]:
    """Return the digests of badges that are of nobody any more."""
    return list(session.scalars(sa.select(_FORMER.c.digest).where(_FORMER.c.conf == conf)))


def why_unknown(write: Write, tokens: Sequence[str], staff_at: Collection[str]) -> Verdict:
    """Return what is to be said of tokens that no guest of this conference has.

    A badge of another conference is told to who is staff there too (`staff_at`); its title is added when it is shown.
    """
    connection = write.session.connection()
    if not tokens:
        return Verdict(code=Code.UNKNOWN_BADGE)
    elsewhere = [conf for conf in staff_at if conf != write.conf]
    if elsewhere:
        row = connection.execute(_ELSEWHERE, {"confs_": elsewhere, "tokens_": list(tokens)}).first()
        if row is not None:
            return Verdict(code=Code.OTHER_CONFERENCE, details={"conference": row.conf})
    asked = {"conf_": write.conf, "digests_": [digest(token) for token in tokens]}
    row = connection.execute(_GONE, asked).first()
    if row is not None:
        return Verdict(code=Code.CANCELLED, details={"cancelled_at": iso(row.at), "why": row.why})
    return Verdict(code=Code.UNKNOWN_BADGE)


_FORMER = cast("sa.Table", FormerBadgeRow.__table__)
_BADGES = cast("sa.Table", BadgeRow.__table__).c
_TOKENS = sa.select(_BADGES.token).where(
    _BADGES.conf == sa.bindparam("conf_"), _BADGES.guest_id.in_(sa.bindparam("guests_", expanding=True))
)
_ELSEWHERE = sa.select(_BADGES.conf).where(
    _BADGES.conf.in_(sa.bindparam("confs_", expanding=True)),
    _BADGES.token.in_(sa.bindparam("tokens_", expanding=True)),
)
_GONE = sa.select(_FORMER.c.at, _FORMER.c.why).where(
    _FORMER.c.conf == sa.bindparam("conf_"), _FORMER.c.digest.in_(sa.bindparam("digests_", expanding=True))
)
