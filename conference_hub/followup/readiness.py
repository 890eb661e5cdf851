"""The line of the follow-up in the list "ready for doors"."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from conference_hub.followup.model import SessionStatus
from conference_hub.followup.store import overtaken_now
from conference_hub.followup.tables import OnlineSessionRow
from conference_hub.web.hub import current_hub
from conference_hub.web.readiness import Line


def readiness(session: Session, conf: str) -> Iterator[Line]:
    """Yield a line about links, and one where a late day runs into sessions; none without follow-up sessions."""
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
    late = overtaken_now(session, conf, current_hub().now()) if total else []
    if late:
        words = ngettext(
            "진행이 늦어져 후속 세션 %(num)d개가 행사가 끝나기 전에 시작합니다.",
            "진행이 늦어져 후속 세션 %(num)d개가 행사가 끝나기 전에 시작합니다.",
            len(late),
        )
        yield Line(id="followup/overtaken", state="warn", words=words, where=where)
