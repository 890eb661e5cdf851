"""The conference's own lines in the list "ready for doors": published, dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from conference_hub.conferences.model import Conference, State
from conference_hub.conferences.store import get_conference
from conference_hub.core.time_words import write_day
from conference_hub.web.hub import current_hub
from conference_hub.web.i18n import language
from conference_hub.web.readiness import Line


def readiness(session: Session, conf: str) -> Iterator[Line]:
    """Yield the lines."""
    conference, now = get_conference(session, conf), current_hub().now()
    where = f"/c/{conf}/desk/conference"
    yield _dates(conference, now, where)
    yield _published(conference, where)


def _published(conference: Conference, where: str) -> Line:
    if conference.state is State.DRAFT:
        return Line(
            id="conference/published", state="open", words=_("아직 공개하지 않았습니다."), where=where
        )
    return Line(id="conference/published", state="ok", words=_("행사를 공개했습니다."), where=where)


def _dates(conference: Conference, now: datetime, where: str) -> Line:
    days = dict.fromkeys(
        write_day(at, conference.zone, language()) for at in (conference.starts_at, conference.ends_at)
    )
    over = conference.ends_at < now and conference.state in {State.DRAFT, State.READY}
    return Line(
        id="conference/dates",
        state="warn" if over else "ok",
        words=_("행사 날짜가 지났습니다.") if over else _("날짜와 장소를 정했습니다."),
        where=where,
        detail=" – ".join(days),
    )
