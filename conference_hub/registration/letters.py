"""The mails of registration, in the language of whom they are for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy.orm import Session

from conference_hub.conferences.model import Conference
from conference_hub.core.errors import msg
from conference_hub.outbox.model import Draft
from conference_hub.outbox.wording import compose
from conference_hub.outbox.wording_model import MailKind
from conference_hub.registration import mail_kinds
from conference_hub.registration.confirmation import CONFIRM_WITHIN
from conference_hub.registration.keys import about_invited, registration_key
from conference_hub.registration.model import Invitation, Registration, Standing
from conference_hub.web.i18n import in_language

STANDINGS = {
    Standing.PENDING: msg("등록 신청을 받았습니다. 주최 측이 확인한 뒤 결과를 메일로 알려 드립니다."),
    Standing.WAITING: msg(
        "지금은 자리가 모두 차서 대기자로 등록되었습니다. 자리가 나면 순서대로 메일로 알려 드립니다."
    ),
    Standing.ACCEPTED: msg("참가 등록이 끝났습니다. 아래 링크에서 명찰 QR과 참여 방법을 확인해 주세요."),
    Standing.DECLINED: msg("죄송합니다. 이번 행사에는 등록해 드리지 못했습니다."),
    Standing.CANCELLED: msg("등록을 취소했습니다. 아래 링크에서 등록 상태를 볼 수 있습니다."),
    Standing.LAPSED: msg(
        "정한 시간 안에 등록 확인 링크가 열리지 않아 자리를 다음 사람에게 드렸습니다. 참가하려면 다시 등록해 주세요."
    ),
}
"""Where a registration stands, for who asks for its link again."""
CONFIRM = msg(
    "%(hours)s시간 안에, 그 전에 행사가 시작하면 시작하기 전에 이 링크를 열어 등록을 확인해 주세요. "
    "그때까지 열지 않으면 자리를 다음 사람에게 드립니다."
)


def about(
    session: Session,
    conference: Conference,
    registration: Registration,
    link: str,
    *,
    moved_up: bool = False,
) -> Draft:
    """Write the mail that says where a registration stands."""
    kind = mail_kinds.MOVED_UP if moved_up else mail_kinds.ABOUT[registration.state]
    return _to(session, conference, registration, kind, {}, link)


def again(session: Session, conference: Conference, registration: Registration, link: str) -> Draft:
    """Write the mail with a registration's link once more, and say again where it stands."""
    standing = in_language(registration.person.language, STANDINGS[registration.state], {})
    return _to(session, conference, registration, mail_kinds.AGAIN, {"standing": standing}, link)


def invitation(session: Session, conference: Conference, invited: Invitation, link: str) -> Draft:
    """Write the mail with an invitation, in the main language of the conference."""
    return compose(
        session,
        conference,
        mail_kinds.INVITATION,
        conference.main_language,
        {"name": invited.title},
        to_name=invited.title,
        to_address=invited.address or "",
        link=link,
        about=about_invited(invited.address or ""),
    )


def _to(
    session: Session,
    conference: Conference,
    registration: Registration,
    kind: MailKind,
    values: Mapping[str, str],
    link: str,
) -> Draft:
    person = registration.person
    return compose(
        session,
        conference,
        kind,
        person.language,
        {"name": person.name, "confirm": _confirm(registration), **values},
        to_name=person.name,
        to_address=person.address,
        link=link,
        about=registration_key(registration.id),
    )


def _confirm(registration: Registration) -> str:
    """Return what the reader has to do to keep a place, an empty text for nothing."""
    if registration.unconfirmed_since is None or registration.state.over:
        return ""
    hours = CONFIRM_WITHIN // timedelta(hours=1)
    return in_language(registration.person.language, CONFIRM, {"hours": hours})
