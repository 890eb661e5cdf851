"""The lines of the follow-up in the list "ready for doors"."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from conference_hub.attendance.store import find_setup
from conference_hub.followup.certifying import counts, needed_sessions
from conference_hub.followup.model import SessionStatus
from conference_hub.followup.store import overtaken_now, public_sessions
from conference_hub.followup.tables import OnlineSessionRow
from conference_hub.web.hub import current_hub
from conference_hub.web.readiness import Line


def readiness(session: Session, conf: str) -> Iterator[Line]:
    """Yield a line about links, one where a late day runs into sessions, and one about certificates if they are given.

    None without follow-up sessions.
    """
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
    setup = find_setup(session, conf)
    if total and setup.follow_up:
        yield _certificates(session, conf, needed_sessions(setup))


def _certificates(session: Session, conf: str, needed: int) -> Line:
    """Return the line about certificates: whether enough sessions take place, and how many people lack theirs."""
    line, desk = "followup/certificates", f"/c/{conf}/desk"
    where = f"{desk}/follow-up/certificates"
    if needed > sum(not one.is_cancelled for one in public_sessions(session, conf)):
        words = _("후속 세션 참석 증명서에 필요한 세션이 열리는 세션보다 많습니다.")
        return Line(id=line, state="open", words=words, where=f"{desk}/attendance/settings")
    if left := counts(session, conf, current_hub().now()).left:
        words = ngettext(
            "후속 세션 참석 증명서의 조건을 채운 %(num)d명이 아직 받지 않았습니다.",
            "후속 세션 참석 증명서의 조건을 채운 %(num)d명이 아직 받지 않았습니다.",
            left,
        )
        return Line(id=line, state="warn", words=words, where=where)
    words = ngettext(
        "후속 세션 참석 증명서는 %(num)d번 이상 참석한 사람에게 발급합니다.",
        "후속 세션 참석 증명서는 %(num)d번 이상 참석한 사람에게 발급합니다.",
        needed,
    )
    return Line(id=line, state="ok", words=words, where=where)
