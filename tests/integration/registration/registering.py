"""What tests of routes need of registration: one thing of each kind, and a well-formed form for each route."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from conference_hub.core.text import Text
from conference_hub.people.model import Mode
from conference_hub.registration import invitation_store, setup_store, store
from conference_hub.registration.model import (
    Consent,
    ConsentId,
    Invitation,
    InvitationId,
    Kind,
    Person,
    Question,
    QuestionId,
    Registration,
    RegistrationId,
    Settings,
    Setup,
    Standing,
)

AT = datetime(2021, 11, 20, tzinfo=UTC)
IDS = {
    "registration_id": "walked-registration",
    "question_id": "walked-question",
    "consent_id": "walked-consent",
    "invitation_id": "walked-invitation",
}
FORMS: dict[str, dict[str, Any]] = {
    "/c/<conf>/register": {"name": "홍길동", "email": "hong@example.com", "mode": "onsite"},
    "/register/link": {"again": "nobody@example.com"},
    "/registration/open": {"secret": "unknown.secret"},
    "/registration/change": {"revision": "1", "name": "홍길동", "mode": "onsite"},
    "/registration/consents": {},
    "/registration/cancel": {},
    "/registration/enter": {},
    "/registration/settings": {"revision": "1", "opening": "closed", "mode_onsite": "on"},
    "/registration/invitations": {"title": "초대"},
    "/invitations/<invitation_id>/revoke": {},
    "/registration/move-up": {},
    "/people/<registration_id>/move": {"state": "declined", "revision": "1"},
    "/people/<registration_id>/link": {},
    "/people/<registration_id>/erase": {},
    "/questions/<question_id>": {"revision": "1", "kind": "line", "label_ko": "질문"},
    "/questions/<question_id>/remove": {"revision": "1"},
    "/questions/<question_id>/move": {"revision": "1", "to": "up"},
    "/consents/<consent_id>": {"revision": "1", "title_ko": "동의"},
    "/consents/<consent_id>/remove": {"revision": "1"},
}
"""A form for each route, by the end of its name."""


def set_up(db: Session, conf: str) -> None:
    """Give a conference one of each thing that addresses name; nobody can register."""
    question = Question(
        id=QuestionId(IDS["question_id"]),
        position=1,
        kind=Kind.LINE,
        label=Text.of("질문"),
        required=False,
    )
    consent = Consent(id=ConsentId(IDS["consent_id"]), position=1, title=Text.of("동의"), body=None)
    settings = Settings(capacity={Mode.ONSITE: None})
    setup = Setup(settings=settings, questions=(question,), consents=(consent,), revision=1)
    setup_store.save_setup(db, conf, setup)
    registration = Registration(
        id=RegistrationId(IDS["registration_id"]),
        person=Person(
            name="등록", address="walked@example.com", organisation=None, mode=Mode.ONSITE, language="ko"
        ),
        state=Standing.PENDING,
        answers={},
        created_at=AT,
        queued_at=AT,
        notice_version=0,
    )
    store.save_registration(db, conf, registration)
    invitation = Invitation(
        id=InvitationId(IDS["invitation_id"]),
        code=f"code-of-{conf}",
        title="초대",
        address=None,
        most=None,
        created_at=AT,
        by="시험",
    )
    invitation_store.save_invitation(db, conf, invitation)
