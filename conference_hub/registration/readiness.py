"""The line of registration in the list "ready for doors": who may register, and who is to be decided about."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from conference_hub.registration import setup_store, store
from conference_hub.registration.model import Standing
from conference_hub.web.i18n import language
from conference_hub.web.readiness import Line


def readiness(session: Session, conf: str) -> Iterator[Line]:
    """Yield one line."""
    where = f"/c/{conf}/desk/registration"
    pending = store.counts(session, conf)[Standing.PENDING]
    if pending:
        words = ngettext("승인할 등록이 %(num)d건 있습니다", "승인할 등록이 %(num)d건 있습니다", pending)
        yield Line(id="registration/state", state="warn", words=words, where=f"{where}?state=pending")
        return
    opening = setup_store.setup_of(session, conf).settings.opening
    words = _("등록: %(state)s", state=opening.label.in_language(language()))
    yield Line(id="registration/state", state="ok", words=words, where=where)
