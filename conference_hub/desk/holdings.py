"""How much a conference holds, for the page that asks before all of it is deleted."""

from __future__ import annotations

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from conference_hub.agenda.tables import PlanCueRow
from conference_hub.awards.tables import AwardRow
from conference_hub.checkin.tables import ScanRow
from conference_hub.followup.tables import OnlineSessionRow
from conference_hub.outbox.tables import MailRow
from conference_hub.people.tables import GuestRow
from conference_hub.registration.tables import RegistrationRow


def holdings(session: Session, conf: str) -> list[tuple[str, int]]:
    """Return what there is of each kind, by its name in the language of the running request."""
    kinds = (
        (_("계획한 순서"), PlanCueRow),
        (_("명단의 참석자"), GuestRow),
        (_("등록 신청"), RegistrationRow),
        (_("시상"), AwardRow),
        (_("체크인 기록"), ScanRow),
        (_("후속 세션"), OnlineSessionRow),
        (_("메일"), MailRow),
    )
    return [
        (name, session.scalar(sa.select(sa.func.count()).select_from(row).where(row.conf == conf)) or 0)
        for name, row in kinds
    ]
