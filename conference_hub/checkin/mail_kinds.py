"""The mails of check-in: their fields and what they say until organisers change it."""

from __future__ import annotations

from conference_hub.core.errors import msg
from conference_hub.outbox.wording_model import CONFERENCE_FIELDS, LINK_FIELD, NAME, MailKind

PERSONAL_LINK = MailKind(
    name="personal-link",
    label=msg("개인 링크"),
    subject=msg("[{title}] 참석 안내와 개인 링크"),
    text=msg(
        "{name} 님, 안녕하세요.\n\n"
        "{title}의 개인 링크입니다. 명찰 QR 코드, 실시간 화면, 내 일정이 이 링크에 있습니다.\n\n{link}\n\n"
        "{host}\n본인만 쓰는 링크이니 다른 사람에게 전하지 마세요."
    ),
    fields=(NAME, *CONFERENCE_FIELDS, LINK_FIELD),
)
LOST_LINK = MailKind(
    name="lost-link",
    label=msg("잃어버린 개인 링크"),
    subject=msg("[{title}] 새 개인 링크"),
    text=msg(
        "{name} 님, 안녕하세요.\n\n"
        "요청하신 새 개인 링크입니다. 이 링크를 열면 앞서 받은 링크는 끝납니다. 요청하지 않았다면 열지 마세요.\n\n"
        "{link}\n\n명찰 QR 코드, 실시간 화면, 내 일정이 이 링크에 있습니다.\n\n"
        "{host}\n본인만 쓰는 링크이니 다른 사람에게 전하지 마세요."
    ),
    fields=(NAME, *CONFERENCE_FIELDS, LINK_FIELD),
)
MAIL_KINDS = (PERSONAL_LINK, LOST_LINK)
