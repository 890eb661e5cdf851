"""The desk's pages of those who registered: the list, one registration, and invitations."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from conference_hub.access.middleware import actor, conference
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.outbox.store import mails_about
from conference_hub.people import readings
from conference_hub.people.model import Mode
from conference_hub.people.readings import GuestPage
from conference_hub.registration import (
    actions,
    admission,
    guests,
    invitation_store,
    moving,
    setup_actions,
    setup_store,
    store,
    visitors,
)
from conference_hub.registration.confirmation import held_until
from conference_hub.registration.keys import registration_key
from conference_hub.registration.model import Standing
from conference_hub.registration.requests import Invite, Move, RegistrationList
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub
from conference_hub.web.requests import Nothing, takes

registration_desk_bp = Blueprint("registration_desk", __name__)

ON_A_PAGE = 50


@registration_desk_bp.get("/c/<conf>/desk/registration")
@allow(Role.ORGANISER)
@takes(RegistrationList)
def people(query: RegistrationList, conf: str) -> ResponseReturnValue:
    """Show who registered, in the order in which they queue, with the places that are taken."""
    hub = current_hub()
    words = query.q.strip()
    with hub.database.reading() as db:
        setup = setup_store.setup_of(db, conf)
        counts = store.counts(db, conf)
        taken, walk_ins = guests.taken(db, conf), store.walk_ins(db, conf)
        waiting = store.by_mode(db, conf, Standing.WAITING)
        skip = query.page * ON_A_PAGE
        found = store.registrations(db, conf, state=query.state, words=words, skip=skip, most=ON_A_PAGE + 1)
    settings = setup.settings
    readings.note(hub.database, conf, actor(), GuestPage.REGISTRATIONS, hub.now())
    return render_template(
        "registration/people.html",
        setup=setup,
        gate=admission.gate(settings, hub.now(), conference().ends_at),
        counts=counts,
        total=sum(counts.values()),
        taken=taken,
        walk_ins=walk_ins,
        waiting=waiting,
        modes=[mode for mode in Mode if mode in settings.capacity or taken.get(mode) or waiting.get(mode)],
        may_move_up=any(admission.left(settings, taken, mode) != 0 for mode, who in waiting.items() if who),
        registrations=found[:ON_A_PAGE],
        more=len(found) > ON_A_PAGE,
        page=query.page,
        state=query.state,
        words=words,
        public_url=f"{hub.settings.public_url}/c/{conf}/register",
    )


@registration_desk_bp.post("/c/<conf>/desk/registration/move-up")
@allow(Role.ORGANISER)
@takes_form(Nothing, people)
def move_up(_form: Nothing, conf: str) -> ResponseReturnValue:
    """Give the free places to those who wait."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        moving.move_up(write, visitors.around(conf))
    flash(_("빈자리를 대기자에게 주었습니다."), "good")
    return redirect(url_for(".people", conf=conf))


@registration_desk_bp.get("/c/<conf>/desk/registration/people/<registration_id>")
@allow(Role.ORGANISER)
def person(conf: str, registration_id: str) -> ResponseReturnValue:
    """Show one registration: answers, consents, and what may be decided."""
    with current_hub().database.reading() as db:
        registration = store.get_registration(db, conf, registration_id)
        setup = setup_store.setup_of(db, conf)
        consents = store.consents_of(db, conf, registration.id)
        ahead = store.ahead_of(db, conf, registration)
        mails = mails_about(db, conf, registration_key(registration.id))
    hub = current_hub()
    guest_id = registration.guest_id or ""
    readings.note(hub.database, conf, actor(), GuestPage.REGISTRATIONS, hub.now(), guest_id)
    return render_template(
        "registration/person.html",
        registration=registration,
        setup=setup,
        consents=consents,
        titles={consent.id: consent.title for consent in setup.consents},
        ahead=ahead,
        held_until=held_until(registration, mails, conference().starts_at),
        decisions=[state for state, before in admission.DECISIONS.items() if registration.state in before],
    )


