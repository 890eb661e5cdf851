"""The desk's pages on which organisers set who may register, what is asked, and which consents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from conference_hub.access.middleware import actor, conference
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.core.errors import Invalid, NotFound, msg
from conference_hub.core.ids import new_id
from conference_hub.core.ordered import find
from conference_hub.core.text import Text
from conference_hub.people.model import Mode, offered_modes
from conference_hub.registration import setup_actions, setup_store, store, visitors
from conference_hub.registration.model import (
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
from conference_hub.registration.requests import (
    ChangeSettings,
    MoveQuestion,
    SaveConsent,
    SaveQuestion,
    Seen,
)
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub
from conference_hub.web.i18n import language
from conference_hub.web.local_time import instant
from conference_hub.web.wordings import given_text, required_text

registration_setup_bp = Blueprint("registration_setup", __name__)

NEW_ITEM = "new"
"""What stands in an address for a question or consent that is being added."""
MOST_OPTIONS = 50
Item = TypeVar("Item", Question, Consent)


@registration_setup_bp.get("/c/<conf>/desk/registration/settings")
@allow(Role.ORGANISER)
def settings(conf: str) -> ResponseReturnValue:
    """Show who may register when, the questions and the consents."""
    with current_hub().database.reading() as db:
        setup = setup_store.setup_of(db, conf)
        answered = store.answered(db, conf)
    offered = offered_modes(channel.kind for channel in conference().channels)
    return render_template(
        "registration/settings.html",
        setup=setup,
        answered=answered,
        openings=list(Opening),
        modes=[mode for mode in Mode if mode in offered or mode in setup.settings.capacity],
    )


@registration_setup_bp.post("/c/<conf>/desk/registration/settings")
@allow(Role.ORGANISER)
@takes_form(ChangeSettings, settings)
def change_settings(form: ChangeSettings, conf: str) -> ResponseReturnValue:
    """Set who may register when, and how many."""
    zone = conference().zone
    changed = Settings(
        opening=form.opening,
        opens_at=instant(form.opens_at, zone, field="opens_at") if form.opens_at else None,
        closes_at=instant(form.closes_at, zone, field="closes_at") if form.closes_at else None,
        approval=form.approval,
        waiting_list=form.waiting_list,
        capacity=form.capacity(),
        notice=given_text(form, "notice"),
    )
    with current_hub().journal.writing(conf, actor=actor()) as write:
        setup_actions.change_settings(write, changed, visitors.around(conf), seen=form.revision)
    return _saved(conf)


@registration_setup_bp.get("/c/<conf>/desk/registration/questions/<question_id>")
@allow(Role.ORGANISER)
def question(conf: str, question_id: str) -> ResponseReturnValue:
    """Show the form of one question, or of a new one."""
    setup = _setup(conf)
    return render_template(
        "registration/question.html",
        setup=setup,
        question=_find(setup.questions, question_id),
        question_id=question_id,
        kinds=[(kind.value, kind.label.in_language(language())) for kind in Kind],
    )


@registration_setup_bp.post("/c/<conf>/desk/registration/questions/<question_id>")
@allow(Role.ORGANISER)
@takes_form(SaveQuestion, question)
def save_question(form: SaveQuestion, conf: str, question_id: str) -> ResponseReturnValue:
    """Add or change a question."""
    before = _find(_setup(conf).questions, question_id)
    saved = Question(
        id=before.id if before else QuestionId(new_id()),
        position=0,
        kind=form.kind,
        label=required_text(form, "label", conference().languages),
        required=form.required,
        options=_options(form, before) if form.kind.has_options else (),
    )
    with current_hub().journal.writing(conf, actor=actor()) as write:
        setup_actions.save_question(write, saved, seen=form.revision)
    return _saved(conf)


@registration_setup_bp.post("/c/<conf>/desk/registration/questions/<question_id>/remove")
@allow(Role.ORGANISER)
@takes_form(Seen, settings)
def remove_question(form: Seen, conf: str, question_id: str) -> ResponseReturnValue:
    """Remove a question with its answers."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        setup_actions.remove_question(write, question_id, seen=form.revision)
    return _saved(conf)


