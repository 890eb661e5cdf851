"""What access erases: links, tokens and devices of a conference, but for its organisers'; accounts are the hub's."""

from __future__ import annotations

import sqlalchemy as sa

from conference_hub.access.model import Role
from conference_hub.access.tables import (
    MachineTokenRow,
    ScreenLinkRow,
    SessionGrantRow,
    SignInLinkRow,
    WebSessionRow,
)
from conference_hub.core.erasing import Erasure
from conference_hub.core.errors import msg

_GRANTED = sa.exists().where(SessionGrantRow.session_id == WebSessionRow.id)

ERASURES = (
    Erasure(
        row=SessionGrantRow,
        name="session_grant",
        words=msg("링크로 로그인한 기기"),
        only=SessionGrantRow.role != Role.ORGANISER,
    ),
    Erasure(row=WebSessionRow, name="web_session", of=sa.and_(WebSessionRow.account_id.is_(None), ~_GRANTED)),
    Erasure(
        row=SignInLinkRow,
        name="sign_in_link",
        words=msg("개인 링크와 로그인 링크"),
        only=SignInLinkRow.role != Role.ORGANISER,
    ),
    Erasure(
        row=MachineTokenRow,
        name="machine_token",
        words=msg("기계용 토큰"),
        only=MachineTokenRow.role != Role.ORGANISER,
    ),
    Erasure(row=ScreenLinkRow, name="screen_link", words=msg("화면 링크")),
)
