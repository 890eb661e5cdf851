"""Who took personal data of how many guests out of the hub, and why: written with the fact, read on the desk.

The rows outlive the journal, which is pruned.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.core.actor import Actor
from conference_hub.core.errors import Invalid, msg
from conference_hub.core.ids import new_id
from conference_hub.core.journal import Write
from conference_hub.core.labelled import Labelled
from conference_hub.people.facts import GuestsDisclosed
from conference_hub.people.keys import GUEST_LIST
from conference_hub.people.tables import DisclosureRow


class DisclosureKind(Labelled):
    """What was taken out; the value is what is stored and sent."""

    CSV = "csv", "명단 파일 (CSV)", "Guest list (CSV)"
    XLSX = "xlsx", "명단 파일 (엑셀)", "Guest list (Excel)"
    BADGES = "badges", "명찰 인쇄", "Badge sheet"
    LINKS = "links", "개인 링크 목록", "Personal links"
    FILE = "file", "행사 파일", "Conference file"
    TEAM = "team", "팀 명단 파일", "Team list (file)"
    AWARDS = "awards", "수상자 명단 파일", "Award list (file)"
    ROSTER = "roster", "체크인 기기 명단", "List on a check-in device"
    HONOURS = "honours", "내빈 명단 파일", "Guests of honour (file)"
    ATTENDANCE = "attendance", "참여 시간 파일", "Attendance report (file)"
    CERTIFICATES = "certificates", "참석 증명서", "Certificates of attendance"


class Reason(Labelled):
    """Why; the value is what is stored and sent."""

    RECEPTION = "reception", "현장 접수 준비", "Reception"
    PRINTING = "printing", "명찰·이름표 인쇄", "Printing badges or name cards"
    SEATING = "seating", "좌석 배치", "Seating"
    MAILING = "mailing", "안내 발송", "Sending information"
    CATERING = "catering", "식사·편의 준비", "Catering and access"
    REPORT = "report", "결과 보고", "Report"
    REQUEST = "request", "본인의 열람 요청", "Request of the person concerned"
    OTHER = "other", "그 밖의 사유", "Another reason"


def required(reason: Reason | None, note: str | None) -> Reason:
    """Return the reason for which data is taken out; raises Invalid without one, and for another one without words."""
    if reason is None:
        raise Invalid(msg("왜 내보내는지 고르세요."), field="reason")
    if reason is Reason.OTHER and not (note or "").strip():
        raise Invalid(msg("사유를 적어 주세요."), field="note")
    return reason


@dataclass(frozen=True, kw_only=True)
class Disclosure:
    """One time that personal data of `count` people was taken out, why (`note` in the person's words), by whom."""

    at: datetime
    by: Actor
    kind: DisclosureKind
    count: int
    reason: Reason
    note: str


def disclose(write: Write, kind: DisclosureKind, count: int, reason: Reason, note: str = "") -> None:
    """Write down that the sender takes personal data of `count` people out of the hub."""
    write.session.add(
        DisclosureRow(
            conf=write.conf,
            id=new_id(),
            at=write.at,
            by=write.actor.label,
            actor=write.actor.id,
            kind=kind,
            guests=count,
            reason=reason,
            note=note,
        )
    )
    write.publish(GuestsDisclosed(kind=kind, count=count, reason=reason), GUEST_LIST, {})


def last_disclosed(session: Session, conf: str, kind: DisclosureKind, note: str) -> datetime | None:
    """Return when data of that kind were taken out last with that note, or None."""
    found = session.execute(_LAST, {"conf_": conf, "kind_": kind, "note_": note}).scalar()
    return cast("datetime | None", found)


def disclosures(session: Session, conf: str, most: int) -> list[Disclosure]:
    """Return the latest `most` of them, the newest first."""
    rows = session.execute(_LATEST.limit(most), {"conf_": conf})
    return [
        Disclosure(
            at=row.at,
            by=Actor.stored(row.actor, row.by),
            kind=DisclosureKind(row.kind),
            count=row.guests,
            reason=Reason(row.reason),
            note=row.note,
        )
        for row in rows
    ]


_TABLE = cast("sa.Table", DisclosureRow.__table__)
_LATEST = (
    sa.select(_TABLE).where(_TABLE.c.conf == sa.bindparam("conf_")).order_by(_TABLE.c.at.desc(), _TABLE.c.id)
)
_LAST = sa.select(sa.func.max(_TABLE.c.at)).where(
    _TABLE.c.conf == sa.bindparam("conf_"),
    _TABLE.c.kind == sa.bindparam("kind_"),
    _TABLE.c.note == sa.bindparam("note_"),
)
