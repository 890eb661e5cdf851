"""The line of backups in the list "ready for doors": when the last one was made, as far as the hub knows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from conference_hub.conferences.store import get_conference
from conference_hub.core.time_words import write_clock, write_day
from conference_hub.data.backups import last_backup
from conference_hub.web.hub import current_hub
from conference_hub.web.i18n import language
from conference_hub.web.readiness import Line

RECENT = timedelta(days=2)


def readiness(session: Session, conf: str) -> Iterator[Line]:
    """Yield one line."""
    hub, zone, where = current_hub(), get_conference(session, conf).zone, f"/c/{conf}/desk/files#backup"
    made = last_backup(hub.settings.data_dir)
    if made is None:
        words = _("백업한 적이 없습니다. 서버에서 conference-hub backup을 실행해 주세요.")
        yield Line(id="data/backup", state="open", words=words, where=where)
        return
    at = f"{write_day(made, zone, language())} {write_clock(made, zone)}"
    if hub.now() - made > RECENT:
        words = _("마지막 백업이 이틀보다 오래되었습니다.")
        yield Line(id="data/backup", state="warn", words=words, where=where, detail=at)
    else:
        yield Line(id="data/backup", state="ok", words=_("최근에 백업했습니다."), where=where, detail=at)
