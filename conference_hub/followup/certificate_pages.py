"""The pages of certificates about the follow-up: the desk's, and a guest's own."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from conference_hub.access.middleware import actor, conference, viewer
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.attendance import certificate_store
from conference_hub.attendance import store as attendance_store
from conference_hub.attendance.certificate_files import covering, pdf_answer
from conference_hub.attendance.certificates import About
from conference_hub.checkin.pages import me
from conference_hub.core.errors import Forbidden, msg
from conference_hub.followup import certifying
from conference_hub.people.store import get_guest, guests_of
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub
from conference_hub.web.limits import GUEST_POST, guest, limiter
from conference_hub.web.requests import Nothing

followup_certificates_bp = Blueprint("followup_certificates", __name__, url_prefix="/c/<conf>")


@followup_certificates_bp.app_context_processor
def _own() -> dict[str, Any]:
    return {"own_sessions_certificate": own_sessions_certificate}


def own_sessions_certificate() -> certifying.SessionsClaim | None:
    """Return what the guest of the running request may have of certificates about the follow-up; None for nothing."""
    hub, conf = current_hub(), conference().slug
    with hub.database.reading() as db:
        return certifying.claim_of(db, conf, get_guest(db, conf, _own_id(conf)), hub.now())


@followup_certificates_bp.get("/desk/follow-up/certificates")
@allow(Role.ORGANISER)
def certificates(conf: str) -> ResponseReturnValue:
    """Show on which terms certificates about the follow-up are given, and how many may have one and have one."""
    hub = current_hub()
    with hub.database.reading() as db:
        setup = attendance_store.find_setup(db, conf)
        counts = certifying.counts(db, conf, hub.now())
    needed = certifying.needed_sessions(setup)
    return render_template("followup/desk_certificates.html", setup=setup, needed=needed, counts=counts)


@followup_certificates_bp.post("/desk/follow-up/certificates")
@allow(Role.ORGANISER)
@takes_form(Nothing, certificates)
def give(_form: Nothing, conf: str) -> ResponseReturnValue:
    """Give a certificate to everybody who attended enough sessions and has none."""
    hub = current_hub()
    with hub.database.reading() as db:
        certifying.require_on(attendance_store.find_setup(db, conf))
        guests = guests_of(db, conf, certifying.attended(db, conf, hub.now()))
    covers = covering()
    with hub.journal.writing(conf, actor=actor()) as write:
        given = certifying.give(write, conference(), guests, covers)
    flash(_("증명서 %(count)s장을 발급했습니다.", count=given), "good")
    return redirect(url_for(".certificates", conf=conf))


@followup_certificates_bp.post("/me/follow-up-certificate")
@limiter.limit(GUEST_POST, key_func=guest)
@allow(Role.ATTENDEE)
@takes_form(Nothing, me)
def get_own(_form: Nothing, conf: str) -> ResponseReturnValue:
    """Give the guest a certificate that says which sessions they attended, and redirect to it."""
    hub = current_hub()
    with hub.database.reading() as db:
        person = get_guest(db, conf, _own_id(conf))
        certifying.require_on(attendance_store.find_setup(db, conf))
    covers = covering()
    with hub.journal.writing(conf, actor=actor()) as write:
        certifying.give_own(write, conference(), person, covers)
    return redirect(url_for(".own", conf=conf))


@followup_certificates_bp.get("/me/follow-up-certificate.pdf")
@allow(Role.ATTENDEE)
def own(conf: str) -> ResponseReturnValue:
    """Give out the guest's certificate about the follow-up; who has none is led to their page, which says why."""
    with current_hub().database.reading() as db:
        found = certificate_store.certificate_of(db, conf, _own_id(conf), About.FOLLOW_UP)
    if found is None:
        return redirect(url_for("checkin_pages.me", conf=conf))
    return pdf_answer([found], f"{conf}-follow-up-certificate")


def _own_id(conf: str) -> str:
    guest_id = viewer().guest_id(conf)
    if guest_id is None:
        raise Forbidden(msg("등록된 참석자의 페이지입니다."))
    return guest_id
