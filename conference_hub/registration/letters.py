"""The mails of registration, in the language of whom they are for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from conference_hub.conferences.model import Conference
from conference_hub.core.errors import msg
from conference_hub.outbox.model import LINK, Draft
from conference_hub.registration.confirmation import CONFIRM_WITHIN
from conference_hub.registration.keys import registration_key
from conference_hub.registration.model import Invitation, Registration, Standing, address_key
from conference_hub.web.i18n import in_language

KIND = "registration"
SUBJECTS = {
    Standing.PENDING: msg("[%(title)s] 등록 신청을 받았습니다"),
    Standing.WAITING: msg("[%(title)s] 대기자로 등록되었습니다"),
    Standing.ACCEPTED: msg("[%(title)s] 등록되었습니다"),
    Standing.DECLINED: msg("[%(title)s] 등록 결과를 알려 드립니다"),
    Standing.CANCELLED: msg("[%(title)s] 등록이 취소되었습니다"),
    Standing.LAPSED: msg("[%(title)s] 등록을 확인하지 못했습니다"),
}
WORDS = {
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
MOVED_UP = msg("자리가 나서 등록되었습니다. 아래 링크에서 명찰 QR과 참여 방법을 확인해 주세요.")
CONFIRM = msg(
    "%(hours)s시간 안에, 그 전에 행사가 시작하면 시작하기 전에 이 링크를 열어 등록을 확인해 주세요. "
    "그때까지 열지 않으면 자리를 다음 사람에게 드립니다."
)
AGAIN = msg("요청하신 등록 확인 링크입니다.")
YOURS = msg("이 링크로 등록 내용을 바꾸거나 취소할 수 있습니다. 다른 사람에게 전하지 마세요.")
INVITATION_SUBJECT = msg("[%(title)s] 초대합니다")
INVITATION_WORDS = msg("%(title)s에 초대합니다. 아래 링크에서 등록해 주세요.")


def about(conference: Conference, registration: Registration, link: str, *, moved_up: bool = False) -> Draft:
    """Write the mail that says where a registration stands."""
    words = MOVED_UP if moved_up else WORDS[registration.state]
    return _to(conference, registration, [words], link)


def again(conference: Conference, registration: Registration, link: str) -> Draft:
    """Write the mail with a registration's link once more, and say again where it stands."""
    return _to(conference, registration, [AGAIN, WORDS[registration.state]], link)


def invitation(conference: Conference, invited: Invitation, link: str) -> Draft:
    """Write the mail with an invitation, in the main language of the conference."""
    lang = conference.main_language
    title = {"title": conference.title.in_language(lang)}
    lines = [in_language(lang, INVITATION_WORDS, title), LINK, conference.host.in_language(lang)]
    return Draft(
        kind=KIND,
        to_name=invited.title,
        to_address=invited.address or "",
        subject=in_language(lang, INVITATION_SUBJECT, title),
        content="\n\n".join(lines) + "\n",
        link=link,
        about=about_invited(invited.address or ""),
    )


def about_invited(address: str) -> str:
    """Return what invitations to an address are about: the newest one counts."""
    return f"invitation/{address_key(address)}"


def _to(conference: Conference, registration: Registration, words: Sequence[str], link: str) -> Draft:
    person = registration.person
    lang = person.language
    lines = [
        in_language(lang, msg("%(name)s 님, 안녕하세요."), {"name": person.name}),
        *(in_language(lang, one, {}) for one in words),
        LINK,
        *_confirm(registration),
        in_language(lang, YOURS, {}),
        conference.host.in_language(lang),
    ]
    return Draft(
        kind=KIND,
        to_name=person.name,
        to_address=person.address,
        subject=in_language(
            lang, SUBJECTS[registration.state], {"title": conference.title.in_language(lang)}
        ),
        content="\n\n".join(lines) + "\n",
        link=link,
        about=registration_key(registration.id),
    )


def _confirm(registration: Registration) -> list[str]:
    """Return what the reader has to do to keep a place, as a list of one sentence or none."""
    if registration.unconfirmed_since is None or registration.state.over:
        return []
    hours = CONFIRM_WITHIN // timedelta(hours=1)
    return [in_language(registration.person.language, CONFIRM, {"hours": hours})]
