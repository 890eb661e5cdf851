"""The mails of check-in: their fields and what they say until organisers change it."""

from __future__ import annotations

from conference_hub.core.errors import msg
from conference_hub.core.text import Text
from conference_hub.outbox.wording_model import CONFERENCE_FIELDS, LINK_FIELD, NAME, STOP, Field, MailKind

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
OPENS = Field(
    name="opens",
    label=msg("체크인이 열리는 시각"),
    sample=Text(ko="2026년 12월 2일 (수) 08:30", en="Wed 2 December 2026 08:30"),
    needed=True,
)
BEGINS = Field(
    name="begins",
    label=msg("행사가 시작하는 시각"),
    sample=Text(ko="2026년 12월 2일 (수) 09:30", en="Wed 2 December 2026 09:30"),
    needed=True,
)
VENUE = Field(
    name="venue", label=msg("행사 장소"), sample=Text(ko="정부세종컨벤션센터", en="Sejong Convention Center")
)
DOORS_OPEN = MailKind(
    name="doors-open",
    label=msg("체크인 안내"),
    subject=msg("[{title}] 체크인 안내"),
    text=msg(
        "{name} 님, 안녕하세요.\n\n"
        "{title}의 체크인은 {opens}에 열리고 행사는 {begins}에 시작합니다.\n\n장소: {venue}\n안내: {link}\n\n"
        "앞서 보내 드린 개인 링크의 명찰 QR을 준비해 오시면 기다리지 않고 들어갈 수 있습니다.\n\n"
        "{host}\n이런 소식을 그만 받으려면: {stop}"
    ),
    fields=(NAME, *CONFERENCE_FIELDS, OPENS, BEGINS, VENUE, LINK_FIELD, STOP),
    refusable="news",
)
BROADCAST = MailKind(
    name="broadcast-starts",
    label=msg("온라인 참여 안내"),
    subject=msg("[{title}] 온라인 참여 안내"),
    text=msg(
        "{name} 님, 안녕하세요.\n\n"
        "{title} 행사가 {begins}에 시작합니다.\n\n참여: {link}\n\n"
        "앞서 보내 드린 개인 링크로 들어오시면 참여 방법이 바로 보입니다.\n\n"
        "{host}\n이런 소식을 그만 받으려면: {stop}"
    ),
    fields=(NAME, *CONFERENCE_FIELDS, BEGINS, LINK_FIELD, STOP),
    refusable="news",
)
DELETION = MailKind(
    name="deletion-notice",
    label=msg("개인정보 삭제 안내"),
    subject=msg("[{title}] 개인정보를 지우기 전에 알려 드립니다"),
    text=msg(
        "{name} 님, 안녕하세요.\n\n"
        "{title}에 등록하신 개인정보를 {day}에 모두 지웁니다. "
        "참석 증명서처럼 필요한 것이 있으면 그 전에 내려받아 주세요.\n\n{link}\n\n{host}"
    ),
    fields=(
        NAME,
        *CONFERENCE_FIELDS,
        Field(
            name="day",
            label=msg("지우는 날"),
            sample=Text(ko="2027년 3월 2일 (화)", en="Tue 2 March 2027"),
            needed=True,
        ),
        LINK_FIELD,
    ),
)
MODE_CHANGED = MailKind(
    name="mode-changed",
    label=msg("참석 방식이 바뀜"),
    subject=msg("[{title}] 참석 방식이 바뀌었습니다"),
    text=msg(
        "{name} 님, 안녕하세요.\n\n"
        "{title}의 참석 방식이 ‘{before}’에서 ‘{mode}’(으)로 바뀌었습니다.\n\n{link}\n\n"
        "앞서 보내 드린 개인 링크는 그대로 쓸 수 있습니다. 잘못 바뀌었다면 주최 측에 알려 주세요.\n\n{host}"
    ),
    fields=(
        NAME,
        *CONFERENCE_FIELDS,
        Field(name="before", label=msg("이전 참석 방식"), sample=Text(ko="현장", en="On site")),
        Field(
            name="mode",
            label=msg("새 참석 방식"),
            sample=Text(ko="온라인 중계", en="Online broadcast"),
            needed=True,
        ),
        LINK_FIELD,
    ),
)
MAIL_KINDS = (PERSONAL_LINK, LOST_LINK, MODE_CHANGED, DOORS_OPEN, BROADCAST, DELETION)
