"""The line of the follow-up in the list "ready for doors"."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from conference_hub.followup.model import SessionStatus
from conference_hub.followup.tables import OnlineSessionRow
from conference_hub.web.readiness import Line


def readiness(session: Session, conf: str) -> Iterator[Line]:
    """Yield one line; none for a conference without follow-up sessions."""
    total, linkless = session.execute(
        sa.select(sa.func.count(), sa.func.count().filter(OnlineSessionRow.url.is_(None))).where(
            OnlineSessionRow.conf == conf, OnlineSessionRow.status == SessionStatus.SCHEDULED
        )
    ).one()
    where = f"/c/{conf}/desk/follow-up"
    if linkless:
        words = ngettext(
            "링크가 없는 후속 세션이 %(num)d개 있습니다.",
            "링크가 없는 후속 세션이 %(num)d개 있습니다.",
            linkless,
        )
        yield Line(id="followup/links", state="warn", words=words, where=where)
    elif total:
        words = _("후속 세션마다 링크가 있습니다.")
        yield Line(id="followup/links", state="ok", words=words, where=where)
