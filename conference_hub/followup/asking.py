"""What the desk says before a change of a session of which people are told: how many, and when."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from conference_hub.core.errors import Invalid, msg
from conference_hub.core.journal import Write
from conference_hub.followup import model, notice_store, notices
from conference_hub.followup.model import OnlineSession
from conference_hub.followup.notice_store import FollowupSetup
from conference_hub.web.hub import current_hub


def switched(db: Session, online: OnlineSession) -> notices.Preview | None:
    """Return what people would be told if a session was cancelled now, or restored; None: it is a draft, or over."""
    now = current_hub().now()
    if online.is_draft or now >= online.ends_at:
        return None
    change = model.restore if online.is_cancelled else model.cancel
    return notices.preview(db, online.conf, [change(online, now)], now)


def ask_whether_to_tell(write: Write, before: OnlineSession, wanted: OnlineSession) -> None:
    """Raise Invalid (`tell`) for a change of which people would be told, who hold what is no longer so then."""
    after = model.edit(before, wanted, write.at)
    found = notices.preview(write.session, write.conf, [after], write.at)
    if notices.matter(after) != notices.matter(before) and found.people:
        raise Invalid(
            msg(
                "%(people)s명이 지금 일정으로 초대받았습니다. 저장하면 %(when)s 바뀐 내용을 메일로 알립니다. "
                "같은 시각에 다른 세션에도 자리가 있는 사람은 %(clash)s명입니다."
            ),
            code="confirm",
            field="tell",
            people=found.people,
            clash=found.clash,
            when=when_told(notice_store.setup_of(write.session, write.conf)),
        )


def when_told(setup: FollowupSetup) -> str:
    """Return when people are told of a change that is made now, as a part of a sentence."""
    if setup.hold:
        return str(_("알림을 다시 시작한 뒤"))
    if setup.cooling_min == 0:
        return str(_("바로"))
    return str(ngettext("%(num)d분 뒤", "%(num)d분 뒤", setup.cooling_min))
