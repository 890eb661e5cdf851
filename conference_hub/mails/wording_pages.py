"""The desk's pages on which organisers read and change what mails say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from conference_hub.access.middleware import actor, conference
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.core.errors import Invalid, NotFound, msg
from conference_hub.mails.actions import write_test_mail
from conference_hub.mails.requests import MailWords, ResetWords
from conference_hub.outbox import wording_actions
from conference_hub.outbox.wording import default_words, preview, words_of
from conference_hub.outbox.wording_model import LINK_FIELD, MailKind, Words, checked, fits, samples
from conference_hub.outbox.wording_store import OwnWords, own_words
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub
from conference_hub.web.i18n import translate_message

mail_wordings_bp = Blueprint("mail_wordings", __name__, url_prefix="/c/<conf>/desk/mail/words")


@dataclass(frozen=True, kw_only=True)
class Changed:
    """A kind of mails in the list, with when its words were changed last in each language (None: never)."""

    kind: MailKind
    at: dict[str, datetime | None]


@mail_wordings_bp.get("")
@allow(Role.ORGANISER)
def wordings(conf: str) -> ResponseReturnValue:
    """Show the kinds of mails, and which of them say something else than the product does."""
    with current_hub().database.reading() as db:
        own = own_words(db, conf)
    return render_template(
        "mails/wordings.html", kinds=[_listed(kind, own) for kind in current_hub().mail_kinds.values()]
    )


@mail_wordings_bp.get("/<kind>/<lang>")
@allow(Role.ORGANISER)
def wording(conf: str, kind: str, lang: str) -> ResponseReturnValue:
    """Show what mails of a kind say in one language: to change, and as their reader sees it."""
    found = _kind(kind, lang)
    with current_hub().database.reading() as db:
        stored = words_of(db, conf, found, lang)
        own = own_words(db, conf).get((kind, lang))
    typed: Words | None = g.get("typed_words")
    return render_template(
        "mails/wording.html",
        kind=found,
        language_code=lang,
        stored=stored,
        own=own,
        words=typed or stored,
        changed=stored != default_words(found, lang),
        problem=g.get("problem", ""),
        preview=_preview(found, typed or stored, lang),
    )


@mail_wordings_bp.post("/<kind>/<lang>")
@allow(Role.ORGANISER)
@takes_form(MailWords, wording)
def save(form: MailWords, conf: str, kind: str, lang: str) -> ResponseReturnValue:
    """Have mails of a kind say something else."""
    found = _kind(kind, lang)
    with current_hub().journal.writing(conf, actor=actor()) as write:
        wording_actions.change_words(write, found, lang, _typed(form), seen=form.seen)
    flash(_("저장했습니다."), "good")
    return redirect(url_for(".wording", conf=conf, kind=kind, lang=lang))


@mail_wordings_bp.post("/<kind>/<lang>/preview")
@allow(Role.ORGANISER)
@takes_form(MailWords, wording)
def show(form: MailWords, conf: str, kind: str, lang: str) -> ResponseReturnValue:
    """Show typed words as their reader would see them, or why no mail can be made of them; nothing is kept."""
    g.typed_words = _typed(form)
    try:
        checked(_kind(kind, lang), g.typed_words)
    except Invalid as refusal:
        g.problem = translate_message(refusal.message, refusal.detail)
    return wording(conf, kind, lang)


@mail_wordings_bp.post("/<kind>/<lang>/test")
@allow(Role.ORGANISER)
@takes_form(MailWords, wording)
def test(form: MailWords, conf: str, kind: str, lang: str) -> ResponseReturnValue:
    """Mail typed words with samples in them to an address; they are not kept."""
    g.typed_words = checked(_kind(kind, lang), _typed(form))
    shown = _preview(_kind(kind, lang), g.typed_words, lang)
    with current_hub().journal.writing(conf, actor=actor()) as write:
        write_test_mail(write, form.address, shown.subject, shown.text)
    flash(_("%(address)s 주소로 시험 메일을 썼습니다.", address=form.address), "good")
    return wording(conf, kind, lang)


@mail_wordings_bp.post("/<kind>/<lang>/reset")
@allow(Role.ORGANISER)
@takes_form(ResetWords, wording)
def reset(form: ResetWords, conf: str, kind: str, lang: str) -> ResponseReturnValue:
    """Go back to the words of the product."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        wording_actions.reset_words(write, _kind(kind, lang), lang, seen=form.seen)
    flash(_("기본 문구로 되돌렸습니다."), "good")
    return redirect(url_for(".wording", conf=conf, kind=kind, lang=lang))


def _listed(kind: MailKind, own: Mapping[tuple[str, str], OwnWords]) -> Changed:
    given = {lang: own.get((kind.name, lang)) for lang in conference().languages}
    return Changed(
        kind=kind,
        at={lang: one.changed_at if one and fits(kind, one.words) else None for lang, one in given.items()},
    )


def _kind(name: str, lang: str) -> MailKind:
    """Return a kind of mails; raises NotFound, also for a language that the conference does not have."""
    found: MailKind | None = current_hub().mail_kinds.get(name)
    if found is None or lang not in conference().languages:
        raise NotFound(msg("그런 메일 문구가 없습니다."))
    return found


def _typed(form: MailWords) -> Words:
    return Words(subject=form.subject, text=form.text)


def _preview(kind: MailKind, words: Words, lang: str) -> Words:
    return preview(conference(), words, samples(kind, lang), lang, LINK_FIELD.sample.in_language(lang))
