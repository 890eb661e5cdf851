"""The mail to everybody who has a certificate about the follow-up."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from conference_hub.attendance import certificate_store
from conference_hub.attendance.bulk_mails import is_shown
from conference_hub.attendance.certificates import About
from conference_hub.conferences.model import Conference
from conference_hub.core.errors import msg
from conference_hub.outbox.bulk import BulkMail, Occasion
from conference_hub.outbox.wording_model import CONFERENCE_FIELDS, LINK_FIELD, NAME, MailKind

SESSION_CERTIFICATE = MailKind(
    name="session-certificate",
    label=msg("후속 세션 참석 증명서 안내"),
    subject=msg("[{title}] 후속 세션 참석 증명서가 나왔습니다"),
    text=msg(
        "{name} 님, 안녕하세요.\n\n"
        "{title}의 후속 세션에 함께해 주셔서 감사합니다. "
        "세션 참석 증명서를 아래 화면에서 내려받을 수 있습니다.\n\n{link}\n\n"
        "로그인하라고 나오면 앞서 받은 개인 링크를 열거나 ‘링크 다시 받기’를 눌러 주세요.\n\n{host}"
    ),
    fields=(NAME, *CONFERENCE_FIELDS, LINK_FIELD),
)


def _given(session: Session, conference: Conference, _now: datetime) -> Sequence[Occasion]:
    """Return the follow-up, once somebody has a certificate about it."""
    if not is_shown(session, conference, About.FOLLOW_UP):
        return []
    return [Occasion(id="follow-up", title=About.FOLLOW_UP.label, path=f"/c/{conference.slug}/me")]


def _holders(session: Session, conference: Conference, _occasion: Occasion) -> Collection[str]:
    return certificate_store.holders(session, conference.slug, About.FOLLOW_UP)


BULK_MAILS = (BulkMail(kind=SESSION_CERTIFICATE, occasions=_given, readers=_holders),)
MAIL_KINDS = (SESSION_CERTIFICATE,)