@registration_setup_bp.post("/c/<conf>/desk/registration/questions/<question_id>/move")
@allow(Role.ORGANISER)
@takes_form(MoveQuestion, settings)
def move_question(form: MoveQuestion, conf: str, question_id: str) -> ResponseReturnValue:
    """Move a question one up or down."""
    by = -1 if form.to == "up" else 1
    with current_hub().journal.writing(conf, actor=actor()) as write:
        setup_actions.move_question(write, question_id, by, seen=form.revision)
    return _saved(conf)


@registration_setup_bp.get("/c/<conf>/desk/registration/consents/<consent_id>")
@allow(Role.ORGANISER)
def consent(conf: str, consent_id: str) -> ResponseReturnValue:
    """Show the form of one consent, or of a new one."""
    setup = _setup(conf)
    return render_template(
        "registration/consent.html",
        setup=setup,
        consent=_find(setup.consents, consent_id),
        consent_id=consent_id,
    )


@registration_setup_bp.post("/c/<conf>/desk/registration/consents/<consent_id>")
@allow(Role.ORGANISER)
@takes_form(SaveConsent, consent)
def save_consent(form: SaveConsent, conf: str, consent_id: str) -> ResponseReturnValue:
    """Add or change a consent."""
    before = _find(_setup(conf).consents, consent_id)
    saved = Consent(
        id=before.id if before else ConsentId(new_id()),
        position=0,
        title=required_text(form, "title", conference().languages),
        body=given_text(form, "body"),
    )
    with current_hub().journal.writing(conf, actor=actor()) as write:
        setup_actions.save_consent(write, saved, seen=form.revision)
    return _saved(conf)


@registration_setup_bp.post("/c/<conf>/desk/registration/consents/<consent_id>/remove")
@allow(Role.ORGANISER)
@takes_form(Seen, settings)
def remove_consent(form: Seen, conf: str, consent_id: str) -> ResponseReturnValue:
    """Ask for a consent no more."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        setup_actions.remove_consent(write, consent_id, seen=form.revision)
    return _saved(conf)


def _saved(conf: str) -> ResponseReturnValue:
    flash(_("저장했습니다."), "good")
    return redirect(url_for(".settings", conf=conf))


def _setup(conf: str) -> Setup:
    with current_hub().database.reading() as db:
        return setup_store.setup_of(db, conf)


def _find(items: Sequence[Item], item_id: str) -> Item | None:
    """Return what an address names, None for what is being added; raises NotFound."""
    if item_id == NEW_ITEM:
        return None
    found = find(items, item_id)
    if found is None:
        raise NotFound(msg("그 사이 지워진 항목입니다."))
    return found


def _options(form: SaveQuestion, before: Question | None) -> tuple[Option, ...]:
    """Return the options, one to a line; one whose wording stays keeps its id, so that answers stay too."""
    main, *others = conference().languages
    lines = {lang: _lines(getattr(form, f"options_{lang}")) for lang in ("ko", "en")}
    wordings = lines[main]
    if len(wordings) > MOST_OPTIONS or len(set(wordings)) < len(wordings):
        raise Invalid(
            msg("서로 다른 답을 한 줄에 하나씩, %(most)s개까지 적어 주세요."),
            field=f"options_{main}",
            most=MOST_OPTIONS,
        )
    if any(lines[lang] and len(lines[lang]) != len(wordings) for lang in others):
        raise Invalid(msg("두 언어의 답은 같은 순서로 같은 수를 적어 주세요."), field=f"options_{others[0]}")
    known = {option.words.in_language(main): option.id for option in before.options} if before else {}
    return tuple(
        Option(
            id=known.get(words) or new_id(),
            words=Text(**{main: words}, **{lang: lines[lang][number] for lang in others if lines[lang]}),
        )
        for number, words in enumerate(wordings)
    )


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
