"""Mails with personal links, and new links for guests who lost theirs."""

from __future__ import annotations

from conference_hub.access.links import link_url
from conference_hub.checkin.veiling import veil
from conference_hub.conferences.model import Conference
from conference_hub.conferences.store import get_conference
from conference_hub.core.actor import Actor
from conference_hub.core.errors import msg
from conference_hub.core.journal import Write
from conference_hub.outbox.actions import put
from conference_hub.outbox.model import LINK, Draft
from conference_hub.people.actions import LINK_LIFE, make_further_link
from conference_hub.people.keys import guest_key
from conference_hub.people.model import Guest
from conference_hub.people.store import get_guest, holder_of_email
from conference_hub.web.i18n import in_language

LOST = Actor.system("lost link")
"""Who makes a link that somebody asked for by their address."""
SUBJECT = msg("[%(title)s] 참석 안내와 개인 링크")
CONTENT = msg(
    "%(name)s 님, 안녕하세요.\n\n"
    "%(title)s의 개인 링크입니다. 명찰 QR 코드, 실시간 화면, 내 일정이 이 링크에 있습니다.\n\n%(link)s\n\n"
    "%(host)s\n본인만 쓰는 링크이니 다른 사람에게 전하지 마세요."
)
AGAIN = msg(
    "요청하신 새 개인 링크입니다. 이 링크를 열면 앞서 받은 링크는 끝납니다. 요청하지 않았다면 열지 마세요."
)


def send_again(write: Write, address: str) -> None:
    """Put a new personal link for the guest with this address into the outbox; nothing happens for any other."""
    guest_id = holder_of_email(write.session, write.conf, address)
    if guest_id is None:
        return
    conference = get_conference(write.session, write.conf)
    guest = veil(write.session, write.conf)(get_guest(write.session, write.conf, guest_id))
    expires_at = max(conference.ends_at, write.at) + LINK_LIFE
    url = link_url(make_further_link(write, guest, expires_at), guest.language)
    put(write, link_mail(conference, guest, url, again=True))


def link_mail(conference: Conference, guest: Guest, url: str, *, again: bool = False) -> Draft:
    """Write the mail with a guest's personal link; `again`: they asked for it."""
    lang = guest.language or conference.main_language
    detail = {
        "name": guest.shown.in_language(lang),
        "title": conference.title.in_language(lang),
        "host": conference.host.in_language(lang),
        "link": LINK,
    }
    content = in_language(lang, CONTENT, detail)
    return Draft(
        kind="personal-link",
        to_name=guest.shown.in_language(lang),
        to_address=guest.email or "",
        subject=in_language(lang, SUBJECT, detail),
        content=f"{in_language(lang, AGAIN, {})}\n\n{content}" if again else content,
        link=url,
        about=guest_key(guest.id),
    )
