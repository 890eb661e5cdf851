"""The desk's pages of guests of honour: the list, the form of one, and a field to paste many."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from conference_hub.access.middleware import actor, conference
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.core.errors import Invalid, msg
from conference_hub.core.ids import new_id
from conference_hub.core.sighted import mark_of
from conference_hub.honours import actions
from conference_hub.honours.arrivals import inside
from conference_hub.honours.attending import completed, marked, standing_now
from conference_hub.honours.listed import read_lines
from conference_hub.honours.model import Honour, HonourId, HonourStanding
from conference_hub.honours.requests import Announce, HonourForm, Pasted, Remove
from conference_hub.honours.store import all_honours, get_honour
from conference_hub.people.store import find_guest, get_guest, holder_of
from conference_hub.places.requests import Move
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub
from conference_hub.web.wordings import given_text

honours_desk_bp = Blueprint("honours_desk", __name__, url_prefix="/c/<conf>/desk/honours")


@honours_desk_bp.get("")
@allow(Role.ORGANISER)
def honours(conf: str) -> ResponseReturnValue:
    """Show the guests of honour in order of rank, and whether they are here."""
    with current_hub().database.reading() as db:
        listed = all_honours(db, conf)
        arrived = inside(db, conf, listed)
    return render_template(
        "honours/desk_list.html",
        honours=listed,
        standings={one.id: standing_now(one, inside=one.guest_id in arrived) for one in listed},
        seen={one.id: mark_of(one) for one in listed},
    )


@honours_desk_bp.get("/new")
@allow(Role.ORGANISER)
def new_honour(conf: str) -> ResponseReturnValue:
    """Show the form of another guest of honour."""
    return _form(conf, None)


@honours_desk_bp.post("/new")
@allow(Role.ORGANISER)
@takes_form(HonourForm, new_honour)
def add_honour(form: HonourForm, conf: str) -> ResponseReturnValue:
    """Add a guest of honour at the end of the list."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        actions.add(write, [_honour(write.session, conf, form, new_id())])
    return _back(conf, _("저장했습니다."))


@honours_desk_bp.get("/paste")
@allow(Role.ORGANISER)
def paste(conf: str) -> ResponseReturnValue:
    """Show the field into which a list is pasted."""
    return render_template("honours/paste.html", conf=conf)


@honours_desk_bp.post("/paste")
@allow(Role.ORGANISER)
@takes_form(Pasted, paste)
def add_pasted(form: Pasted, conf: str) -> ResponseReturnValue:
    """Add the guests of honour of a pasted list, in its order."""
    found = read_lines(form.lines, conference().main_language, new_id)
    with current_hub().journal.writing(conf, actor=actor()) as write:
        actions.add(write, found)
    return _back(conf, _("내빈 %(count)s명을 추가했습니다.", count=len(found)))


@honours_desk_bp.post("/announce")
@allow(Role.ORGANISER)
@takes_form(Announce, honours)
def announce(form: Announce, conf: str) -> ResponseReturnValue:
    """Let everybody know of the whole list, or of nobody on it."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        actions.announce(write, public=form.public)
    return _back(conf, _("내빈 명단을 공개했습니다.") if form.public else _("내빈 명단을 공개하지 않습니다."))


@honours_desk_bp.get("/<honour_id>")
@allow(Role.ORGANISER)
def edit_honour(conf: str, honour_id: str) -> ResponseReturnValue:
    """Show the form of a guest of honour; raises NotFound."""
    return _form(conf, honour_id)


@honours_desk_bp.post("/<honour_id>")
@allow(Role.ORGANISER)
@takes_form(HonourForm, edit_honour)
def change_honour(form: HonourForm, conf: str, honour_id: str) -> ResponseReturnValue:
    """Change a guest of honour; refused when somebody else changed them since the form was made."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        get_honour(all_honours(write.session, conf), honour_id)
        honour = _honour(write.session, conf, form, honour_id)
        actions.change(write, honour, seen=form.seen or "")
    return _back(conf, _("저장했습니다."))


@honours_desk_bp.post("/<honour_id>/move")
@allow(Role.ORGANISER)
@takes_form(Move, honours)
def move_honour(form: Move, conf: str, honour_id: str) -> ResponseReturnValue:
    """Move somebody one place up or down."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        actions.move(write, honour_id, form.by)
    return redirect(url_for(".honours", conf=conf, _anchor=f"honour-{honour_id}"))


@honours_desk_bp.post("/<honour_id>/remove")
@allow(Role.ORGANISER)
@takes_form(Remove, honours)
def remove_honour(form: Remove, conf: str, honour_id: str) -> ResponseReturnValue:
    """Take somebody off the list; refused when somebody else changed them since the list was shown."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        actions.remove(write, honour_id, seen=form.seen or "")
    return _back(conf, _("삭제했습니다."))


def _form(conf: str, honour_id: str | None) -> ResponseReturnValue:
    with current_hub().database.reading() as db:
        honour = get_honour(all_honours(db, conf), honour_id) if honour_id else None
        guest = find_guest(db, conf, honour.guest_id) if honour and honour.guest_id else None
    return render_template(
        "honours/desk_honour.html",
        honour=honour,
        guest=guest,
        standings=list(HonourStanding),
        seen=mark_of(honour) if honour else "",
    )


def _honour(session: Session, conf: str, form: HonourForm, honour_id: str) -> Honour:
    """Return somebody as the form has them; raises Invalid (`name`, `guest`, `representative`)."""
    guest = get_guest(session, conf, _guest_id(session, conf, form.guest)) if form.guest else None
    office = given_text(form, "office") or (guest.label if guest else None)
    name = form.name or (guest.name if guest else None)
    if not name and office is None:
        raise Invalid(msg("이름이나 직함을 적어 주세요."), field="name")
    stated = Honour(
        id=HonourId(honour_id),
        name=name,
        office=office,
        organisation=form.organisation,
        pronunciation=form.pronunciation,
        note=form.note,
        representative=form.representative,
        public=form.public,
    )
    return marked(completed(stated, guest) if guest else stated, form.standing, None)


def _guest_id(session: Session, conf: str, words: str) -> str:
    found = holder_of(session, conf, words)
    if found is None:
        raise Invalid(msg("이 이메일이나 번호의 참석자가 명단에 없습니다."), field="guest")
    return found


def _back(conf: str, words: str) -> ResponseReturnValue:
    flash(words, "good")
    return redirect(url_for("honours_desk.honours", conf=conf))
