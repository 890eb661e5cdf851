"""The pages of certificates: the desk's, a guest's own, and the page on which anybody verifies one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from conference_hub.access.middleware import actor, conference, viewer
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.attendance import certificate_actions as actions
from conference_hub.attendance import certificate_store, store
from conference_hub.attendance.certificate_files import covering, pdf_answer
from conference_hub.attendance.certificate_sheets import lasting, session_lines, ways, when
from conference_hub.attendance.certificates import About, Certificate, printed_name, read_code, shown_code
from conference_hub.attendance.reporting import lines
from conference_hub.attendance.requests import (
    CertificateFile,
    CertificateQuery,
    CertificatesQuery,
    GetCertificate,
    GiveCertificates,
    RevokeCertificate,
)
from conference_hub.checkin.guest_list import ON_A_PAGE
from conference_hub.checkin.options import labelled
from conference_hub.checkin.pages import me
from conference_hub.core.errors import Forbidden, Refused, msg
from conference_hub.people.disclosures import DisclosureKind, Reason, disclose, required
from conference_hub.people.masking import mask
from conference_hub.people.model import Guest
from conference_hub.people.store import all_guests, get_guest
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub
from conference_hub.web.limits import GUEST_POST, guest, limiter
from conference_hub.web.requests import takes

attendance_certificates_bp = Blueprint("attendance_certificates", __name__, url_prefix="/c/<conf>")

LOOKS = "60 per minute"
"""How many certificates one address may look up."""
ROWS_PER_TURN = 50
NAMES_PER_TURN = 500
NAMES_SHOWN = 100
"""Names that cannot be set of which the desk shows so many."""
MOST_IN_A_FILE = 500
"""Certificates in one file: a browser waits for it."""


@attendance_certificates_bp.app_context_processor
def _own() -> dict[str, Any]:
    return {"own_certificate": own_certificate, "shown_code": shown_code}


def own_certificate() -> actions.Claim | None:
    """Return what the guest of the running request may have of certificates; None while there is nothing."""
    hub = current_hub()
    with hub.database.reading() as db:
        return actions.claim_of(
            db, conference(), get_guest(db, conference().slug, _own_id(conference().slug)), hub.now()
        )


@attendance_certificates_bp.get("/desk/attendance/certificates")
@allow(Role.ORGANISER)
@takes(CertificatesQuery)
def certificates(query: CertificatesQuery, conf: str) -> ResponseReturnValue:
    """Show the certificates that were given, page by page."""
    hub = current_hub()
    with hub.database.reading() as db:
        found = list(certificate_store.all_certificates(db, conf))
        setup = store.find_setup(db, conf)
        guests = all_guests(db, conf) if setup.certificates or setup.follow_up else []
    pages = max(1, -(-len(found) // ON_A_PAGE))
    number = min(max(query.page, 1), pages)
    return render_template(
        "attendance/certificates.html",
        setup=setup,
        over=hub.now() >= conference().ends_at,
        found=found[(number - 1) * ON_A_PAGE : number * ON_A_PAGE],
        number=number,
        pages=pages,
        valid=sum(one.valid for one in found),
        unset=_unset(guests),
        most=NAMES_SHOWN,
    )


def _unset(guests: Sequence[Guest]) -> list[Guest]:
    """Return the guests whose name the type cannot set, nor how it is read aloud."""
    hub = current_hub()
    covers = covering() if guests else None
    return [
        guest
        for guest in hub.in_turns(guests, NAMES_PER_TURN)
        if guest.name and covers and printed_name(guest, covers) is None
    ]


@attendance_certificates_bp.post("/desk/attendance/certificates")
@allow(Role.ORGANISER)
@takes_form(GiveCertificates, certificates)
def give(_form: GiveCertificates, conf: str) -> ResponseReturnValue:
    """Give a certificate to everybody who attended long enough and has none."""
    hub = current_hub()
    with hub.database.reading() as db:
        setup = actions.require_open(store.find_setup(db, conf), conference(), hub.now())
        guests = all_guests(db, conf)
        found = list(hub.in_turns(lines(db, conference(), guests, setup, hub.now()), ROWS_PER_TURN))
    covers = covering()
    with hub.journal.writing(conf, actor=actor()) as write:
        given = actions.give(write, conference(), found, covers)
    flash(_("증명서 %(count)s장을 발급했습니다.", count=given), "good")
    return redirect(url_for(".certificates", conf=conf))


@attendance_certificates_bp.post("/desk/attendance/certificates/<code>/revoke")
@allow(Role.ORGANISER)
@takes_form(RevokeCertificate, certificates)
def revoke(form: RevokeCertificate, conf: str, code: str) -> ResponseReturnValue:
    """Say that a certificate does not hold any more."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        actions.revoke(write, code)
    flash(_("증명서를 취소했습니다."), "good")
    return redirect(url_for(".certificates", conf=conf, page=form.page))


