"""The lines in the list "ready for doors" of what is kept: until when personal data are, and the last backup."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from conference_hub.conferences.model import Conference
from conference_hub.conferences.purge_store import purges
from conference_hub.conferences.store import get_conference
from conference_hub.core.time_words import write_clock, write_date, write_day
from conference_hub.data.backups import last_backup
from conference_hub.data.purging import is_needed
from conference_hub.web.hub import current_hub
from conference_hub.web.i18n import language
from conference_hub.web.readiness import Line

PERSONAL_DATA = "conference/purge"
RECENT = timedelta(days=2)


def readiness(session: Session, conf: str) -> Iterator[Line]:
    """Yield the lines."""
    yield _personal_data(session, get_conference(session, conf))
    yield _backup(session, conf)


def _personal_data(session: Session, conference: Conference) -> Line:
    hub, where = current_hub(), f"/c/{conference.slug}/desk/conference/personal-data"
    records, kept = purges(session, conference.slug), conference.purge_on
    if is_needed(hub, session, conference):
        words = _("개인정보 보관 기한이 지났습니다. 지금 파기해 주세요.")
        return Line(id=PERSONAL_DATA, state="warn", words=words, where=where, detail=_day(kept))
    if records:
        at = write_day(records[0].at, conference.zone, language())
        return Line(id=PERSONAL_DATA, state="ok", words=_("개인정보를 파기했습니다."), where=where, detail=at)
    if kept is None:
        words = _("개인정보 보관 기한을 정하지 않았습니다.")
        return Line(
            id=PERSONAL_DATA, state="open", words=words, where=f"/c/{conference.slug}/desk/conference"
        )
    words = _("개인정보 보관 기한을 정했습니다.")
    return Line(id=PERSONAL_DATA, state="ok", words=words, where=where, detail=_day(kept))


def _day(day: date | None) -> str:
    return write_date(day, language()) if day else ""


def _backup(session: Session, conf: str) -> Line:
    hub, zone, where = current_hub(), get_conference(session, conf).zone, f"/c/{conf}/desk/files#backup"
    made = last_backup(hub.settings.data_dir)
    if made is None:
        words = _("백업한 적이 없습니다. 서버에서 conference-hub backup을 실행해 주세요.")
        return Line(id="data/backup", state="open", words=words, where=where)
    at = f"{write_day(made, zone, language())} {write_clock(made, zone)}"
    if hub.now() - made > RECENT:
        words = _("마지막 백업이 이틀보다 오래되었습니다.")
        return Line(id="data/backup", state="warn", words=words, where=where, detail=at)
    return Line(id="data/backup", state="ok", words=_("최근에 백업했습니다."), where=where, detail=at)
