"""Who took personal data of how many guests out of the hub, and why: written with the fact, read on the desk.

The rows outlive the journal, which is pruned.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.core.actor import Actor
from conference_hub.core.errors import Invalid, msg
from conference_hub.core.ids import new_id
from conference_hub.core.journal import Write
from conference_hub.core.text import Text
from conference_hub.people.facts import GuestsDisclosed
from conference_hub.people.keys import GUEST_LIST
from conference_hub.people.tables import DisclosureRow


class DisclosureKind(StrEnum):
    """What was taken out; the value is what is stored and sent."""

    CSV = "csv"
    XLSX = "xlsx"
    BADGES = "badges"
    LINKS = "links"
    FILE = "file"
    TEAM = "team"
    AWARDS = "awards"

    @property
    def label(self) -> Text:
        """What people read."""
        return _KIND_LABELS[self]


class Reason(StrEnum):
    """Why; the value is what is stored and sent."""

    RECEPTION = "reception"
    PRINTING = "printing"
    SEATING = "seating"
    MAILING = "mailing"
    CATERING = "catering"
    REPORT = "report"
    REQUEST = "request"
    OTHER = "other"

    @property
    def label(self) -> Text:
        """What people read."""
        return _REASON_LABELS[self]


_KIND_LABELS = {
    DisclosureKind.CSV: Text(ko="명단 파일 (CSV)", en="Guest list (CSV)"),
    DisclosureKind.XLSX: Text(ko="명단 파일 (엑셀)", en="Guest list (Excel)"),
    DisclosureKind.BADGES: Text(ko="명찰 인쇄", en="Badge sheet"),
    DisclosureKind.FILE: Text(ko="행사 파일", en="Conference file"),
    DisclosureKind.TEAM: Text(ko="팀 명단 파일", en="Team list (file)"),
    DisclosureKind.AWARDS: Text(ko="수상자 명단 파일", en="Award list (file)"),
    DisclosureKind.LINKS: Text(ko="개인 링크 목록", en="Personal links"),
}
_REASON_LABELS = {
    Reason.RECEPTION: Text(ko="현장 접수 준비", en="Reception"),
    Reason.PRINTING: Text(ko="명찰·이름표 인쇄", en="Printing badges or name cards"),
    Reason.SEATING: Text(ko="좌석 배치", en="Seating"),
    Reason.MAILING: Text(ko="안내 발송", en="Sending information"),
    Reason.CATERING: Text(ko="식사·편의 준비", en="Catering and access"),
    Reason.REPORT: Text(ko="결과 보고", en="Report"),
    Reason.REQUEST: Text(ko="본인의 열람 요청", en="Request of the person concerned"),
    Reason.OTHER: Text(ko="그 밖의 사유", en="Another reason"),
}


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
