"""The mails that remind of a session: their fields and what they say until organisers change it."""

from __future__ import annotations

from conference_hub.core.errors import msg
from conference_hub.followup.mail_kinds import SESSION, WHEN
from conference_hub.followup.reminders import Lead
from conference_hub.outbox.wording_model import CONFERENCE_FIELDS, LINK_FIELD, NAME, STOP, MailKind

FIELDS = (NAME, *CONFERENCE_FIELDS, SESSION, WHEN, LINK_FIELD, STOP)
KINDS = {
    Lead.DAY: MailKind(
        name="reminder-day",
        label=msg("후속 세션 하루 전 알림"),
        subject=msg("[{title}] 내일 세션 알림: {session}"),
        text=msg(
            "{name} 님, 안녕하세요.\n\n"
            "신청하신 ‘{session}’ 세션이 하루 앞으로 다가왔습니다.\n\n"
            "일시: {when}\n참여: {link}\n\n"
            "시간이 되면 이 링크에서 참여합니다. 참석하기 어려우면 이 링크에서 알려 주세요.\n\n"
            "{host}\n알림을 그만 받으려면: {stop}"
        ),
        fields=FIELDS,
        refusable="day_ahead",
    ),
    Lead.SOON: MailKind(
        name="reminder-soon",
        label=msg("후속 세션 10분 전 알림"),
        subject=msg("[{title}] 곧 시작합니다: {session}"),
        text=msg(
            "{name} 님, ‘{session}’ 세션이 곧 시작합니다.\n\n"
            "일시: {when}\n참여: {link}\n\n"
            "{host}\n알림을 그만 받으려면: {stop}"
        ),
        fields=FIELDS,
        refusable="shortly",
    ),
}
MAIL_KINDS = tuple(KINDS.values())
