"""Making and revoking the links of screens."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.access.model import fingerprint, new_secret
from conference_hub.access.tables import ScreenLinkRow
from conference_hub.core.errors import NotFound, msg
from conference_hub.core.ids import new_id
from conference_hub.core.journal import Write
from conference_hub.core.ordered import refuse_more
from conference_hub.screens.facts import ScreenMade, ScreenRevoked
from conference_hub.screens.model import ScreenKind

MOST_SCREENS = 100


def links_of(session: Session, conf: str) -> Sequence[ScreenLinkRow]:
    """Return the links that open a screen, in the order in which they were made."""
    return session.scalars(
        sa.select(ScreenLinkRow)
        .where(ScreenLinkRow.conf == conf, ScreenLinkRow.revoked_at.is_(None))
        .order_by(ScreenLinkRow.created_at, ScreenLinkRow.id)
    ).all()


def make_link(write: Write, *, kind: ScreenKind, name: str, options: str) -> str:
    """Make a link to a screen and return its secret, which is not stored; raises Refused when there are too many."""
    refuse_more(links_of(write.session, write.conf), MOST_SCREENS)
    secret, screen = new_secret(), new_id()
    write.session.add(
        ScreenLinkRow(
            secret=fingerprint(secret),
            id=screen,
            conf=write.conf,
            kind=kind,
            role=kind.role,
            name=name,
            options=options,
            created_at=write.at,
            created_by=write.actor.label,
            created_by_actor=write.actor.id,
        )
    )
    write.publish(ScreenMade(screen=screen, kind=kind), _subject(screen), {})
    return secret


def revoke_link(write: Write, screen: str) -> None:
    """Revoke a link; raises NotFound when it is unknown or revoked."""
    found = next((link for link in links_of(write.session, write.conf) if link.id == screen), None)
    if found is None:
        raise NotFound(msg("그런 화면이 없거나 이미 회수했습니다."))
    found.revoked_at = write.at
    write.publish(ScreenRevoked(screen=screen, kind=found.kind), _subject(screen), {})


def _subject(screen: str) -> str:
    return f"screen/{screen}"
