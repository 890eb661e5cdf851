"""Language of a request: `?lang=`, the account, the cookie, the browser, in that order; Korean is the source."""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from typing import Any, cast

from babel.support import Translations
from flask import Flask, Response, g, has_app_context, request
from flask_babel import Babel, get_locale, get_translations
from flask_babel import gettext as translate
from markupsafe import Markup

from conference_hub.core.actor import SYSTEM_LABELS, SYSTEM_NAMES, Actor
from conference_hub.core.files import TRANSLATIONS
from conference_hub.core.text import LANGUAGES, Text

PERSON, PLACE = "%(by)s 님이", "%(by)s에서"
"""How Korean says who acted, and where something happened."""
COOKIE = "hub_lang"
COOKIE_AGE_S = 365 * 24 * 3600


def install(app: Flask) -> None:
    """Set up Flask-Babel, the filters `text`, `marked`, `actor` and `actor_label` and the language cookie."""
    app.config["BABEL_DEFAULT_LOCALE"] = LANGUAGES[0]
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(TRANSLATIONS)
    Babel(app, locale_selector=choose_language)
    app.jinja_env.add_extension("jinja2.ext.i18n")
    cast("Any", app.jinja_env).install_gettext_callables(_gettext, _ngettext, newstyle=True)
    app.jinja_env.filters["text"] = render_text
    app.jinja_env.filters["marked"] = mark_text
    app.jinja_env.filters["actor"] = name_actor
    app.jinja_env.filters["actor_label"] = name_label
    app.context_processor(lambda: {"lang": language(), "languages": LANGUAGES})
    app.after_request(_keep_choice)


def _gettext(message: str) -> str:
    return _translations().ugettext(message)


def _ngettext(singular: str, plural: str, number: int) -> str:
    return _translations().ungettext(singular, plural, number)


def _translations() -> Translations:
    """Return the catalogue of the running request, looked up once: a page has a hundred texts."""
    found: Translations | None = g.get("translations")
    if found is None:
        found = g.translations = get_translations()
    return found


def choose_language() -> str:
    """Pick the language of the running request."""
    asked = request.args.get("lang")
    if asked in LANGUAGES:
        return asked
    account = getattr(g.get("viewer"), "language", None)
    if account in LANGUAGES:
        return cast("str", account)
    kept = request.cookies.get(COOKIE)
    if kept in LANGUAGES:
        return kept
    return request.accept_languages.best_match(LANGUAGES) or LANGUAGES[0]


def language() -> str:
    """Return `ko` or `en` for the running request, looked up once, as every bilingual text asks; `ko` without one."""
    if not has_app_context():
        return LANGUAGES[0]
    found: str | None = g.get("language")
    if found is None:
        found = g.language = str(get_locale())
    return found


def render_text(text: Text) -> str:
    """Pick the wording of a bilingual text for the running request."""
    return text.in_language(language())


def mark_text(text: Text, words: str | Markup | None = None) -> str | Markup:
    """Render a text for the body of a page: a wording in the other language says so, to eyes and to screen readers.

    `words` is what stands there when that is more than the wording, or has elements of its own. The sign is left out
    where the conference does not offer the reader's language: there every text is such a wording.
    """
    lang = language()
    shown = text.in_language(lang) if words is None else words
    if not text.missing(lang):
        return shown
    other = next(one for one in LANGUAGES if one != lang)
    conference = g.get("conference")
    offered = LANGUAGES if conference is None else conference.languages
    sign = Markup(' class="fallback"') if lang in offered else ""
    return Markup('<span lang="{}"{}>{}</span>').format(other, sign, shown)


def name_actor(actor: Actor) -> str:
    """Return what pages call an actor: people and machines by their label, parts of the hub in the reader's words."""
    return str(translate(SYSTEM_NAMES[actor.id])) if actor.id in SYSTEM_NAMES else actor.label


def translate_message(message: str, detail: dict[str, object]) -> str:
    """Translate a msgid marked with `errors.msg` and fill its placeholders."""
    translated: str = translate(message)
    if detail.get("by") in SYSTEM_LABELS:
        translated, detail = _by_the_hub(translated, detail)
    return translated % detail if detail else translated


def name_label(label: str) -> str:
    """Return what pages call who acted by a label: a part of the hub in the reader's words."""
    return str(translate(SYSTEM_LABELS[label])) if label in SYSTEM_LABELS else label


def _by_the_hub(sentence: str, detail: dict[str, object]) -> tuple[str, dict[str, object]]:
    """Return a sentence about a part of the hub, which Korean does not speak of as of a person."""
    return sentence.replace(PERSON, PLACE), {**detail, "by": name_label(str(detail["by"]))}


def in_language(lang: str, message: str, detail: Mapping[str, object]) -> str:
    """Return a msgid in `lang`, with its placeholders filled, where no request runs: on the command line."""
    translated = gettext.translation("messages", TRANSLATIONS, [lang], fallback=True).gettext(message)
    return translated % detail if detail else translated


def _keep_choice(response: Response) -> Response:
    """Set the language cookie, on pages only: calendars, scripts and styles are in shared caches.

    A screen whose address says its language does not change that of the browser (`g.keep_language`).
    """
    if (
        request.args.get("lang") in LANGUAGES
        and response.mimetype == "text/html"
        and g.get("keep_language", True)
    ):
        response.set_cookie(
            COOKIE,
            request.args["lang"],
            max_age=COOKIE_AGE_S,
            samesite="Lax",
            secure=request.is_secure,
        )
    return response
