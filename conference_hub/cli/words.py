"""The language of the command line: `HUB_LANG`, else the locale of the terminal; Korean or English."""

from __future__ import annotations

import gettext
import os
import re
import sys
from collections.abc import Mapping
from io import TextIOWrapper

from conference_hub.core.errors import HubError
from conference_hub.core.files import TRANSLATIONS
from conference_hub.core.text import LANGUAGES, Text
from conference_hub.exchange.faults import Message
from conference_hub.web.i18n import in_language


def terminal_language(env: Mapping[str, str], encoding: str) -> str:
    """Return `ko` or `en` for a terminal that shows `encoding`.

    Of the locale's variables the first that is set decides (POSIX, 8.2); a terminal without Hangul gets English.
    """
    if env.get("HUB_LANG") in LANGUAGES:
        return env["HUB_LANG"]
    if not _has_hangul(encoding):
        return "en"
    locale = next((env[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if env.get(name)), "")
    return "ko" if re.match("ko(?![a-z])", locale, re.IGNORECASE) else "en"


def _(message: str, /, **detail: object) -> str:
    """Return a msgid in the terminal's language, with its placeholders filled."""
    return in_language(_language(), message, detail)


def refusal(error: HubError) -> str:
    """Return why a command was refused, in the terminal's language."""
    return in_language(_language(), error.message, error.detail)


def say_text(text: Text) -> str:
    """Return a text in the terminal's language."""
    return text.in_language(_language())


def say_message(message: Message) -> str:
    """Return what is wrong with a file, in the terminal's language."""
    detail = {
        name: say_text(value) if isinstance(value, Text) else value for name, value in message.detail.items()
    }
    return in_language(_language(), message.text, detail)


def prepare_terminal() -> None:
    """Let argparse speak the same language, and write a character that the terminal does not have as its number."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    os.environ["LANGUAGE"] = _language()  # gettext reads it before the locale
    gettext.bindtextdomain("argparse", str(TRANSLATIONS))
    gettext.textdomain("argparse")


def _language() -> str:
    return terminal_language(os.environ, getattr(sys.stdout, "encoding", None) or "utf-8")


def _has_hangul(encoding: str) -> bool:
    try:
        "가".encode(encoding)
    except (LookupError, UnicodeEncodeError):
        return False
    return True
