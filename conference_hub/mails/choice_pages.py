"""The page on which people say which mails they want, and the one press that mail programs offer (RFC 8058).

The address of the page comes with each mail that can be refused; nobody signs in, and opening it changes nothing.
"""

from __future__ import annotations

from flask import Blueprint, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from conference_hub.access.model import Role
from conference_hub.access.policy import allow, without_viewer
from conference_hub.conferences.store import get_conference
from conference_hub.core.errors import NotFound, msg
from conference_hub.mails.requests import ChooseMails, OneClick
from conference_hub.people.mail_choices import (
    CHOOSING,
    Chooser,
    MailChoices,
    Refusable,
    choose,
    find_chooser,
    without,
)
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub
from conference_hub.web.limits import limiter
from conference_hub.web.requests import takes

mail_choices_bp = Blueprint("mail_choices", __name__, url_prefix="/u")

PRESSES = "300 per minute"
"""Presses from one address, behind which a whole company may be."""


@mail_choices_bp.get("/<chooser>")
@mail_choices_bp.get("/<chooser>/<refused>")
@allow(Role.PUBLIC)
def choices(chooser: str, refused: str = "") -> ResponseReturnValue:
    """Show which mails somebody gets, to choose; `refused` is what their mail's header would refuse at one press."""
    if refused:
        _sort(refused)
    return _page(chooser)


@mail_choices_bp.post("/<chooser>")
@limiter.limit(PRESSES)
@allow(Role.PUBLIC)
@takes_form(ChooseMails, choices)
def save(form: ChooseMails, chooser: str) -> ResponseReturnValue:
    """Keep what somebody chose."""
    _choose(_chooser(chooser), MailChoices(day_ahead=form.day_ahead, shortly=form.shortly, news=form.news))
    flash(_("저장했습니다."), "good")
    return redirect(url_for(".choices", chooser=chooser))


@mail_choices_bp.post("/<chooser>/<refused>")
@limiter.limit(PRESSES)
@without_viewer
@allow(Role.PUBLIC)
@takes(OneClick)
def refuse(_form: OneClick, chooser: str, refused: str) -> ResponseReturnValue:
    """Refuse a sort of mails, as a mail program asks for its reader: without cookie, sign-in or form token."""
    sort, found = _sort(refused), _chooser(chooser)
    _choose(found, without(found.choices, sort))
    return "", {"Content-Type": "text/plain; charset=utf-8"}


def _sort(refused: str) -> Refusable:
    """Return the sort of mails that an address names; raises NotFound."""
    if refused not in list(Refusable):
        raise NotFound(msg("그런 메일이 없습니다."))
    return Refusable(refused)


def _page(chooser: str) -> ResponseReturnValue:
    found = _chooser(chooser)
    with current_hub().database.reading() as db:
        conference = get_conference(db, found.conf)
    answer = make_response(
        render_template("mails/choices.html", about=conference, chosen=found.choices, chooser=chooser)
    )
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _chooser(chooser: str) -> Chooser:
    """Return whose choices a secret opens; raises NotFound."""
    with current_hub().database.reading() as db:
        found = find_chooser(db, chooser)
    if found is None:
        raise NotFound(
            msg("이 링크는 더 이상 쓰지 않습니다. 앞으로 메일을 받지 않으시려면 주최 측에 알려 주세요.")
        )
    return found


def _choose(found: Chooser, chosen: MailChoices) -> None:
    with current_hub().journal.writing(found.conf, actor=CHOOSING) as write:
        choose(write, found.guest_id, chosen, current_hub().mail_kinds.values())
