"""The line of mails in the list "ready for doors": whether the hub sends them, and whether some failed."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from conference_hub.outbox.model import MailState
from conference_hub.outbox.store import counts
from conference_hub.web.hub import current_hub
from conference_hub.web.readiness import Line


def readiness(session: Session, conf: str) -> Iterator[Line]:
    """Yield one line."""
    hub, numbers, where = current_hub(), counts(session, conf), f"/c/{conf}/desk/mail"
    waiting, failed = numbers[MailState.WAITING], numbers[MailState.FAILED]
    if failed:
        words = ngettext(
            "보내지 못한 메일이 %(num)d통 있습니다.", "보내지 못한 메일이 %(num)d통 있습니다.", failed
        )
        yield Line(id="mails/server", state="open", words=words, where=f"{where}?state=failed")
    elif hub.mail_trouble:
        words = _("메일을 보낼 수 없어 기다리고 있습니다.")
        yield Line(id="mails/server", state="open", words=words, where=where, detail=hub.mail_trouble)
    elif hub.settings.mail is not None:
        yield Line(id="mails/server", state="ok", words=_("메일 서버를 설정했습니다."), where=where)
    else:
        words = (
            _("메일을 파일로 저장합니다. 저장한 메일은 직접 보냅니다.")
            if hub.settings.mail_dir is not None
            else _("메일 서버가 없습니다. 메일은 데스크에서 복사해 직접 보냅니다.")
        )
        detail = ngettext("기다리는 메일 %(num)d통", "기다리는 메일 %(num)d통", waiting) if waiting else ""
        yield Line(id="mails/server", state="warn", words=words, where=where, detail=detail)
