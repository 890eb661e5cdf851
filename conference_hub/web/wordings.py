"""Texts of forms: one field for each language of the conference, `<name>_ko` and `<name>_en`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import StringConstraints

from conference_hub.core.errors import Invalid, msg
from conference_hub.core.text import Text
from conference_hub.web.requests import LONGEST_WORDING, Form

FormWording = Annotated[
    str, StringConstraints(strict=True, strip_whitespace=True, max_length=LONGEST_WORDING)
]
"""A field of a form that holds a text in one language, empty when it is not given: give it the default `""`."""
LONGEST_PARAGRAPHS = 4_000
FormParagraphs = Annotated[
    str, StringConstraints(strict=True, strip_whitespace=True, max_length=LONGEST_PARAGRAPHS)
]
"""The same for a longer text."""


def given_text(form: Form, name: str) -> Text | None:
    """Return the text of the fields `<name>_ko` and `<name>_en`, None when both are empty."""
    ko, en = getattr(form, f"{name}_ko", ""), getattr(form, f"{name}_en", "")
    return Text(ko=ko, en=en) if ko or en else None


def required_text(form: Form, name: str, languages: Sequence[str]) -> Text:
    """Return the text of a form; raises Invalid when it has no wording in the first of `languages`."""
    found = given_text(form, name)
    return checked_text(found, languages, field=f"{name}_{languages[0]}")


def checked_text(text: Text | None, languages: Sequence[str], *, field: str) -> Text:
    """Return the text; raises Invalid about `field` when it has no wording in the first of `languages`."""
    if text is None or text.missing(languages[0]):
        raise Invalid(msg("꼭 필요한 항목입니다."), field=field)
    return text
