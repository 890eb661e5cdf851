"""The public side of registration: the form, and one's own registration by its link."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from conference_hub.access.actions import make_link, use_link
from conference_hub.access.middleware import conference, viewer
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.access.senders import remember
from conference_hub.core.errors import Refused, msg
from conference_hub.people.model import Mode
from conference_hub.registration import (
    actions,
    admission,
    guests,
    lapsing,
    reading,
    setup_store,
    store,
    visitors,
)
from conference_hub.registration.actions import Application
from conference_hub.registration.confirmation import CONFIRM_WITHIN
from conference_hub.registration.model import ConsentId, Person, Registration, Setup, Standing, address_key
from conference_hub.registration.requests import (
    CONSENT,
    AskForLink,
    ChangeRegistration,
    ChooseConsents,
    OpenRegistration,
    Register,
)
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub
from conference_hub.web.i18n import language
from conference_hub.web.limits import GUEST_POST, limiter, paced
from conference_hub.web.pace import Pace
from conference_hub.web.requests import Nothing, form_fields

registration_pages_bp = Blueprint("registration_pages", __name__)

ARRIVALS = "300 per minute"
"""Forms from one address, refused ones too: a bound on load."""
MAILING = Pace(at_once=30, every_s=2, window_s=10 * 60)
"""Registrations and mails with links from one address, behind which a whole hall may be."""
PER_PERSON = "10 per hour"
"""Mails that strangers may cause to be written to one mail address."""


def mail_address() -> str:
    """Name the mail address that a form of the running request writes to."""
    conf = (request.view_args or {}).get("conf")
    return f"mail/{conf}/{address_key(request.form.get('email') or request.form.get('again') or '')}"


@registration_pages_bp.get("/c/<conf>/register")
@allow(Role.PUBLIC)
def form(conf: str) -> ResponseReturnValue:
    """Show the form, or why nobody may register now."""
    hub = current_hub()
    with hub.database.reading() as db:
        setup = setup_store.setup_of(db, conf)
        taken = guests.taken(db, conf)
        own = visitors.find_own(db, conf)
    return render_template(
        "registration/form.html",
        setup=setup,
        gate=admission.gate(setup.settings, hub.now(), conference().ends_at),
        left={mode: admission.left(setup.settings, taken, mode) for mode in setup.settings.capacity},
        own=own,
    )


@registration_pages_bp.post("/c/<conf>/register")
@limiter.limit(ARRIVALS)
@limiter.limit(PER_PERSON, key_func=mail_address)
@allow(Role.PUBLIC)
@takes_form(Register, form)
def register(body: Register, conf: str) -> ResponseReturnValue:
    """Register, or have the link of the address sent that is registered already: the answer is the same."""
    hub = current_hub()
    with paced(MAILING, f"register/{conf}"), hub.journal.writing(conf, actor=visitors.VISITOR) as write:
        setup = setup_store.setup_of(write.session, conf)
        application = Application(
            person=_person(body.name, body.email, body.organisation, body.mode),
            answers=reading.read_answers(setup.questions, form_fields()),
            consents=_checked(setup, form_fields()),
            code=body.invitation,
        )
        actions.register(write, application, visitors.around(conf))
    return redirect(url_for(".sent", conf=conf))


@registration_pages_bp.post("/c/<conf>/register/link")
@limiter.limit(ARRIVALS)
@limiter.limit(PER_PERSON, key_func=mail_address)
@allow(Role.PUBLIC)
@takes_form(AskForLink, form)
def ask_for_link(body: AskForLink, conf: str) -> ResponseReturnValue:
    """Have the link of one's registration sent; nobody learns whether the address is registered."""
    address = reading.read_address(body.again, "again")
    hub = current_hub()
    with paced(MAILING, f"register/{conf}"), hub.journal.writing(conf, actor=visitors.VISITOR) as write:
        actions.send_link(write, address_key(address), visitors.around(conf))
    return redirect(url_for(".sent", conf=conf))


