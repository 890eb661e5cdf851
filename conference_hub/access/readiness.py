"""The line of the team in the list "ready for doors": somebody operates, checks people in, and reads."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from conference_hub.access.model import Role
from conference_hub.access.tables import AccountGrantRow, SessionGrantRow, SignInLinkRow
from conference_hub.web.hub import current_hub
from conference_hub.web.i18n import render_text
from conference_hub.web.readiness import Line

NEEDED = (Role.OPERATOR, Role.STAFF, Role.EMCEE)


def readiness(session: Session, conf: str) -> Iterator[Line]:
    """Yield one line: which roles nobody has, by account, by device, or by a link that is still to be used."""
    held = _held(session, conf)
    lacking = ", ".join(render_text(role.label) for role in NEEDED if role not in held)
    where = f"/c/{conf}/desk/team"
    if lacking:
        words = _("아직 아무도 맡지 않은 역할이 있습니다.")
        yield Line(id="access/team", state="open", words=words, where=where, detail=lacking)
    else:
        yield Line(
            id="access/team", state="ok", words=_("진행, 접수, 사회를 맡은 사람이 있습니다."), where=where
        )


def _held(session: Session, conf: str) -> set[str]:
    links = sa.and_(
        SignInLinkRow.conf == conf,
        SignInLinkRow.revoked_at.is_(None),
        SignInLinkRow.used_at.is_(None),
        SignInLinkRow.expires_at > current_hub().now(),
    )
    asked = sa.union(
        sa.select(AccountGrantRow.role).where(AccountGrantRow.conf == conf),
        sa.select(SessionGrantRow.role).where(SessionGrantRow.conf == conf),
        sa.select(SignInLinkRow.role).where(links),
    )
    return set(session.scalars(asked))
