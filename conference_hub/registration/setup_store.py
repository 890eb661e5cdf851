"""What organisers set for registration: rows to model and back; kept in memory by the conference's revision."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.conferences.kept import Kept, bump_revision
from conference_hub.core.text import Text
from conference_hub.people.model import Mode
from conference_hub.registration.model import (
    NEW,
    Consent,
    ConsentId,
    Kind,
    Opening,
    Option,
    Question,
    QuestionId,
    Settings,
    Setup,
)
from conference_hub.registration.tables import ConsentGivenRow, ConsentRow, QuestionRow, RegistrationSetupRow
from conference_hub.web.hub import PrivacyNotice


def setup_of(session: Session, conf: str) -> Setup:
    """Return what a conference has set."""
    return _SETUP.of(session, conf)


def privacy_notice(session: Session, conf: str) -> PrivacyNotice:
    """Return what people are told about their data (`Hub.privacy_notice`)."""
    settings = setup_of(session, conf).settings
    return PrivacyNotice(words=settings.notice, version=settings.notice_version)


def save_setup(session: Session, conf: str, setup: Setup) -> None:
    """Write down what a conference sets: questions and consents that are not in it any more are removed."""
    settings = setup.settings
    session.merge(
        RegistrationSetupRow(
            conf=conf,
            opening=settings.opening,
            opens_at=settings.opens_at,
            closes_at=settings.closes_at,
            approval=settings.approval,
            waiting_list=settings.waiting_list,
            capacity={mode.value: places for mode, places in settings.capacity.items()},
            notice=_doc(settings.notice),
            notice_version=settings.notice_version,
            revision=setup.revision,
            changed_by=setup.changed_by,
        )
    )
    _keep_only(session, QuestionRow, conf, [question.id for question in setup.questions])
    _keep_only(session, ConsentRow, conf, [consent.id for consent in setup.consents])
    for question in setup.questions:
        session.merge(_question_row(conf, question))
    for consent in setup.consents:
        session.merge(_consent_row(conf, consent))
    session.flush()
    bump_revision(session, conf)


def consent_given(session: Session, conf: str, consent_id: str) -> bool:
    """Return whether somebody ever gave a consent, so that it must be kept."""
    given = sa.select(ConsentGivenRow.consent_id).where(
        ConsentGivenRow.conf == conf, ConsentGivenRow.consent_id == consent_id
    )
    return session.scalar(given.limit(1)) is not None


def _keep_only(session: Session, row: type[QuestionRow | ConsentRow], conf: str, ids: list[Any]) -> None:
    session.execute(sa.delete(row).where(row.conf == conf, row.id.not_in(ids)))


def _find(session: Session, conf: str) -> Setup:
    row = session.get(RegistrationSetupRow, conf)
    if row is None:
        return NEW
    questions = session.scalars(
        sa.select(QuestionRow).where(QuestionRow.conf == conf).order_by(QuestionRow.position, QuestionRow.id)
    )
    consents = session.scalars(
        sa.select(ConsentRow).where(ConsentRow.conf == conf).order_by(ConsentRow.position, ConsentRow.id)
    )
    return Setup(
        settings=Settings(
            opening=Opening(row.opening),
            opens_at=row.opens_at,
            closes_at=row.closes_at,
            approval=row.approval,
            waiting_list=row.waiting_list,
            capacity={mode: row.capacity[mode.value] for mode in Mode if mode.value in row.capacity},
            notice=_text(row.notice),
            notice_version=row.notice_version,
        ),
        questions=tuple(_question(question) for question in questions),
        consents=tuple(_consent(consent) for consent in consents),
        revision=row.revision,
        changed_by=row.changed_by,
    )


_SETUP = Kept(_find)


def _question(row: QuestionRow) -> Question:
    return Question(
        id=QuestionId(row.id),
        position=row.position,
        kind=Kind(row.kind),
        label=Text.of(row.label),
        required=row.required,
        options=tuple(Option(id=option["id"], words=Text.of(option["text"])) for option in row.options),
    )


def _question_row(conf: str, question: Question) -> QuestionRow:
    return QuestionRow(
        conf=conf,
        id=question.id,
        position=question.position,
        kind=question.kind,
        label=question.label.as_doc(),
        required=question.required,
        options=[{"id": option.id, "text": option.words.as_doc()} for option in question.options],
    )


def _consent(row: ConsentRow) -> Consent:
    return Consent(
        id=ConsentId(row.id),
        position=row.position,
        title=Text.of(row.title),
        body=_text(row.body),
        version=row.version,
        hidden=row.hidden,
    )


def _consent_row(conf: str, consent: Consent) -> ConsentRow:
    return ConsentRow(
        conf=conf,
        id=consent.id,
        position=consent.position,
        title=consent.title.as_doc(),
        body=_doc(consent.body),
        version=consent.version,
        hidden=consent.hidden,
    )


def _doc(text: Text | None) -> dict[str, Any] | None:
    return dict(text.as_doc()) if text else None


def _text(doc: dict[str, Any] | None) -> Text | None:
    return Text.of(doc) if doc else None
