"""The mails about follow-up sessions that calendars read: their fields and what they say until organisers change it."""

from __future__ import annotations

from conference_hub.core.errors import msg
from conference_hub.core.text import Text
from conference_hub.outbox.wording_model import CONFERENCE_FIELDS, LINK_FIELD, NAME, Field, MailKind

SESSION = Field(
    name="session",
    label=msg("세션 제목"),
    sample=Text(ko="취업알선 시범센터 운영 사례", en="Running a pilot placement centre"),
    needed=True,
)
WHEN = Field(
    name="when",
    label=msg("세션 일시"),
    sample=Text(
        ko="2026년 12월 7일 (월) 14:00–15:00 (한국 표준시)",
        en="Mon 7 December 2026 14:00–15:00 (Korea Standard Time)",
    ),
    needed=True,
)
CHANGE = Field(
    name="change",
    label=msg("무엇이 바뀌었는지"),
    sample=Text(
        ko="바뀌기 전 일시: 2026년 12월 6일 (일) 14:00–15:00 (한국 표준시)",
        en="Time before: Sun 6 December 2026 14:00–15:00 (Korea Standard Time)",
    ),
    needed=True,
)
PLACE = Field(name="place", label=msg("대기 순서"), sample=Text.of("3"), needed=True)
ASKED = (NAME, *CONFERENCE_FIELDS, SESSION, WHEN, LINK_FIELD)
GONE = (NAME, *CONFERENCE_FIELDS, SESSION, WHEN)
INVITED = MailKind(
    name="session-invited",
    label=msg("후속 세션 초대"),
    subject=msg("[초대] {session}"),
    text=msg(
        "{name} 님, 안녕하세요.\n\n"
        "{title}의 후속 세션 ‘{session}’ 신청이 완료되었습니다.\n\n"
        "일시: {when}\n참여와 답장: {link}\n\n"
        "시간이 되면 이 링크에서 참여합니다. 참석 여부를 알리거나 신청을 취소할 때도 이 링크를 열어 주세요. "
        "본인만 쓰는 링크이니 다른 사람에게 전하지 마세요.\n\n{host}"
    ),
    fields=ASKED,
)
WAITS = MailKind(
    name="session-waiting",
    label=msg("후속 세션 대기자로 등록됨"),
    subject=msg("[대기] {session}"),
    text=msg(
        "{name} 님, 안녕하세요.\n\n"
        "‘{session}’ 세션은 자리가 모두 차서 대기자로 등록되었습니다. 대기 순서는 {place}번째입니다.\n\n"
        "세션 일시: {when}\n대기 취소: {link}\n\n"
        "자리가 나면 순서대로 메일로 알려 드립니다. 더 기다리지 않으려면 이 링크에서 취소해 주세요. "
        "본인만 쓰는 링크이니 다른 사람에게 전하지 마세요.\n\n{host}"
    ),
    fields=(*ASKED, PLACE),
)
MOVED_UP = MailKind(
    name="session-moved-up",
    label=msg("후속 세션 대기자에게 자리가 남"),
    subject=msg("[초대] 자리가 났습니다: {session}"),
    text=msg(
        "{name} 님, 안녕하세요.\n\n"
        "대기하시던 ‘{session}’ 세션에 자리가 나서 이제 참여하실 수 있습니다.\n\n"
        "일시: {when}\n참여와 답장: {link}\n\n"
        "시간이 되면 이 링크에서 참여합니다. 참석 여부를 알리거나 신청을 취소할 때도 이 링크를 열어 주세요. "
        "본인만 쓰는 링크이니 다른 사람에게 전하지 마세요.\n\n{host}"
    ),
    fields=ASKED,
)
CHANGED = MailKind(
    name="session-changed",
    label=msg("후속 세션이 바뀜"),
    subject=msg("[변경] {session}"),
    text=msg(
        "{name} 님, 안녕하세요.\n\n"
        "신청하신 ‘{session}’ 세션이 바뀌었습니다.\n\n"
        "일시: {when}\n{change}\n참여와 답장: {link}\n\n"
        "시간이 되면 이 링크에서 참여합니다. 참석 여부를 알리거나 신청을 취소할 때도 이 링크를 열어 주세요. "
        "본인만 쓰는 링크이니 다른 사람에게 전하지 마세요.\n\n{host}"
    ),
    fields=(*ASKED, CHANGE),
)
RESTORED = MailKind(
    name="session-restored",
    label=msg("취소한 후속 세션을 다시 엶"),
    subject=msg("[초대] 다시 열립니다: {session}"),
    text=msg(
        "{name} 님, 안녕하세요.\n\n"
        "취소되었던 ‘{session}’ 세션이 다시 열립니다. 신청은 그대로 남아 있습니다.\n\n"
        "일시: {when}\n참여와 답장: {link}\n\n"
        "시간이 되면 이 링크에서 참여합니다. 참석 여부를 알리거나 신청을 취소할 때도 이 링크를 열어 주세요. "
        "본인만 쓰는 링크이니 다른 사람에게 전하지 마세요.\n\n{host}"
    ),
    fields=ASKED,
)
CANCELLED = MailKind(
    name="session-cancelled",
    label=msg("후속 세션이 취소됨"),
    subject=msg("[취소] {session}"),
    text=msg(
        "{name} 님, 안녕하세요.\n\n"
        "신청하신 ‘{session}’ 세션이 취소되었습니다. 죄송합니다.\n\n"
        "취소된 일시: {when}\n\n{host}"
    ),
    fields=GONE,
)
WITHDRAWN = MailKind(
    name="session-withdrawn",
    label=msg("후속 세션 신청이 취소됨"),
    subject=msg("[취소] 신청이 취소되었습니다: {session}"),
    text=msg(
        "{name} 님, 안녕하세요.\n\n"
        "‘{session}’ 세션 신청이 취소되었습니다. 캘린더에 넣으신 일정은 지워도 됩니다.\n\n"
        "세션 일시: {when}\n\n{host}"
    ),
    fields=GONE,
)
SEAT_LOST = MailKind(
    name="session-seat-lost",
    label=msg("후속 세션 자리가 대기로 바뀜"),
    subject=msg("[취소] 대기로 바뀌었습니다: {session}"),
    text=msg(
        "{name} 님, 안녕하세요.\n\n"
        "‘{session}’ 세션의 정원이 줄어 신청이 대기로 바뀌었습니다. 죄송합니다. "
        "자리가 나면 순서대로 메일로 알려 드립니다.\n\n"
        "세션 일시: {when}\n\n{host}"
    ),
    fields=GONE,
)
READDRESSED = MailKind(
    name="session-readdressed",
    label=msg("후속 세션 초대를 다른 주소로 보냄"),
    subject=msg("[취소] 이 주소로 보낸 초대: {session}"),
    text=msg(
        "{name} 님, 안녕하세요.\n\n"
        "메일 주소가 바뀌어, ‘{session}’ 세션 초대는 이 주소에서 더는 쓰지 않습니다. "
        "이 주소의 캘린더에 넣으신 일정은 지워도 됩니다.\n\n"
        "세션 일시: {when}\n\n{host}"
    ),
    fields=GONE,
)
MAIL_KINDS = (INVITED, WAITS, MOVED_UP, CHANGED, RESTORED, CANCELLED, WITHDRAWN, SEAT_LOST, READDRESSED)
"""The kinds in the order in which the desk shows them."""
