"""What the follow-up erases: sign-ups, invitations and personal calendars; how many signed up is kept."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from conference_hub.core.erasing import Erasure, Figure
from conference_hub.core.errors import msg
from conference_hub.core.text import Text
from conference_hub.followup.answer_tables import SessionAttendanceRow, StrayAnswerRow
from conference_hub.followup.sign_up_store import signed_up
from conference_hub.followup.store import all_sessions
from conference_hub.followup.tables import (
    InvitationRow,
    KeptItemRow,
    PersonalCalendarRow,
    ReminderRoundRow,
    SignUpRow,
)

ERASURES = (
    Erasure(row=SignUpRow, name="sign_up", words=msg("후속 세션 신청")),
    Erasure(row=InvitationRow, name="invitation", words=msg("후속 세션 초대")),
    Erasure(row=StrayAnswerRow, name="stray_answer", words=msg("확인할 초대 회신")),
    Erasure(row=SessionAttendanceRow, name="session_attendance", words=msg("후속 세션 참여 기록")),
    Erasure(row=KeptItemRow, name="kept_item", words=msg("내 일정에 담은 것")),
    Erasure(row=ReminderRoundRow, name="reminder_round"),
    Erasure(row=PersonalCalendarRow, name="personal_calendar", words=msg("내 캘린더 주소")),
)
SIGNED_UP = Text(ko="신청", en="signed up")


def figures(session: Session, conf: str) -> Iterator[Figure]:
    """Yield how many signed up for each session that anybody signed up for."""
    counts = signed_up(session, conf)
    for online in all_sessions(session, conf):
        if online.id in counts:
            yield Figure(title=online.title.joined(SIGNED_UP), count=counts[online.id])