@attendance_certificates_bp.get("/desk/attendance/certificates/file")
@allow(Role.ORGANISER)
def ask_reason(conf: str) -> ResponseReturnValue:
    """Show the form that asks why the certificates are taken out of the hub, and for which of them."""
    with current_hub().database.reading() as db:
        count = len(_printable(db, conf))
    firsts = range(0, count, MOST_IN_A_FILE)
    spans = [f"{first + 1}–{min(first + MOST_IN_A_FILE, count)}" for first in firsts]
    parts = [(str(number), span) for number, span in enumerate(spans, start=1)]
    return render_template(
        "attendance/certificate_file.html", conf=conf, reason_options=labelled(Reason), parts=parts
    )


@attendance_certificates_bp.post("/desk/attendance/certificates/file")
@allow(Role.ORGANISER)
@takes_form(CertificateFile, ask_reason)
def file(form: CertificateFile, conf: str) -> ResponseReturnValue:
    """Give out all certificates that hold as one file.

    Raises Refused (`none`) without any, and Invalid without a reason.
    """
    hub, reason = current_hub(), required(form.reason, form.note)
    with hub.journal.writing(conf, actor=actor()) as write:
        first = (max(form.part, 1) - 1) * MOST_IN_A_FILE
        found = _printable(write.session, conf)[first : first + MOST_IN_A_FILE]
        if not found:
            raise Refused(msg("발급한 증명서가 없습니다."), code="none")
        disclose(write, DisclosureKind.CERTIFICATES, len(found), reason, form.note or "")
    return pdf_answer(found, f"{conf}-certificates")


@attendance_certificates_bp.post("/me/certificate")
@limiter.limit(GUEST_POST, key_func=guest)
@allow(Role.ATTENDEE)
@takes_form(GetCertificate, me)
def get_own(_form: GetCertificate, conf: str) -> ResponseReturnValue:
    """Give the guest a certificate if they attended long enough, and redirect to it."""
    hub = current_hub()
    with hub.database.reading() as db:
        person = get_guest(db, conf, _own_id(conf))
        setup = actions.require_open(store.find_setup(db, conf), conference(), hub.now())
        found = list(lines(db, conference(), [person], setup, hub.now()))
    covers = covering()
    with hub.journal.writing(conf, actor=actor()) as write:
        actions.give(write, conference(), found, covers)
        if certificate_store.certificate_of(write.session, conf, person.id, About.DAY) is None:
            raise actions.unnameable(person, covers) or Refused(
                msg("참여 시간이 증명서 발급 조건에 모자랍니다."), code="too_short"
            )
    return redirect(url_for(".own", conf=conf))


@attendance_certificates_bp.get("/me/certificate.pdf")
@allow(Role.ATTENDEE)
def own(conf: str) -> ResponseReturnValue:
    """Give out the guest's certificate; who has none is led to their page, which says why."""
    with current_hub().database.reading() as db:
        found = certificate_store.certificate_of(db, conf, _own_id(conf), About.DAY)
    if found is None:
        return redirect(url_for("checkin_pages.me", conf=conf))
    return pdf_answer([found], f"{conf}-certificate")


@attendance_certificates_bp.get("/certificate")
@limiter.limit(LOOKS)
@allow(Role.PUBLIC)
@takes(CertificateQuery)
def verify(query: CertificateQuery, conf: str) -> ResponseReturnValue:
    """Ask for the code of a certificate, and lead to the page that verifies it."""
    code = read_code(query.code)
    if code is not None:
        return redirect(url_for(".certificate", conf=conf, code=shown_code(code)))
    return _unlisted(render_template("attendance/verify.html", found=None, typed=query.code))


@attendance_certificates_bp.get("/certificate/<code>")
@limiter.limit(LOOKS)
@allow(Role.PUBLIC)
def certificate(conf: str, code: str) -> ResponseReturnValue:
    """Show what a certificate says and whether it holds; raises NotFound."""
    with current_hub().database.reading() as db:
        found = certificate_store.get_certificate(db, conf, read_code(code) or "")
        setup = store.find_setup(db, conf)
    name, organisation = (
        one if setup.show_names or not one else mask(one) for one in (found.name, found.organisation)
    )
    return _unlisted(
        render_template(
            "attendance/verify.html",
            found=found,
            typed=shown_code(found.code),
            name=name,
            organisation=organisation,
            when=when(conference()) if found.about is About.DAY else "",
            ways=ways(found.ways),
            lasting=lasting(found.minutes) if found.minutes is not None else "",
            sessions=session_lines(conference(), found),
        )
    )


def _unlisted(page: str) -> Response:
    """Return a page that search engines neither list nor follow."""
    answer = make_response(page)
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _printable(session: Session, conf: str) -> list[Certificate]:
    """Return the certificates that hold and name somebody."""
    return [one for one in certificate_store.all_certificates(session, conf) if one.valid and one.name]


def _own_id(conf: str) -> str:
    guest_id = viewer().guest_id(conf)
    if guest_id is None:
        raise Forbidden(msg("등록된 참석자의 페이지입니다."))
    return guest_id
