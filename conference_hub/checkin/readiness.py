"""The lines of guests and badges in the list "ready for doors"."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from conference_hub.checkin.conflict_store import count_open
from conference_hub.checkin.quarantine_store import count_senders
from conference_hub.checkin.tables import BadgeRow
from conference_hub.people.tables import GuestRow
from conference_hub.web.readiness import Line


def readiness(session: Session, conf: str) -> Iterator[Line]:
    """Yield the lines."""
    guests = (
        session.scalar(sa.select(sa.func.count()).select_from(GuestRow).where(GuestRow.conf == conf)) or 0
    )
    yield _guests(session, conf, guests)
    waiting = count_open(session, conf) + count_senders(session, conf)
    if waiting:
        words = ngettext(
            "체크인에서 확인할 일이 %(num)d건 있습니다.",
            "체크인에서 확인할 일이 %(num)d건 있습니다.",
            waiting,
        )
        yield Line(id="checkin/conflicts", state="open", words=words, where=f"/c/{conf}/desk/check-in")


def _guests(session: Session, conf: str, guests: int) -> Line:
    where = f"/c/{conf}/desk/people"
    if not guests:
        return Line(id="checkin/guests", state="open", words=_("참석자가 없습니다."), where=where)
    valid = sa.and_(BadgeRow.conf == conf, BadgeRow.revoked_at.is_(None))
    badges = session.scalar(sa.select(sa.func.count()).select_from(BadgeRow).where(valid)) or 0
    if badges < guests:
        words = ngettext(
            "쓸 수 있는 명찰이 없는 참석자가 %(num)d명 있습니다.",
            "쓸 수 있는 명찰이 없는 참석자가 %(num)d명 있습니다.",
            guests - badges,
        )
        return Line(id="checkin/guests", state="open", words=words, where=f"{where}?badge=missing")
    words = ngettext(
        "참석자 %(num)d명 모두 명찰이 있습니다.", "참석자 %(num)d명 모두 명찰이 있습니다.", guests
    )
    return Line(id="checkin/guests", state="ok", words=words, where=where)
