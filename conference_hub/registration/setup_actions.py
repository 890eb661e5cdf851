"""What organisers set for registration: who may register, questions, consents, invitations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from conference_hub.conferences.store import get_conference, main_language
from conference_hub.core.errors import Invalid, NotFound, Refused, msg
from conference_hub.core.ids import new_id
from conference_hub.core.journal import Write
from conference_hub.core.ordered import find, moved, numbered, put, refuse_taken, without
from conference_hub.outbox import actions as outbox
from conference_hub.registration import invitation_store, letters, setup_store, store
from conference_hub.registration.facts import InvitationMade, InvitationRevoked, RegistrationSet
from conference_hub.registration.keys import SETUP_KEY, about_invited, invitation_key
from conference_hub.registration.model import (
    Consent,
    Invitation,
    InvitationId,
    Question,
    Settings,
    Setup,
    address_key,
)
from conference_hub.registration.moving import Around, move_up
from conference_hub.registration.reading import read_address

MOST_QUESTIONS = 40
Item = TypeVar("Item", Question, Consent)


def change_settings(write: Write, settings: Settings, around: Around, *, seen: int) -> None:
    """Set who may register; a changed notice gets the next version, and who waits moves up where places came.

    Raises Refused when the setup was changed since `seen`, Invalid for times that end before they begin.
    """
    before = _seen(write, seen)
    if settings.opens_at and settings.closes_at and settings.closes_at <= settings.opens_at:
        raise Invalid(msg("끝나는 시각은 시작하는 시각보다 뒤여야 합니다."), field="closes_at")
    if not settings.capacity:
        raise Invalid(msg("참석 방식을 하나 이상 골라 주세요."), field="modes")
    version = before.settings.notice_version + (settings.notice != before.settings.notice)
    replace_setup(write, replace(before, settings=replace(settings, notice_version=version)))
    move_up(write, around)


def save_question(write: Write, question: Question, *, seen: int) -> None:
    """Add a question after the others, or change one.

    Raises Refused, and Invalid for a choice without options and for the wording of another one.
    """
    before = _seen(write, seen)
    if question.kind.has_options and not question.options:
        raise Invalid(msg("고를 수 있는 답을 한 줄에 하나씩 적어 주세요."), field="options")
    if len(before.questions) >= MOST_QUESTIONS and find(before.questions, question.id) is None:
        raise Refused(
            msg("질문은 %(most)s개까지 만들 수 있습니다."), code="too_many_questions", most=MOST_QUESTIONS
        )
    refuse_taken(before.questions, question, main_language(write.session, write.conf), field="label")
    replace_setup(write, replace(before, questions=numbered(put(before.questions, question))))


def remove_question(write: Write, question_id: str, *, seen: int) -> None:
    """Remove a question with the answers to it; raises NotFound and Refused."""
    gone = _get(setup_store.setup_of(write.session, write.conf).questions, question_id)
    before = _seen(write, seen)
    for registration in store.registrations(write.session, write.conf):
        if gone.id in registration.answers:
            answers = {key: value for key, value in registration.answers.items() if key != gone.id}
            store.save_registration(write.session, write.conf, replace(registration, answers=answers))
    replace_setup(write, replace(before, questions=numbered(without(before.questions, {gone.id}))))


def move_question(write: Write, question_id: str, by: int, *, seen: int) -> None:
    """Move a question one up (-1) or down (1); raises NotFound and Refused."""
    moving = _get(setup_store.setup_of(write.session, write.conf).questions, question_id)
    before = _seen(write, seen)
    replace_setup(write, replace(before, questions=numbered(moved(before.questions, moving.id, by))))


def save_consent(write: Write, consent: Consent, *, seen: int) -> None:
    """Add a consent after the others, or change one: changed words are its next version.

    Raises Refused, and Invalid for the title of another one.
    """
    before = _seen(write, seen)
    old = find(before.consents, consent.id)
    if old is not None:
        changed = (old.title, old.body) != (consent.title, consent.body)
        consent = replace(consent, version=old.version + changed)
    refuse_taken(before.asked, consent, main_language(write.session, write.conf))
    replace_setup(write, replace(before, consents=numbered(put(before.consents, consent))))


def remove_consent(write: Write, consent_id: str, *, seen: int) -> None:
    """Ask for a consent no more; where somebody gave it, it is hidden and stays on record. Raises NotFound."""
    gone = _get(setup_store.setup_of(write.session, write.conf).consents, consent_id)
    before = _seen(write, seen)
    if setup_store.consent_given(write.session, write.conf, gone.id):
        consents = numbered(put(before.consents, replace(gone, hidden=True)))
    else:
        consents = numbered(without(before.consents, {gone.id}))
    replace_setup(write, replace(before, consents=consents))


def replace_setup(write: Write, setup: Setup) -> None:
    """Write down everything that is set, whatever it was before; `setup` has the revision of before."""
    after = replace(setup, revision=setup.revision + 1, changed_by=write.actor.label)
    setup_store.save_setup(write.session, write.conf, after)
    write.publish(RegistrationSet(revision=after.revision), SETUP_KEY, {})


def invite(write: Write, title: str, address: str | None, most: int | None, page: str) -> Invitation:
    """Make a code with which one may register; with an address it is mailed there, and counts for it alone.

    `page` is the address of the registration page. Raises Invalid for what is no address.
    """
    invitation = Invitation(
        id=InvitationId(new_id()),
        code=new_id(),
        title=title,
        address=read_address(address, "address") if address else None,
        most=1 if address else most,
        created_at=write.at,
        by=write.actor.label,
    )
    invitation_store.save_invitation(write.session, write.conf, invitation)
    write.publish(InvitationMade(invitation=invitation.id), invitation_key(invitation.id), {})
    if invitation.address:
        conference = get_conference(write.session, write.conf)
        letter = letters.invitation(write.session, conference, invitation, f"{page}#{invitation.code}")
        outbox.put(write, letter)
    return invitation


def revoke_invitation(write: Write, invitation_id: str) -> None:
    """Make a code useless, and leave its mail unsent; who registered with it stays.

    Raises NotFound, and Refused when it is so already.
    """
    invitation = invitation_store.get_invitation(write.session, write.conf, invitation_id)
    if invitation.revoked_at is not None:
        raise Refused(msg("이미 회수한 초대입니다."), code="not_possible")
    invitation_store.save_invitation(write.session, write.conf, replace(invitation, revoked_at=write.at))
    if invitation.address and _newest_to(write, invitation.address).id == invitation.id:
        outbox.withdraw_unsent(write, about_invited(invitation.address))
    write.publish(InvitationRevoked(invitation=invitation.id), invitation_key(invitation.id), {})


def _newest_to(write: Write, address: str) -> Invitation:
    """Return the last invitation to an address that got one: its mail replaced those of earlier ones."""
    invited = invitation_store.invitations(write.session, write.conf)
    return next(one for one in invited if address_key(one.address or "") == address_key(address))


def _seen(write: Write, seen: int) -> Setup:
    setup = setup_store.setup_of(write.session, write.conf)
    if setup.revision != seen:
        raise Refused(
            msg(
                "그 사이 %(by)s 님이 등록 설정을 바꾸었습니다. 아래에 적은 내용을 확인하고 다시 저장해 주세요."
            ),
            code="setup_changed",
            by=setup.changed_by,
        )
    return setup


def _get(items: Sequence[Item], item_id: str) -> Item:
    found = find(items, item_id)
    if found is None:
        raise NotFound(msg("그 사이 지워진 항목입니다."))
    return found
