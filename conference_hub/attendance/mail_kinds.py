"""The mails of attendance: their fields and what they say until organisers change it."""

from __future__ import annotations

from conference_hub.core.errors import msg
from conference_hub.outbox.wording_model import CONFERENCE_FIELDS, LINK_FIELD, NAME, MailKind

CERTIFICATE = MailKind(
    name="certificate",
    label=msg("참석 증명서 안내"),
    subject=msg("[{title}] 참석 증명서가 나왔습니다"),
    text=msg(
        "{name} 님, 안녕하세요.\n\n"
        "{title}에 함께해 주셔서 감사합니다. 참석 증명서를 아래 화면에서 내려받을 수 있습니다.\n\n{link}\n\n"
        "로그인하라고 나오면 앞서 받은 개인 링크를 열거나 ‘링크 다시 받기’를 눌러 주세요.\n\n{host}"
    ),
    fields=(NAME, *CONFERENCE_FIELDS, LINK_FIELD),
)
MAIL_KINDS = (CERTIFICATE,)
