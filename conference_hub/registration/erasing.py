"""What registration erases: registrations, consents and invitations; how many there were in each state is kept."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from conference_hub.core.erasing import Erasure, Figure
from conference_hub.core.errors import msg
from conference_hub.core.text import Text
from conference_hub.registration.store import counts
from conference_hub.registration.tables import (
    ConsentGivenRow,
    InvitationRow,
    RegistrationRow,
    RegistrationSetupRow,
)

ERASURES = (
    Erasure(row=ConsentGivenRow, name="registration_consent_given", words=msg("받은 동의")),
    Erasure(row=RegistrationRow, name="registration", words=msg("등록 신청")),
    Erasure(row=InvitationRow, name="registration_invitation", words=msg("등록 초대")),
    Erasure(row=RegistrationSetupRow, name="registration_setup", blank={"changed_by": ""}),
)
REGISTRATIONS = Text(ko="등록", en="Registrations")


def figures(session: Session, conf: str) -> Iterator[Figure]:
    """Yield how many registrations there were in each state."""
    for state, count in counts(session, conf).items():
        if count:
            yield Figure(title=REGISTRATIONS.joined(state.label), count=count)
