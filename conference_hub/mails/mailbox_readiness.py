"""The line of the mailbox in the list "ready for doors": whether answers and returned mails reach the hub."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from conference_hub.access.middleware import conference
from conference_hub.core.time_words import write_day
from conference_hub.outbox.mailbox_store import find_reading
from conference_hub.web.hub import current_hub
from conference_hub.web.i18n import language
from conference_hub.web.readiness import Line

LATE = timedelta(minutes=10)
"""A mailbox that was not read for this long is called late."""


def readiness(session: Session, conf: str) -> Iterator[Line]:
    """Yield one line where the hub has a mailbox."""
    mailbox = current_hub().settings.mailbox
    if mailbox is None:
        return
    name, where, now = "mails/mailbox", f"/c/{conf}/desk/follow-up/answers", current_hub().now()
    reading = find_reading(session, mailbox.name)
    if reading is not None and reading.trouble:
        words = _("회신 메일함을 읽지 못하고 있습니다.")
        yield Line(id=name, state="open", words=words, where=where, detail=reading.trouble)
    elif reading is None or reading.read_at is None or now - reading.read_at > LATE:
        yield Line(id=name, state="warn", words=_("회신 메일함을 아직 읽지 않았습니다."), where=where)
    else:
        zone = conference().zone
        at = f"{write_day(reading.read_at, zone, language())} {reading.read_at.astimezone(zone):%H:%M}"
        words = _("회신 메일함을 읽고 있습니다.")
        yield Line(id=name, state="ok", words=words, where=where, detail=_("마지막: %(at)s", at=at))