@registration_desk_bp.post("/c/<conf>/desk/registration/people/<registration_id>/move")
@allow(Role.ORGANISER)
@takes_form(Move, person)
def move(form: Move, conf: str, registration_id: str) -> ResponseReturnValue:
    """Approve, decline, queue or cancel a registration."""
    hub = current_hub()
    with hub.journal.writing(conf, actor=actor()) as write:
        around = visitors.around(conf)
        after = actions.move(write, registration_id, form.state, around, seen=form.revision)
    hub.tell_ended()
    if form.state is Standing.ACCEPTED and after.state is Standing.WAITING:
        flash(_("자리가 모두 차서 대기자로 옮겼습니다."), "warn")
    else:
        flash(_("바꾸었습니다. 안내 메일을 발송 목록에 넣었습니다."), "good")
    return redirect(url_for(".person", conf=conf, registration_id=registration_id))


@registration_desk_bp.post("/c/<conf>/desk/registration/people/<registration_id>/link")
@allow(Role.ORGANISER)
@takes_form(Nothing, person)
def renew_link(_form: Nothing, conf: str, registration_id: str) -> ResponseReturnValue:
    """Make the earlier links of a registration useless and write it a mail with a new one."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        actions.renew_link(write, registration_id, visitors.around(conf))
    flash(_("새 링크를 메일에 담았습니다. 이전 링크는 더 쓸 수 없습니다."), "good")
    return redirect(url_for(".person", conf=conf, registration_id=registration_id))


@registration_desk_bp.post("/c/<conf>/desk/registration/people/<registration_id>/erase")
@allow(Role.ORGANISER)
@takes_form(Nothing, person)
def erase(_form: Nothing, conf: str, registration_id: str) -> ResponseReturnValue:
    """Delete the data of a registration for good."""
    hub = current_hub()
    with hub.journal.writing(conf, actor=actor()) as write:
        actions.erase(write, registration_id, visitors.around(conf))
    hub.tell_ended()
    flash(_("등록의 개인정보를 삭제했습니다."), "good")
    return redirect(url_for(".people", conf=conf))


@registration_desk_bp.get("/c/<conf>/desk/registration/invitations")
@allow(Role.ORGANISER)
def invitations(conf: str) -> ResponseReturnValue:
    """Show the codes with which one may register, and make another."""
    hub = current_hub()
    with hub.database.reading() as db:
        found = invitation_store.invitations(db, conf)
        uses = invitation_store.invitation_uses(db, conf)
        setup = setup_store.setup_of(db, conf)
    answer = render_template(
        "registration/invitations.html",
        invitations=found,
        uses=uses,
        setup=setup,
        page_url=_page(conf),
    )
    return answer, {"Cache-Control": "no-store"}


@registration_desk_bp.post("/c/<conf>/desk/registration/invitations")
@allow(Role.ORGANISER)
@takes_form(Invite, invitations)
def invite(form: Invite, conf: str) -> ResponseReturnValue:
    """Make an invitation; with an address, a mail waits for it."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        made = setup_actions.invite(write, form.title, form.address, form.most, _page(conf))
    flash(
        _("초대 메일을 발송 목록에 넣었습니다.") if made.address else _("초대 코드를 만들었습니다."), "good"
    )
    return redirect(url_for(".invitations", conf=conf))


@registration_desk_bp.post("/c/<conf>/desk/registration/invitations/<invitation_id>/revoke")
@allow(Role.ORGANISER)
@takes_form(Nothing, invitations)
def revoke_invitation(_form: Nothing, conf: str, invitation_id: str) -> ResponseReturnValue:
    """Make a code useless."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        setup_actions.revoke_invitation(write, invitation_id)
    flash(_("초대를 회수했습니다."), "good")
    return redirect(url_for(".invitations", conf=conf))


def _page(conf: str) -> str:
    return f"{current_hub().settings.public_url}/c/{conf}/register"