@registration_pages_bp.get("/c/<conf>/register/sent")
@allow(Role.PUBLIC)
def sent(conf: str) -> ResponseReturnValue:
    """Say that a mail comes, the same for everybody."""
    del conf
    sends = current_hub().settings.mail is not None
    return render_template("registration/sent.html", sends=sends, hours=CONFIRM_WITHIN // timedelta(hours=1))


@registration_pages_bp.get("/c/<conf>/registration")
@allow(Role.PUBLIC)
def own(conf: str) -> ResponseReturnValue:
    """Show one's own registration, or the button that opens it by the link's secret, which is in the fragment."""
    with current_hub().database.reading() as db:
        registration = visitors.find_own(db, conf)
        if registration is None:
            return render_template("registration/open.html")
        setup = setup_store.setup_of(db, conf)
        consents = store.consents_of(db, conf, registration.id)
        ahead = store.ahead_of(db, conf, registration)
    answer = render_template(
        "registration/own.html",
        registration=registration,
        setup=setup,
        typed=reading.typed_again(setup.questions, registration.answers),
        given={one.consent_id: one for one in consents if one.withdrawn_at is None},
        consents=consents,
        ahead=ahead,
    )
    return answer, {"Cache-Control": "no-store"}


@registration_pages_bp.post("/c/<conf>/registration/open")
@limiter.limit(ARRIVALS)
@allow(Role.PUBLIC)
@takes_form(OpenRegistration, own)
def open_own(body: OpenRegistration, conf: str) -> ResponseReturnValue:
    """Keep the secret of a link in the browser, and show the registration, which is confirmed by this."""
    hub = current_hub()
    with hub.database.reading() as db:
        found = visitors.open_by(db, conf, body.secret)
    if found.unconfirmed_since is not None:
        with hub.journal.writing(conf, actor=visitors.VISITOR) as write:
            lapsing.confirm(write, found.id)
    visitors.keep(conf, body.secret)
    return redirect(url_for(".own", conf=conf))


@registration_pages_bp.post("/c/<conf>/registration/change")
@limiter.limit(GUEST_POST)
@allow(Role.PUBLIC)
@takes_form(ChangeRegistration, own)
def change(body: ChangeRegistration, conf: str) -> ResponseReturnValue:
    """Change how one takes part, and one's answers."""
    with current_hub().journal.writing(conf, actor=visitors.VISITOR) as write:
        before = visitors.get_own(write.session, conf)
        questions = setup_store.setup_of(write.session, conf).questions
        person = _person(body.name, before.person.address, body.organisation, body.mode)
        answers = reading.read_answers(questions, form_fields())
        around = visitors.around(conf)
        actions.change(write, before.id, person, answers, around, seen=body.revision)
    flash(_("저장했습니다."), "good")
    return redirect(url_for(".own", conf=conf))


@registration_pages_bp.post("/c/<conf>/registration/consents")
@limiter.limit(GUEST_POST)
@allow(Role.PUBLIC)
@takes_form(ChooseConsents, own)
def consents(_body: ChooseConsents, conf: str) -> ResponseReturnValue:
    """Give consents, and withdraw others."""
    with current_hub().journal.writing(conf, actor=visitors.VISITOR) as write:
        before = visitors.get_own(write.session, conf)
        chosen = _checked(setup_store.setup_of(write.session, conf), form_fields())
        actions.choose_consents(write, before.id, chosen)
    flash(_("동의 내용을 저장했습니다."), "good")
    return redirect(url_for(".own", conf=conf))


@registration_pages_bp.post("/c/<conf>/registration/cancel")
@limiter.limit(GUEST_POST)
@allow(Role.PUBLIC)
@takes_form(Nothing, own)
def cancel(_body: Nothing, conf: str) -> ResponseReturnValue:
    """Give one's place up."""
    hub = current_hub()
    with hub.journal.writing(conf, actor=visitors.VISITOR) as write:
        before = visitors.get_own(write.session, conf)
        actions.cancel(write, before.id, visitors.around(conf))
        secret = visitors.secret_of(before, conf)
    hub.tell_ended()
    visitors.keep(conf, secret)
    return redirect(url_for(".own", conf=conf))


@registration_pages_bp.post("/c/<conf>/registration/enter")
@limiter.limit(GUEST_POST)
@allow(Role.PUBLIC)
@takes_form(Nothing, own)
def enter(_body: Nothing, conf: str) -> ResponseReturnValue:
    """Sign in as the guest that one became, and lead to the own page with the badge."""
    hub = current_hub()
    with hub.database.writing() as db:
        found = visitors.get_own(db, conf)
        secret = _guests_link(db, conf, found)
        signed_in = use_link(db, secret, viewer(), hub.now())
    remember(signed_in.secret)
    return redirect(f"/c/{conf}/me")


def _guests_link(db: Session, conf: str, registration: Registration) -> str:
    """Make the link that signs a registered guest in, to be used at once; raises Refused without a place."""
    if registration.state is not Standing.ACCEPTED or registration.guest_id is None:
        raise Refused(msg("등록이 끝난 뒤에 볼 수 있습니다."), code="not_possible")
    secret = make_link(
        db,
        conf=conf,
        role=Role.ATTENDEE,
        at=current_hub().now(),
        by=visitors.VISITOR,
        name=registration.person.name,
        guest_id=registration.guest_id,
    )
    db.flush()
    return secret


def _person(name: str, email: str, organisation: str | None, mode: Mode) -> Person:
    return Person(
        name=reading.read_name(name),
        address=reading.read_address(email, "email"),
        organisation=reading.clean(organisation) or None if organisation else None,
        mode=mode,
        language=language(),
    )


def _checked(setup: Setup, sent_fields: Mapping[str, str]) -> list[ConsentId]:
    return [consent.id for consent in setup.asked if sent_fields.get(f"{CONSENT}{consent.id}") == "on"]
