"""Texts in the languages of a conference: what is given, what stands for it, and what a form says of it."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from conference_hub.core.errors import Invalid
from conference_hub.core.ids import LENGTH, LETTERS, new_id
from conference_hub.core.text import Text
from conference_hub.web import local_time
from conference_hub.web.requests import Checkbox, Form, LocalTime, OptionalLine
from conference_hub.web.wordings import FormWording, given_text, required_text


def test_a_wording_that_was_not_given_is_empty_and_readers_see_the_other_one() -> None:
    text = Text.of({"ko": "개회", "en": None})

    assert text.as_doc() == {"ko": "개회", "en": ""}
    assert [text.in_language(lang) for lang in ("ko", "en", "fr")] == ["개회", "개회", "개회"]
    assert [text.missing(lang) for lang in ("ko", "en")] == [False, True]


def test_english_alone_stands_for_korean() -> None:
    text = Text(en="Opening")

    assert (text.in_language("ko"), text.missing("ko")) == ("Opening", True)


def test_a_text_without_any_wording_is_refused() -> None:
    with pytest.raises(ValueError, match="wording"):
        Text.of({"ko": "", "en": ""})


class Titled(Form):
    """A form with a text in two languages and one of each optional field."""

    title_ko: FormWording = ""
    title_en: FormWording = ""
    note: OptionalLine = None
    open: Checkbox = False
    at: LocalTime | None = None


def test_a_form_gives_the_text_of_its_languages() -> None:
    form = Titled.model_validate({"title_ko": " 개회 ", "note": " ", "open": "on", "at": "2026-12-07T14:00"})

    assert required_text(form, "title", ("ko", "en")) == Text(ko="개회")
    assert (form.note, form.open, form.at) == (None, True, datetime(2026, 12, 7, 14))  # noqa: DTZ001 - without a zone


def test_a_form_needs_the_main_language_only() -> None:
    form = Titled.model_validate({"title_ko": "개회"})

    with pytest.raises(Invalid) as refused:
        required_text(form, "title", ("en", "ko"))

    assert refused.value.detail["field"] == "title_en"
    assert given_text(Titled.model_validate({}), "title") is None


def test_a_time_of_the_event_is_an_instant() -> None:
    seoul = ZoneInfo("Asia/Seoul")

    at = local_time.instant(datetime(2026, 12, 7, 14), seoul, field="at")  # noqa: DTZ001 - without a zone

    assert (at, local_time.typed_time(at, seoul)) == (
        datetime(2026, 12, 7, 5, tzinfo=UTC),
        "2026-12-07T14:00",
    )


def test_a_time_that_the_clocks_skip_is_refused() -> None:
    skipped = datetime(2026, 3, 29, 1, 30)  # noqa: DTZ001 - without a zone

    with pytest.raises(Invalid):
        local_time.instant(skipped, ZoneInfo("Europe/London"), field="at")


def test_ids_are_ten_letters_that_do_not_look_alike() -> None:
    found = {new_id() for _ in range(50)}

    assert len(found) == 50
    assert all(len(one) == LENGTH and set(one) <= set(LETTERS) for one in found)
